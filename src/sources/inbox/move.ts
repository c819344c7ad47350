import { link, lstat, mkdir, open, rename, unlink, writeFile } from 'node:fs/promises';
import { basename, join, parse } from 'node:path';

const MAX_COPIES = 100_000;
/** What file systems without hard links answer (FAT, some network and container mounts). */
const NO_LINKS: ReadonlySet<string | undefined> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
]);

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** "a.txt", else "a-2.txt", …: the first name in `folder` that `take` gets (undefined: it is taken). */
async function firstFree<T>(
  folder: string,
  name: string,
  take: (target: string) => Promise<T | undefined>,
): Promise<T> {
  const { name: stem, ext } = parse(name);
  for (let copy = 1; copy <= MAX_COPIES; copy++) {
    const taken = await take(join(folder, copy === 1 ? name : `${stem}-${copy}${ext}`));
    if (taken !== undefined) return taken;
  }
  throw new Error(`${folder} holds ${MAX_COPIES} files named like ${name}; clear it out`);
}

/**
 * Gives the file a second name, which nobody else can take at the same time. A move that ended half way left it with
 * both: then that name is it.
 */
async function linked(path: string, target: string): Promise<string | undefined> {
  try {
    await link(path, target);
    return target;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    const [ours, theirs] = await Promise.all([lstat(path), lstat(target)]);
    return ours.ino === theirs.ino && ours.dev === theirs.dev ? target : undefined;
  }
}

/** An empty file holds the name until the real one is moved over it. */
async function reserved(target: string): Promise<string | undefined> {
  try {
    const handle = await open(target, 'wx');
    await handle.close();
    return target;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return undefined;
  }
}

type Before = (target: string) => Promise<void>;

async function moveOver(path: string, folder: string, before?: Before): Promise<string> {
  const target = await firstFree(folder, basename(path), reserved);
  try {
    await before?.(target);
    await rename(path, target);
    return target;
  } catch (error) {
    await unlink(target);
    throw error;
  }
}

async function moveTo(path: string, folder: string, before?: Before): Promise<string> {
  await mkdir(folder, { recursive: true });
  let target: string;
  try {
    target = await firstFree(folder, basename(path), (name) => linked(path, name));
  } catch (error) {
    if (NO_LINKS.has(codeOf(error))) return moveOver(path, folder, before);
    throw error;
  }
  await before?.(target);
  await unlink(path);
  return target;
}

/** Moves an accepted file to `done/` beside it. Returns its new path. */
export const moveDone = (inbox: string, path: string): Promise<string> => moveTo(path, join(inbox, 'done'));

/** Moves a refused file to `rejected/` beside it, with the reason in `<name>.reason.txt`. Returns its new path. */
export const moveRejected = (inbox: string, path: string, reason: string): Promise<string> =>
  moveTo(path, join(inbox, 'rejected'), (target) => writeFile(`${target}.reason.txt`, `${reason}\n`));
