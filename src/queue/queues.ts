import type { JobsOptions } from 'bullmq';
import type { Backend, StageQueue, StageWorker } from './backend.ts';
import {
  jobPayload,
  STAGES,
  type BackendSettings,
  type Concurrency,
  type QueueCounts,
  type QueueLog,
  type Repeat,
  type Stage,
  type StageHandler,
  type StageHandlers,
} from './contract.ts';
import { describe } from './outages.ts';
import { connectPostgres } from './postgres.ts';
import { connectRedis } from './redis.ts';
import { keepSchedule } from './schedule.ts';

/** Jobs ready to be taken, a stage. A full Redis stops workers too: what does not fit waits in Postgres for the relay. */
const ROOM = 5_000;
/** The Postgres backend holds one advisory lock a job of a bulk, of which the server has a few thousand in all. */
const BULK = 200;
const COUNT_AGAIN_MS = 250;
const CLOSE_MS = 4_500;
/** A later re-run is armed again by the run that an hour brings early; setTimeout takes no more than 24 days. */
const LONGEST_TIMER_MS = 3_600_000;

export interface QueuesOptions {
  readonly backend: BackendSettings;
  readonly log: QueueLog;
  /**
   * No other process uses these queues (the embedded database belongs to one). What an earlier run left is thrown away
   * at once, so that nothing waits for a dead worker's locks; the relay brings it back from Postgres.
   */
  readonly alone?: boolean;
  /** Most jobs a stage that may wait for a worker; 5,000. */
  readonly room?: number;
}

export interface Queues {
  /**
   * Enqueues an id. Adding one that waits already changes nothing; one that is under way runs once more afterwards; one
   * that is backed off runs now. False when the queue is full or its server is away: the relay adds it later. Never
   * rejects.
   */
  add(stage: Stage, id: string): Promise<boolean>;
  /** `add` for many in one call. Returns how many were handed over. */
  addAll(stage: Stage, ids: readonly string[]): Promise<number>;
  /** Makes the stage's schedule exactly this. It is kept: what the server loses of it is put back by `tend`. */
  schedule(stage: Stage, repeats: readonly Repeat[]): Promise<void>;
  /** Puts back what the server lost of the schedules. The relay calls it. */
  tend(): Promise<void>;
  /** Starts workers for the stages that have a handler. */
  work(handlers: StageHandlers, concurrency: Concurrency): Promise<void>;
  /** @throws Error when the server is away. */
  counts(): Promise<QueueCounts>;
  /** How many more jobs of the stage may wait now. */
  room(stage: Stage): Promise<number>;
  /** Takes no new job, waits up to 4.5 s for those under way, and leaves the others to be taken up again. */
  close(): Promise<void>;
}

/** @throws QueueError, written for the user, when the backend's server cannot be reached. */
export async function openQueues(options: QueuesOptions): Promise<Queues> {
  const { backend: settings, log } = options;
  const backend =
    settings.kind === 'postgres'
      ? await connectPostgres(settings.connectionString, log)
      : await connectRedis(settings.url, log);
  if (options.alone === true) for (const stage of STAGES) await backend.empty(stage);
  return new BullQueues(backend, log, options.room ?? ROOM);
}

class BullQueues implements Queues {
  readonly #backend: Backend;
  readonly #log: QueueLog;
  readonly #most: number;
  readonly #queues: Readonly<Record<Stage, StageQueue>>;
  readonly #workers: StageWorker[] = [];
  readonly #plans = new Map<Stage, readonly Repeat[]>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Upper estimate of the jobs waiting, a stage: the last count and all that was added since. */
  readonly #waiting: Record<Stage, number> = { read: 0, judge: 0, deliver: 0, poll: 0, chore: 0 };
  #countedAt = Number.NEGATIVE_INFINITY;
  #closing: Promise<void> | undefined;

  constructor(backend: Backend, log: QueueLog, most: number) {
    this.#backend = backend;
    this.#log = log;
    this.#most = most;
    this.#queues = byStage((stage) => backend.queue(stage));
  }

  async add(stage: Stage, id: string): Promise<boolean> {
    return (await this.addAll(stage, [id])) === 1;
  }

  async addAll(stage: Stage, ids: readonly string[]): Promise<number> {
    if (this.#closing !== undefined) return 0;
    try {
      const fitting = ids.slice(0, await this.room(stage));
      if (fitting.length === 0) return 0;
      this.#waiting[stage] += fitting.length;
      await this.#enqueue(stage, fitting);
      return fitting.length;
    } catch (error) {
      this.#log.warn(
        { stage, error: describe(error) },
        'could not enqueue; the relay will, when the queue answers again',
      );
      return 0;
    }
  }

  async #enqueue(stage: Stage, ids: readonly string[]): Promise<void> {
    const jobs = ids.map((id) => ({ name: stage, data: jobPayload.parse({ id }), opts: oneAtATime(id) }));
    // On Postgres a bulk of one takes twice as long as a plain add.
    const [first] = jobs;
    if (first !== undefined && jobs.length === 1)
      await this.#queues[stage].add(first.name, first.data, first.opts);
    else
      for (let start = 0; start < jobs.length; start += BULK)
        await this.#queues[stage].addBulk(jobs.slice(start, start + BULK));
  }

  async room(stage: Stage): Promise<number> {
    const now = performance.now();
    if (this.#waiting[stage] >= this.#most && now - this.#countedAt > COUNT_AGAIN_MS) await this.counts();
    return Math.max(0, this.#most - this.#waiting[stage]);
  }

  async counts(): Promise<QueueCounts> {
    this.#countedAt = performance.now();
    const counted = await Promise.all(
      STAGES.map(async (stage) => {
        const { waiting, prioritized, active, delayed } = await this.#queues[stage].getJobCounts(
          'waiting',
          'prioritized',
          'active',
          'delayed',
        );
        this.#waiting[stage] = (waiting ?? 0) + (prioritized ?? 0);
        return { waiting: this.#waiting[stage], active: active ?? 0, delayed: delayed ?? 0 };
      }),
    );
    return byStage((stage) => counted[STAGES.indexOf(stage)] ?? { waiting: 0, active: 0, delayed: 0 });
  }

  async schedule(stage: Stage, repeats: readonly Repeat[]): Promise<void> {
    this.#plans.set(stage, repeats);
    await keepSchedule(this.#queues[stage], stage, repeats);
  }

  async tend(): Promise<void> {
    for (const [stage, repeats] of this.#plans) await keepSchedule(this.#queues[stage], stage, repeats);
  }

  async work(handlers: StageHandlers, concurrency: Concurrency): Promise<void> {
    const started = STAGES.flatMap((stage) => {
      const handler = handlers[stage];
      return handler === undefined
        ? []
        : [
            this.#backend.worker(
              stage,
              (job) => this.#run(stage, handler, jobPayload.parse(job.data).id),
              concurrency[stage],
            ),
          ];
    });
    this.#workers.push(...started);
    await Promise.all(started.map((worker) => worker.waitUntilReady()));
  }

  async #run(stage: Stage, handler: StageHandler, id: string): Promise<void> {
    try {
      const outcome = await handler(id);
      if (outcome?.againInMs !== undefined) this.#again(stage, id, outcome.againInMs);
    } catch (error) {
      this.#log.warn({ stage, id, error: describe(error) }, 'a job failed; it will be tried again');
      throw error;
    }
  }

  /**
   * A timer rather than a delayed job: a delayed job would swallow what is added in the meantime. If this process ends
   * first, the relay of the next enqueues the id once its work is due.
   */
  #again(stage: Stage, id: string, inMs: number): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        void this.add(stage, id);
      },
      Math.min(Math.max(inMs, 0), LONGEST_TIMER_MS),
    );
    this.#timers.add(timer);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const finished = await within(CLOSE_MS, Promise.all(this.#workers.map((worker) => worker.close())));
    if (!finished)
      this.#log.warn(
        {},
        'not everything ended in time; jobs under way were left and are taken up again in 10 to 15 s',
      );
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await within(1_000, Promise.all(STAGES.map((stage) => this.#queues[stage].close())));
    await within(500, this.#backend.close());
  }
}

/** BullMQ options by which an id waits at most once, is never worked on twice at a time, and never forgets an `add`. */
const oneAtATime = (id: string): JobsOptions => ({
  deduplication: { id, keepLastIfActive: true, reschedule: true },
});

const byStage = <T>(make: (stage: Stage) => T): Record<Stage, T> => ({
  read: make('read'),
  judge: make('judge'),
  deliver: make('deliver'),
  poll: make('poll'),
  chore: make('chore'),
});

/** Whether `work` settled in time; a failure counts as settled, its cause was reported where it arose. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const done = work.then(
    () => true,
    () => true,
  );
  const inTime = await Promise.race([done, late]);
  clearTimeout(timer);
  return inTime;
}
