import { access, constants, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlatformFinding } from '../chat/port.ts';
import { slackRemedy } from '../chat/slack/remedies.ts';
import type { Config } from '../config/load.ts';
import type { Instant } from '../model/time.ts';
import type { Platform } from '../model/telling.ts';
import { openQueues } from '../queue/queues.ts';
import type { Health } from '../store/health.ts';
import type { Store } from '../store/store.ts';
import type { Strings } from '../render/strings.ts';
import { examineDiscord } from './discord.ts';
import { examineSlack } from './slack.ts';

export type Verdict = PlatformFinding['verdict'];

/** One thing that was looked at. */
export type Finding = PlatformFinding;

const ok = (what: string, found: string): Finding => ({ what, verdict: 'ok', found });
const minutesSince = (then: Instant, now: Instant): number =>
  Math.floor((Date.parse(now) - Date.parse(then)) / 60_000);

/** Work that waits for longer than this is behind. */
const BEHIND_MINUTES = 5;
/** A feed that was silent for so many of its intervals is stale. */
const STALE_INTERVALS = 10;

export interface Examined {
  readonly config: Config;
  readonly store: Store;
  /** Where the bot that runs on the embedded database says that its desk is. */
  readonly desk?: string;
  readonly strings: Strings;
  readonly now: Instant;
}

/** What is set up, reachable, behind or failing, and what to do about it. Puts nothing right by itself. */
export async function examine({ config, store, desk, strings, now }: Examined): Promise<readonly Finding[]> {
  const health = await store.health();
  return [
    ok(
      'database',
      config.database.url
        ? 'the server of DATABASE_URL answers'
        : `the embedded one under ${config.dataDir} answers`,
    ),
    await queue(config),
    await bot(config, desk),
    await disk(config.dataDir),
    ...waiting(health, now),
    quarantine(health),
    ...destinations(health),
    ...deliveries(health),
    ...(await examineDiscord(config, told(health), strings)),
    ...(await examineSlack(config, { store, destinations: told(health) })),
    ...feeds(config, health, now),
    ...(await inbox(config.inbox.folder)),
    webhook(config),
  ];
}

async function queue({ queue: { redisUrl } }: Config): Promise<Finding> {
  if (redisUrl === undefined) return ok('queue', 'in the database');
  try {
    const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined };
    await (await openQueues({ backend: { kind: 'redis', url: redisUrl.reveal() }, log: silent })).close();
    return ok('queue', 'the Redis server of REDIS_URL answers');
  } catch (error) {
    return {
      what: 'queue',
      verdict: 'failure',
      found: (error as Error).message,
      remedy: 'nothing is lost: what waits is in the database, and goes on when the server answers again',
    };
  }
}

/** An address that means "all of this machine's" is asked on loopback. */
function ownDesk({ desk: { host, port } }: Config): string {
  const near = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${near.includes(':') ? `[${near}]` : near}:${port}`;
}

/** @param desk where the holder of the embedded database says that its desk is */
async function bot(config: Config, desk: string | undefined): Promise<Finding> {
  const start = 'start it with `npm start`';
  const none = { what: 'bot', verdict: 'note', remedy: start } as const;
  if (desk === undefined && config.database.url === undefined)
    return { ...none, found: 'none with a desk runs on this data' };
  const address = desk ?? ownDesk(config);
  try {
    const answer = await fetch(new URL('/healthz', address), { signal: AbortSignal.timeout(5_000) });
    if (answer.status < 500) return ok('bot', `the desk answers at ${address}`);
    return {
      what: 'bot',
      verdict: 'failure',
      found: `the desk at ${address} answers ${answer.status}`,
      remedy: 'look into its log',
    };
  } catch {
    const found = `the desk at ${address} does not answer`;
    if (desk !== undefined) return { what: 'bot', verdict: 'failure', found, remedy: start };
    return { ...none, found: `${found}; it may run on another machine, with the same DATABASE_URL` };
  }
}

/** With less than this a database soon cannot write. */
const LOW_DISK_BYTES = 500_000_000;

async function disk(dataDir: string): Promise<Finding> {
  const what = 'disk';
  try {
    const { bavail, bsize } = await statfs(dataDir);
    const found = `${Math.floor((bavail * bsize) / 1e6).toLocaleString('en')} MB free for ${dataDir}`;
    if (bavail * bsize >= LOW_DISK_BYTES) return ok(what, found);
    return { what, verdict: 'warning', found, remedy: 'make room: on a full disk no report can be accepted' };
  } catch {
    return { what, verdict: 'note', found: `${dataDir} is not there yet`, remedy: 'the bot makes it' };
  }
}

const STAGES = { read: 'to be read', judge: 'to be judged', deliver: 'to be told' } as const;

function waiting({ waiting: stages }: Health, now: Instant): Finding[] {
  return (['read', 'judge', 'deliver'] as const).map((stage) => {
    const { count, oldest } = stages[stage];
    const what = `waiting ${STAGES[stage]}`;
    if (count === 0 || oldest === undefined) return ok(what, 'nothing');
    const minutes = minutesSince(oldest, now);
    const found = `${count}, the oldest for ${minutes} min`;
    if (minutes < BEHIND_MINUTES) return ok(what, found);
    return {
      what,
      verdict: 'warning',
      found,
      remedy: 'see whether the bot runs, and its log; add a worker when it is busy',
    };
  });
}

function quarantine({ quarantined }: Health): Finding {
  if (quarantined.length === 0) return ok('quarantine', 'no report');
  const list = quarantined.slice(0, 5).map(({ report, error }) => `${report.id} (${error})`);
  return {
    what: 'quarantine',
    verdict: 'warning',
    found: `${quarantined.length} report(s) could not be read: ${list.join('; ')}`,
    remedy: 'have them read again with `sitrep requeue`, or from the desk, when the cause is gone',
  };
}

/** Channels and people that could be told; those that are closed are named for themselves. */
const told = ({ destinations: all }: Health) =>
  all.flatMap(({ destination, disabled }) => (disabled === undefined ? [destination] : []));

/** What a platform's own code for a closed channel means to whoever mends it. */
const REMEDIES: Readonly<Partial<Record<Platform, (why: string) => string | undefined>>> = {
  slack: slackRemedy,
};

const destinations = (health: Health): Finding[] =>
  health.destinations.flatMap(({ destination, disabled, outstanding }) =>
    disabled === undefined
      ? []
      : {
          what: `${destination.platform} ${destination.name}`,
          verdict: 'failure' as const,
          found: `nothing can be told there: ${disabled}; ${outstanding} alert(s) wait`,
          remedy:
            REMEDIES[destination.platform]?.(disabled) ??
            'make the channel reachable again; what waits is told then',
        },
  );

const deliveries = ({ failing }: Health): Finding[] =>
  failing.slice(0, 5).map(({ destination, state, tries, why }) => ({
    what: `alert to ${destination.name}`,
    verdict: 'warning',
    found: `${state} after ${tries} attempt(s): ${why}`,
    remedy:
      state === 'refused'
        ? 'the platform will not take it; the reason says why'
        : 'it is tried again by itself',
  }));

function feeds(config: Config, health: Health, now: Instant): Finding[] {
  if (config.feedList.length === 0)
    return [
      { what: 'feeds', verdict: 'note', found: 'none is asked', remedy: 'list some in config/sources.yaml' },
    ];
  return config.feedList.map(({ source, intervalSeconds }) => {
    const what = `feed ${source.name}`;
    const known = health.sources.find(({ id }) => id === source.id);
    if (known?.lastError !== undefined)
      return {
        what,
        verdict: 'warning',
        found: known.lastError,
        remedy: 'we are blind there until it answers again',
      };
    if (known?.lastOk === undefined)
      return { what, verdict: 'note', found: 'not asked yet', remedy: 'it is asked when the bot runs' };
    const minutes = minutesSince(known.lastOk, now);
    if (minutes * 60 > intervalSeconds * STALE_INTERVALS)
      return {
        what,
        verdict: 'warning',
        found: `last answered ${minutes} min ago`,
        remedy: 'see whether the bot runs',
      };
    return ok(what, `answered ${minutes} min ago`);
  });
}

async function inbox(folder: string): Promise<Finding[]> {
  try {
    await access(folder, constants.W_OK);
  } catch {
    return [
      {
        what: 'inbox',
        verdict: 'note',
        found: `${folder} is not there yet, or cannot be written to`,
        remedy: 'the bot makes it when it starts',
      },
    ];
  }
  const rejected = await readdir(join(folder, 'rejected')).catch(() => []);
  const reasons = rejected.filter((name) => name.endsWith('.reason.txt'));
  return [
    ok('inbox', folder),
    ...(reasons.length === 0
      ? []
      : [
          {
            what: 'inbox',
            verdict: 'warning' as const,
            found: `${reasons.length} file(s) were rejected`,
            remedy: `read the reasons in ${join(folder, 'rejected')}, mend the files and put them back`,
          },
        ]),
  ];
}

const webhook = ({ webhook: { secrets } }: Config): Finding =>
  secrets.length > 0
    ? ok('webhook', `POST /reports takes messages signed with any of ${secrets.length} secret(s)`)
    : {
        what: 'webhook',
        verdict: 'note',
        found: 'switched off',
        remedy: 'set SITREP_WEBHOOK_SECRETS to take reports by POST /reports',
      };
