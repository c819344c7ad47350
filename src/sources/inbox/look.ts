import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Hidden files, and names that programs give to files which they are still writing. */
const UNFINISHED = /^\.|^~\$|~$|\.(?:part|partial|tmp|temp|crdownload|download|swp|filepart)$/i;

export const isUnfinished = (name: string): boolean => UNFINISHED.test(name);

interface Seen {
  readonly path: string;
  /** Changes with every write. */
  readonly mark: string;
  readonly mtimeMs: number;
}

/** The finished files of a folder, by name, so that they are read in a stable order. */
async function filesOf(folder: string): Promise<readonly Seen[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter(
    (entry) => (entry.isFile() || entry.isSymbolicLink()) && !isUnfinished(entry.name),
  );
  const seen = await Promise.all(
    files.map(async ({ name }): Promise<Seen[]> => {
      const path = join(folder, name);
      try {
        const { size, mtimeMs, ino } = await lstat(path);
        return [{ path, mark: `${ino} ${size} ${mtimeMs}`, mtimeMs }];
      } catch {
        // Gone since the folder was read.
        return [];
      }
    }),
  );
  return seen.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Files that lay there before the start and have not been written to since `before` (milliseconds since 1970). */
export async function settledFiles(folder: string, before: number): Promise<readonly string[]> {
  return (await filesOf(folder)).filter(({ mtimeMs }) => mtimeMs < before).map(({ path }) => path);
}

/**
 * Looks through a folder again and again, for what nobody announced: network and container mounts lose a file's
 * arrival. Each call yields the files that have not changed since the call before.
 */
export function repeatedLook(folder: string): () => Promise<readonly string[]> {
  let before = new Map<string, string>();
  return async () => {
    const files = await filesOf(folder);
    const still = files.filter(({ path, mark }) => before.get(path) === mark);
    before = new Map(files.map(({ path, mark }) => [path, mark]));
    return still.map(({ path }) => path);
  };
}
