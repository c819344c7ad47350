import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { MAINTENANCE_DATABASE, SOCKET_NAME, socketUrl, type Layout } from './layout.ts';

/** What a running server writes about itself into `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly sockets: string;
  readonly port: string;
}

/** What `postmaster.pid` says; the server that wrote it may be gone. */
export function readPostmaster(layout: Layout): Postmaster | undefined {
  let text: string;
  try {
    text = readFileSync(join(layout.cluster, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const [pid = '', , , port = '', sockets = ''] = text.split('\n');
  return port === '' || sockets === '' ? undefined : { pid: Number(pid), port, sockets };
}

/** `busy`: it is there and lets nobody in yet, or any more: starting, recovering, shutting down. */
export type Presence =
  | { readonly kind: 'ready'; readonly postmaster: Postmaster }
  | { readonly kind: 'busy' }
  | { readonly kind: 'absent' };

/** Knocks at the server's socket. */
export async function probe(layout: Layout): Promise<Presence> {
  const postmaster = readPostmaster(layout);
  if (postmaster === undefined) return { kind: 'absent' };
  const client = new pg.Client({
    connectionString: socketUrl(postmaster.sockets, postmaster.port, MAINTENANCE_DATABASE),
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return { kind: 'ready', postmaster };
  } catch (error) {
    return absentOrBusy(error as { readonly code?: string });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** SQLSTATE 57P03 cannot_connect_now, 57P01 admin_shutdown, 57P02 crash_shutdown, 53300 too_many_connections. */
const BUSY = new Set(['57P03', '57P01', '57P02', '53300', 'ECONNRESET', 'EPIPE']);
const ABSENT = new Set(['ENOENT', 'ECONNREFUSED']);

function absentOrBusy(error: { readonly code?: string }): Presence {
  if (!isPassing(error)) throw error as Error;
  return { kind: error.code !== undefined && ABSENT.has(error.code) ? 'absent' : 'busy' };
}

/** The server is not there, or not for us, at this moment. Without a code: the connection ended without a word. */
export const isPassing = ({ code }: { readonly code?: string }): boolean =>
  code === undefined || BUSY.has(code) || ABSENT.has(code);

/**
 * A server's lock files outlive a machine that lost power, and the process id in them may by now be some other
 * program's; Postgres then refuses to start. A server and its backends have the database's folder as their working
 * directory: when no process has, the files are left-overs, and are removed.
 * @returns false when a server may be running.
 */
export function removeLeftoverLocks(layout: Layout): boolean {
  if (process.platform !== 'linux') return false;
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  if (processes.some((pid) => workingDirectory(pid) === layout.cluster)) return false;
  rmSync(join(layout.cluster, 'postmaster.pid'), { force: true });
  rmSync(join(layout.sockets, `${SOCKET_NAME}.lock`), { force: true });
  return true;
}

function workingDirectory(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** A process that has ended and was not yet waited for by its parent (in a container perhaps never) is not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return process.platform !== 'linux' || !isZombie(pid);
}

/** proc(5): the state is the first field after the name, which is in brackets and may itself hold any character. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return true;
  }
}
