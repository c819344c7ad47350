import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  lstatSync,
  mkdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { EmbeddedError } from './error.ts';

/** Where the parts of an embedded database lie. */
export interface Layout {
  /** The bot's data folder, absolute, links resolved: one folder has one name. */
  readonly dataDir: string;
  /** Postgres' own files (PGDATA). */
  readonly cluster: string;
  /** Folder of the server's socket. */
  readonly sockets: string;
  readonly log: string;
  readonly holder: string;
}

export const SOCKET_NAME = '.s.PGSQL.5432';
/** `sun_path` of unix(7) has 108 bytes, the last of them zero; macOS and BSD have 104. */
const SOCKET_PATH_MAX = process.platform === 'linux' ? 107 : 103;

/** @throws EmbeddedError when the data folder cannot be made. */
export function layoutOf(dataDir: string): Layout {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (cause) {
    throw new EmbeddedError(
      `The data folder ${dataDir} cannot be created (${(cause as NodeJS.ErrnoException).code ?? 'unknown error'}). ` +
        'Name another one, or make it and give yourself the right to write to it.',
      { cause },
    );
  }
  const real = realpathSync(dataDir);
  try {
    accessSync(real, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new EmbeddedError(
      `The data folder ${real} belongs to another account (uid ${statSync(real).uid}) and you may not write to it. ` +
        `Name another folder, or hand it over: \`sudo chown -R ${process.getuid?.() ?? 'YOU'} ${real}\`.`,
      { cause },
    );
  }
  return {
    dataDir: real,
    cluster: join(real, 'postgres'),
    sockets: socketsFolder(real),
    log: join(real, 'postgres.log'),
    holder: join(real, 'holder.json'),
  };
}

function socketsFolder(dataDir: string): string {
  const inside = join(dataDir, 'run');
  if (Buffer.byteLength(join(inside, SOCKET_NAME)) <= SOCKET_PATH_MAX) return inside;
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return join(realpathSync(tmpdir()), `sitrep-${name}`);
}

/**
 * Makes a folder that only its owner may enter: who can enter the sockets' folder may log in.
 * @throws EmbeddedError when somebody else has made it first, or it is a link.
 */
export function makePrivate(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  const mine = process.getuid?.() ?? stat.uid;
  if (!stat.isDirectory() || ![mine, account?.uid].includes(stat.uid))
    throw new EmbeddedError(
      `${folder} should be a folder of the account that runs Sitrep's database, and belongs to another account (uid ${stat.uid}). ` +
        'Remove it, or start Sitrep as that account.',
    );
  chmodSync(folder, 0o700);
  if (account && stat.uid !== account.uid) chownSync(folder, account.uid, account.gid);
}

/** A URL that pg, drizzle, BullMQ and psql all understand. Every part is given, so that no PG… variable changes it. */
export function socketUrl(sockets: string, port: string, database: string): string {
  const query = new URLSearchParams({ host: sockets, port, user: ROLE, sslmode: 'disable' });
  return `postgres:///${database}?${query.toString().replaceAll('+', '%20')}`;
}

/** Owner of all that the embedded server holds. */
export const ROLE = 'sitrep';
export const DATABASE = 'sitrep';
/** Holds nothing; connections that are about the server as a whole go there. */
export const MAINTENANCE_DATABASE = 'postgres';
