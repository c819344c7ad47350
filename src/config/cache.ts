import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** Results of one name that are kept: of the shipped files, of a user's, of a branch that is being worked on. */
const KEPT = 4;

/**
 * What is costly to make and follows from files alone, kept in a folder from one run to the next. A result lies under the
 * hash of all that it was made from, so none is ever out of date; one that is cut short or damaged is made anew. The
 * folder may be removed at any time, and need not be writable.
 */
export class Cache {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * @param name what it is a result of, as part of a file's name
   * @param from all that decides what `make` gives: contents of files, the code included
   * @param make gives plain data, which JSON brings back as it was; what it throws is thrown on, and nothing is kept
   */
  through<T>(name: string, from: readonly (string | Uint8Array)[], make: () => T): T {
    const hash = createHash('sha256');
    for (const part of from) hash.update(`${part.length} `).update(part);
    const file = `${name}-${hash.digest('hex').slice(0, 32)}.json`;
    const known = this.read(file);
    if (known !== undefined) return known as T;
    const made = make();
    this.write(name, file, JSON.stringify(made));
    return made;
  }

  private read(file: string): unknown {
    let bytes: Buffer;
    try {
      bytes = readFileSync(join(this.folder, file));
    } catch {
      return undefined;
    }
    const at = bytes.indexOf('\n');
    const body = bytes.subarray(at + 1);
    return at > 0 && bytes.toString('latin1', 0, at) === sumOf(body)
      ? JSON.parse(body.toString('utf8'))
      : undefined;
  }

  private write(name: string, file: string, body: string): void {
    const bytes = Buffer.from(body);
    const draft = join(this.folder, `${randomUUID()}.draft`);
    const written = attempted(() => {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(draft, Buffer.concat([Buffer.from(`${sumOf(bytes)}\n`), bytes]));
      // Whoever reads meanwhile has the old file or none, never a half; of two writers the later puts the same in its place.
      renameSync(draft, join(this.folder, file));
      this.forget(name);
    });
    if (!written) attempted(() => rmSync(draft, { force: true }));
  }

  private forget(name: string): void {
    const kept = readdirSync(this.folder)
      .filter((file) => file.startsWith(`${name}-`))
      .map((file) => ({ file, at: statSync(join(this.folder, file)).mtimeMs }))
      .sort((a, b) => b.at - a.at);
    for (const { file } of kept.slice(KEPT)) rmSync(join(this.folder, file), { force: true });
  }
}

/** The checkout's own cache: what git, and the image's build context, leave out. */
export const engineCache = (root: string): Cache => new Cache(join(root, '.cache', 'engine'));

const sumOf = (bytes: Uint8Array): string => crc32(bytes).toString(16);

/** A folder that cannot be written to only means that the next run takes as long as this one. */
function attempted(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
