import { randomUUID } from 'node:crypto';
import { blocksOf, ledgerPlacesOf } from '../assess/blocks.ts';
import type { ChatPort } from '../chat/port.ts';
import type { Knowledge as Reader } from '../extract/extract.ts';
import { ENGINE_VERSION, extract } from '../extract/extract.ts';
import { drainDestination } from '../deliver/drain.ts';
import { destinationId, reportId, type DestinationId, type ReportId } from '../model/ids.ts';
import type { Report } from '../model/report.ts';
import type { Platform } from '../model/telling.ts';
import type { Clock } from '../model/time.ts';
import type { JobOutcome } from '../queue/contract.ts';
import { renderGathered } from '../render/gathered.ts';
import type { Wording } from '../render/names.ts';
import type { Store } from '../store/store.ts';
import type { Chore } from './chores.ts';
import { decide, decideRetraction, decideRuling, type TellingRules } from './decide.ts';
import type { Log } from './log.ts';
import { Turns } from './turns.ts';

export interface PipelineParts {
  readonly store: Store;
  readonly reader: Reader;
  readonly wording: Wording;
  readonly chats: Readonly<Partial<Record<Platform, ChatPort>>>;
  readonly clock: Clock;
  readonly log: Log;
  /** A report that cannot be read or judged is set aside after so many tries. */
  readonly tries: number;
  /** Pause before the second try to read a report; doubled with every further one. */
  readonly retryMs: number;
  readonly rules: TellingRules;
  readonly chores: readonly Chore[];
  /** Tells the queue that there is something to do. What it forgets, the relay brings back. */
  readonly enqueue: {
    judge(): Promise<void>;
    deliver(destinations: readonly DestinationId[]): Promise<void>;
  };
}

/** The stages of a report's way after it is accepted. Each is safe to run twice, and to be killed in. */
export interface Pipeline {
  read(id: string): Promise<JobOutcome | undefined>;
  judge(): Promise<JobOutcome | undefined>;
  deliver(id: string): Promise<JobOutcome | undefined>;
  /** Work that the clock calls for, by its name. */
  chore(id: string): Promise<JobOutcome | undefined>;
}

/** One job judges for at most this long, so that stopping the bot does not wait for a long backlog. */
const JUDGE_RUN_MS = 3_000;
/** As `retryMs`, for judging. Short: the reports behind one that cannot be judged wait until it is judged or set aside. */
const JUDGE_RETRY_MS = 1_000;

export function openPipeline(parts: PipelineParts): Pipeline {
  const reading: Reading = { ...parts, me: randomUUID(), turns: new Turns() };
  return {
    read: (id) => read(reportId(id), reading),
    judge: () => judge(parts),
    deliver: (id) => deliver(destinationId(id), parts),
    chore: async (id) => {
      const chore = parts.chores.find((one) => one.id === id);
      if (chore) await parts.enqueue.deliver(await chore.run());
      return undefined;
    },
  };
}

interface Reading extends PipelineParts {
  /** This process, among those that read. */
  readonly me: string;
  readonly turns: Turns;
}

async function read(id: ReportId, parts: Reading): Promise<JobOutcome | undefined> {
  const { store, clock, turns } = parts;
  const unread = await store.unread(id);
  const inMs = unread?.dueAt === undefined ? 0 : Date.parse(unread.dueAt) - Date.parse(clock());
  if (inMs > 0) return { againInMs: inMs };
  if (unread !== undefined) {
    const work = () => readNow(unread.report, unread.tries, parts);
    const againInMs = await (unread.suspect ? turns.alone(work) : turns.together(work));
    if (againInMs !== undefined) return { againInMs };
  }
  await parts.enqueue.judge();
  return undefined;
}

/** @returns in how many milliseconds it is to be tried again, if it is */
async function readNow(report: Report, tries: number, parts: Reading): Promise<number | undefined> {
  const { store, reader, log, me } = parts;
  const policy = { maxTries: parts.tries };
  const begun = await store.beginRead(report.id, me, policy);
  if (begun === 'quarantined') log.error({ report: report.id }, 'a report ended every process that read it');
  if (begun !== 'begun') return undefined;
  try {
    await store.commitRead(report.id, extract(report, reader), ENGINE_VERSION);
    return undefined;
  } catch (error) {
    const delayMs = parts.retryMs * 2 ** Math.min(tries, 10);
    const state = await store.failRead(report.id, error, { ...policy, delayMs });
    log.error({ err: error, report: report.id, state }, 'a report could not be read');
    return state === 'retrying' ? delayMs : undefined;
  }
}

async function judge(parts: PipelineParts): Promise<JobOutcome | undefined> {
  const { store, wording, clock, log } = parts;
  const until = performance.now() + JUDGE_RUN_MS;
  while (performance.now() < until) {
    const outcome = await store.judgeNext({
      blocksOf: (report, statements) => blocksOf(report, statements, wording),
      ledgerPlacesOf,
      decide: (snapshot, reader) => decide(snapshot, reader, wording, parts.rules),
      gather: (replies) => renderGathered(replies, wording),
      retract: (snapshot, reader) => decideRetraction(snapshot, reader, wording, parts.rules),
      rule: (snapshot, reader) => decideRuling(snapshot, reader, wording, parts.rules),
      maxTries: parts.tries,
      retryMs: JUDGE_RETRY_MS,
    });
    if (outcome.kind === 'idle') return undefined;
    if (outcome.kind === 'waiting')
      return outcome.until && { againInMs: Date.parse(outcome.until) - Date.parse(clock()) };
    if (outcome.kind === 'judged') {
      await parts.enqueue.deliver(outcome.destinations);
    } else {
      const { kind: _, error, ...what } = outcome;
      log.error({ err: error, ...what }, `${failedDeed(what)}; what is behind it waits`);
    }
  }
  return { againInMs: 0 };
}

function failedDeed({
  correction,
  ruling,
}: {
  readonly correction?: string;
  readonly ruling?: string;
}): string {
  if (ruling !== undefined) return 'happenings could not be put together or parted';
  return `a report could not be ${correction === undefined ? 'judged' : 'taken back'}`;
}

async function deliver(
  id: DestinationId,
  { store, chats, clock, log }: PipelineParts,
): Promise<JobOutcome | undefined> {
  const { againInMs } = await drainDestination(id, { store, ports: chats, clock, log });
  return againInMs === undefined ? undefined : { againInMs };
}
