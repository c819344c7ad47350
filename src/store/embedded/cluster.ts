import { spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Command, Runner } from './account.ts';
import { POSTGRES_MAJOR, type Binaries } from './binaries.ts';
import { EmbeddedError } from './error.ts';
import { ROLE, type Layout } from './layout.ts';

/** No more than this of the surroundings reaches Postgres: PGDATA, PGPORT and their like would change what it does. */
export const SERVER_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin' };

export const hasCluster = (layout: Layout): boolean => existsSync(join(layout.cluster, 'PG_VERSION'));

const DRAFT = 'postgres.new-';

/**
 * Makes the database's files beside their final place and moves them there when they are whole: a start that is killed
 * half-way leaves nothing that looks like a database, and of two starts at once one wins and the other uses its files.
 */
export async function createCluster(layout: Layout, binaries: Binaries, runner: Runner): Promise<void> {
  const draft = mkdtempSync(join(layout.dataDir, DRAFT));
  try {
    if (runner.account) chownSync(draft, runner.account.uid, runner.account.gid);
    await runToEnd(runner.command(binaries.initdb, initdbArguments(draft)), layout.dataDir);
    renameSync(draft, layout.cluster);
  } catch (error) {
    if (!hasCluster(layout)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The C.UTF-8 locale that Postgres brings itself sorts alike on every machine. Logins: only through the socket. */
const initdbArguments = (folder: string): readonly string[] => [
  `--pgdata=${folder}`,
  `--username=${ROLE}`,
  '--auth-local=trust',
  '--auth-host=reject',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

function runToEnd(command: Command, cwd: string): Promise<void> {
  const { file, args, ...identity } = command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...identity,
      cwd: identity.uid === undefined ? cwd : '/',
      env: SERVER_ENVIRONMENT,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', (cause) => reject(new EmbeddedError(`${file} could not be started.`, { cause })));
    child.on('close', (code) => (code === 0 ? resolve() : reject(new EmbeddedError(explainInitdb(said)))));
  });
}

function explainInitdb(said: string): string {
  const what = `Setting up the database failed: ${said.trim() || 'initdb gave no reason'}`;
  if (said.includes('shared libraries'))
    return `${what}. The package's libraries are incomplete; put them right with \`npm rebuild\`.`;
  if (said.includes('effective user ID'))
    return `${what}. Postgres needs the user it runs as to have a name: give uid ${process.getuid?.() ?? '?'} a line in /etc/passwd, or set DATABASE_URL to a Postgres server of your own.`;
  return what;
}

/** @throws EmbeddedError when the files belong to an account as which we cannot act. */
export function checkOwner(layout: Layout): void {
  const uid = process.getuid?.();
  const owner = statSync(layout.cluster, { throwIfNoEntry: false })?.uid;
  if (uid !== undefined && uid !== 0 && owner !== undefined && owner !== uid)
    throw new EmbeddedError(
      `The database in ${layout.dataDir} belongs to another account (uid ${owner}), probably because Sitrep was started as root before. ` +
        `Start it as root again, or hand the folder over: \`sudo chown -R ${uid} ${layout.dataDir}\`.`,
    );
}

/** @throws EmbeddedError when the files are of another major version. */
export function checkVersion(layout: Layout): void {
  const version = readFileSync(join(layout.cluster, 'PG_VERSION'), 'utf8').trim();
  if (version !== POSTGRES_MAJOR)
    throw new EmbeddedError(
      `The database in ${layout.dataDir} was made by Postgres ${version}; this Sitrep brings Postgres ${POSTGRES_MAJOR}. ` +
        `Dump it with a Postgres ${version} server (\`pg_dump\`) and restore it into a new data folder, or use the Sitrep that made it.`,
    );
}

/** Drafts that killed starts left behind. Only for the holder of the data folder. */
export function removeDrafts(layout: Layout): void {
  for (const name of readdirSync(layout.dataDir))
    if (name.startsWith(DRAFT)) rmSync(join(layout.dataDir, name), { recursive: true, force: true });
}
