import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { StoreLog } from '../log.ts';
import type { Runner } from './account.ts';
import type { Binaries } from './binaries.ts';
import { SERVER_ENVIRONMENT } from './cluster.ts';
import { EmbeddedError } from './error.ts';
import type { Layout } from './layout.ts';
import { readHolder } from './holder.ts';
import { isAlive, probe, readPostmaster, removeLeftoverLocks, type Postmaster } from './postmaster.ts';

/** Settings of the server by name, as `postgres -c` takes them. */
export type ServerSettings = Readonly<Record<string, string>>;

/** No TCP. Durable (fsync, synchronous_commit and full_page_writes are on by default). Sized for one bot. */
const SETTINGS: ServerSettings = {
  listen_addresses: '',
  port: '5432',
  unix_socket_permissions: '0700',
  max_connections: '200',
  shared_buffers: '64MB',
  // Nothing replicates from it: a smaller log, and fewer processes.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  max_wal_size: '256MB',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A failing statement carries words of reports; they do not belong in a log.
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

export interface ServerPlan {
  readonly layout: Layout;
  readonly binaries: Binaries;
  readonly runner: Runner;
  readonly settings: ServerSettings;
  readonly log: StoreLog;
}

const POLL_MS = 10;
/** A server that neither answers nor ends within this time is not coming. Recovery after a crash is not counted. */
const START_LIMIT_MS = 60_000;
const UNREACHABLE_MS = 10_000;
const RECOVERY_NOTICE_MS = 5_000;
const LOG_LIMIT_BYTES = 5_000_000;

/** Finds the data folder's server or starts it; after a killed bot the old one is taken over as it runs. */
export async function ensureServer(plan: ServerPlan): Promise<Postmaster> {
  const began = Date.now();
  let attempt: Attempt | undefined;
  let noticed = false;
  for (;;) {
    const presence = await probe(plan.layout);
    if (presence.kind === 'ready') return presence.postmaster;
    const waited = Date.now() - began;
    if (presence.kind === 'absent') {
      if (attempt?.failure === undefined && waited > START_LIMIT_MS) throw tooSlow(plan);
      if (waited > UNREACHABLE_MS) await endUnreachable(plan.layout);
      if (attempt === undefined || attempt.ended) attempt = afterAttempt(plan, attempt);
    } else if (!noticed && waited > RECOVERY_NOTICE_MS) {
      noticed = true;
      plan.log.info({}, 'the database is putting itself right after an unclean end; this may take a while');
    }
    await delay(POLL_MS);
  }
}

interface Attempt {
  ended: boolean;
  /** What Postgres wrote before it ended. */
  failure?: string;
}

/** The first attempt, or what follows from one that ended: another try, or the reason why there is none. */
function afterAttempt(plan: ServerPlan, previous: Attempt | undefined): Attempt {
  if (previous?.failure === undefined) return launch(plan);
  if (!/lock file "[^"]*" already exists/.test(previous.failure))
    throw new EmbeddedError(
      `The embedded database did not start: ${fatalLines(previous.failure)} (its log: ${plan.layout.log})`,
    );
  // Another start was quicker, or an old server is just ending; unless the file is a left-over.
  return removeLeftoverLocks(plan.layout) ? launch(plan) : { ended: true };
}

/** A killed bot's server that runs and cannot be reached: its socket was swept out of the temporary folder. */
async function endUnreachable(layout: Layout): Promise<void> {
  const postmaster = readPostmaster(layout);
  const holder = readHolder(layout);
  if (postmaster && isAlive(postmaster.pid) && !(holder && isAlive(holder.pid))) await endServer(postmaster);
}

function launch(plan: ServerPlan): Attempt {
  const { layout, binaries, runner } = plan;
  rotate(layout.log);
  const log = openSync(layout.log, 'a', 0o600);
  const offset = statSync(layout.log).size;
  const settings = Object.entries({
    ...SETTINGS,
    unix_socket_directories: layout.sockets,
    ...plan.settings,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { file, args, ...identity } = runner.command(binaries.postgres, ['-D', layout.cluster, ...settings]);
  const attempt: Attempt = { ended: false };
  const end = (failure: string): void => {
    attempt.ended = true;
    attempt.failure = failure;
  };
  // A session of its own: Ctrl-C in the bot's terminal must not end the database before the bot is done with it. A file
  // for what it says: a pipe would break with the bot.
  const child = spawn(file, args, {
    ...identity,
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.on('error', (error) => end(`FATAL: ${error.message}`));
  child.on('exit', () => end(writtenSince(layout.log, offset)));
  child.unref();
  return attempt;
}

/** Nothing when the log is gone: a data folder may be removed as soon as its server has ended. */
function writtenSince(log: string, offset: number): string {
  return existsSync(log) ? readFileSync(log).subarray(offset).toString('utf8') : '';
}

function rotate(path: string): void {
  if (existsSync(path) && statSync(path).size > LOG_LIMIT_BYTES) renameSync(path, `${path}.1`);
}

function fatalLines(said: string): string {
  const lines = said
    .split('\n')
    .filter((line) => /\b(?:FATAL|PANIC|HINT|DETAIL|error while loading)\b/.test(line));
  return (lines.length > 0 ? lines : said.split('\n').slice(-3)).join(' ').trim() || 'it gave no reason';
}

const tooSlow = (plan: ServerPlan): EmbeddedError =>
  new EmbeddedError(
    `The embedded database did not answer within ${START_LIMIT_MS / 1000} s. Its log says why: ${plan.layout.log}`,
  );

/** A fast shutdown gets this long; then the server is stopped at once, and recovers at its next start. */
const STOP_LIMIT_MS = 5_000;

/** Resolves when the server has ended. SIGINT: fast shutdown, SIGQUIT: immediate (PostgreSQL manual, "Shutting down"). */
export async function endServer(postmaster: Postmaster): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isAlive(postmaster.pid)) return;
    process.kill(postmaster.pid, signal);
    const until = Date.now() + STOP_LIMIT_MS;
    while (isAlive(postmaster.pid) && Date.now() < until) await delay(POLL_MS);
  }
}
