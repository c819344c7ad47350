import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname, parse } from 'node:path';
import { EmbeddedError } from './error.ts';

/** An account of this machine. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Who runs the server's programs, and by which command. */
export interface Runner {
  /** Present when we are root: what the server reads and writes must belong to it. */
  readonly account?: Account;
  /** How to start a program as that account. */
  readonly command: (program: string, args: readonly string[]) => Command;
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Postgres refuses to run as root. As root it is run as an account that the machine already has: the owner of the data
 * if it has one (a folder that an ordinary user began), else `postgres`, else `nobody`. No account is ever created.
 * Anyone else runs it as they are.
 * @param data the folder with the database's files, or that will hold it
 * @param reached all folders that the account must get to
 */
export function chooseRunner(data: string, reached: readonly string[]): Runner {
  if (process.getuid?.() !== 0) return { command: (file, args) => ({ file, args }) };
  const account = chooseAccount(data);
  const closed = reached.map((path) => closedFolder(path, account)).find((path) => path !== undefined);
  if (closed === undefined)
    return { account, command: (file, args) => ({ file, args, uid: account.uid, gid: account.gid }) };
  return { account, command: throughClosedFolders(account, closed) };
}

function chooseAccount(data: string): Account {
  const accounts = readAccounts();
  const owner = ownerOf(data);
  const chosen =
    (owner === undefined || owner === 0 ? undefined : accounts.find((each) => each.uid === owner)) ??
    accounts.find((each) => each.name === 'postgres' && each.uid !== 0) ??
    accounts.find((each) => each.name === 'nobody' && each.uid !== 0);
  if (chosen) return chosen;
  throw new EmbeddedError(
    'Postgres refuses to run as root, and this machine has neither an account `postgres` nor `nobody` to run it as. ' +
      'Start Sitrep as an ordinary user, or set DATABASE_URL to a Postgres server of your own.',
  );
}

function ownerOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.uid;
}

function readAccounts(): Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ name, uid, gid }) => name !== '' && Number.isInteger(uid) && Number.isInteger(gid));
}

/** The outermost folder on the way to `path` that the account may not pass through, such as /root with mode 0700. */
function closedFolder(path: string, account: Account): string | undefined {
  const outer = path === parse(path).root ? undefined : closedFolder(dirname(path), account);
  if (outer !== undefined) return outer;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return undefined;
  const bit = stat.uid === account.uid ? 0o100 : stat.gid === account.gid ? 0o010 : 0o001;
  return (stat.mode & bit) === 0 ? path : undefined;
}

const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv', '/usr/sbin/setpriv'];

/**
 * `setpriv` of util-linux starts a program as another account and leaves it one right of root's: to pass through
 * folders that are closed to it. `no_setuid_fixup` is needed because Postgres asks access(2) about its own files, which
 * otherwise judges by the account alone.
 */
function throughClosedFolders(account: Account, closed: string): Runner['command'] {
  const setpriv = SETPRIV.find(isExecutable);
  const right = passingRight();
  if (setpriv === undefined || right === undefined)
    throw new EmbeddedError(
      `Postgres refuses to run as root, and the account \`${account.name}\`, as which it would run, may not enter ${closed}. ` +
        `Move the checkout and its data folder out of ${closed}, or start Sitrep as an ordinary user, ` +
        `or let others pass through: \`chmod o+x ${closed}\`.`,
    );
  const only = `-all,+${right}`;
  const rights = [`--bounding-set=${only}`, `--inh-caps=${only}`, `--ambient-caps=${only}`];
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  return (file, args) => ({
    file: setpriv,
    args: [...identity, '--securebits=+no_setuid_fixup', ...rights, file, ...args],
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Bits of linux/capability.h. The weaker right comes first; root in a container often has only the second. */
const PASSING_RIGHTS = [
  ['dac_read_search', 2n],
  ['dac_override', 1n],
] as const;

function passingRight(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const bounding = /^CapBnd:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  if (bounding === undefined) return undefined;
  const mask = BigInt(`0x${bounding}`);
  return PASSING_RIGHTS.find(([, bit]) => (mask >> bit) % 2n === 1n)?.[0];
}
