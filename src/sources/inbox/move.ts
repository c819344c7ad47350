import { mkdir, open, rename, unlink, writeFile } from 'node:fs/promises';
import { basename, join, parse } from 'node:path';

const MAX_COPIES = 100_000;

/**
 * Takes a name in `folder` that no file has: "a.txt", else "a-2.txt", … An empty file holds the name until the real one
 * is moved over it, so that two processes never take the same.
 */
async function reserve(folder: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let copy = 1; copy <= MAX_COPIES; copy++) {
    const target = join(folder, copy === 1 ? name : `${stem}-${copy}${ext}`);
    try {
      const handle = await open(target, 'wx');
      await handle.close();
      return target;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new Error(`${folder} holds ${MAX_COPIES} files named like ${name}; clear it out`);
}

async function moveTo(
  path: string,
  folder: string,
  before?: (target: string) => Promise<void>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const target = await reserve(folder, basename(path));
  try {
    await before?.(target);
    await rename(path, target);
    return target;
  } catch (error) {
    await unlink(target);
    throw error;
  }
}

/** Moves an accepted file to `done/` beside it. Returns its new path. */
export const moveDone = (inbox: string, path: string): Promise<string> => moveTo(path, join(inbox, 'done'));

/** Moves a refused file to `rejected/` beside it, with the reason in `<name>.reason.txt`. Returns its new path. */
export const moveRejected = (inbox: string, path: string, reason: string): Promise<string> =>
  moveTo(path, join(inbox, 'rejected'), (target) => writeFile(`${target}.reason.txt`, `${reason}\n`));
