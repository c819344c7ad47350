import { blocksOf, ledgerPlacesOf } from '../assess/blocks.ts';
import type { ChatPort } from '../chat/port.ts';
import type { Knowledge as Reader } from '../extract/extract.ts';
import { ENGINE_VERSION, extract } from '../extract/extract.ts';
import { drainDestination } from '../deliver/drain.ts';
import { destinationId, reportId, type DestinationId, type ReportId } from '../model/ids.ts';
import type { Platform } from '../model/telling.ts';
import type { Clock } from '../model/time.ts';
import type { JobOutcome } from '../queue/contract.ts';
import type { Wording } from '../render/names.ts';
import type { Store } from '../store/store.ts';
import { decide } from './decide.ts';
import type { Log } from './log.ts';

export interface PipelineParts {
  readonly store: Store;
  readonly reader: Reader;
  readonly wording: Wording;
  readonly chats: Readonly<Partial<Record<Platform, ChatPort>>>;
  readonly clock: Clock;
  readonly log: Log;
  /** A report that cannot be read or judged is set aside after so many tries, the second one after so long, then doubled. */
  readonly tries: number;
  readonly retryMs: number;
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
}

/** One job judges for at most this long, so that stopping the bot does not wait for a long backlog. */
const JUDGE_RUN_MS = 3_000;

export function openPipeline(parts: PipelineParts): Pipeline {
  return {
    read: (id) => read(reportId(id), parts),
    judge: () => judge(parts),
    deliver: (id) => deliver(destinationId(id), parts),
  };
}

async function read(id: ReportId, parts: PipelineParts): Promise<JobOutcome | undefined> {
  const { store, reader, clock, log } = parts;
  const unread = await store.unread(id);
  if (unread?.dueAt !== undefined && unread.dueAt > clock())
    return { againInMs: Date.parse(unread.dueAt) - Date.parse(clock()) };
  if (unread !== undefined) {
    const { report, tries } = unread;
    try {
      await store.commitRead(id, extract(report, reader), ENGINE_VERSION);
    } catch (error) {
      const delayMs = parts.retryMs * 2 ** Math.min(tries, 10);
      const state = await store.failRead(id, error, { maxTries: parts.tries, delayMs });
      log.error({ err: error, report: id, state }, 'a report could not be read');
      if (state === 'retrying') return { againInMs: delayMs };
    }
  }
  await parts.enqueue.judge();
  return undefined;
}

async function judge(parts: PipelineParts): Promise<JobOutcome | undefined> {
  const { store, wording, log } = parts;
  const until = performance.now() + JUDGE_RUN_MS;
  while (performance.now() < until) {
    const outcome = await store.judgeNext({
      blocksOf: (report, statements) => blocksOf(report, statements, wording),
      ledgerPlacesOf,
      decide: (snapshot, reader) => decide(snapshot, reader, wording),
      maxTries: parts.tries,
    });
    if (outcome.kind === 'idle' || outcome.kind === 'waiting') return undefined;
    if (outcome.kind === 'judged') {
      await parts.enqueue.deliver(outcome.destinations);
    } else {
      log.error(
        { err: outcome.error, report: outcome.report, state: outcome.state },
        'a report could not be judged',
      );
      if (outcome.state === 'read') return { againInMs: parts.retryMs };
    }
  }
  return { againInMs: 0 };
}

async function deliver(
  id: DestinationId,
  { store, chats, clock, log }: PipelineParts,
): Promise<JobOutcome | undefined> {
  const { againInMs } = await drainDestination(id, { store, ports: chats, clock, log });
  return againInMs === undefined ? undefined : { againInMs };
}
