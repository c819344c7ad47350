import type { JobsOptions, Queue, QueueOptions, WorkerOptions } from 'bullmq';
import type { JobPayload, Stage } from './contract.ts';

export type StageQueue = Pick<
  Queue<JobPayload, void>,
  | 'add'
  | 'addBulk'
  | 'getJobCounts'
  | 'getJobSchedulers'
  | 'upsertJobScheduler'
  | 'removeJobScheduler'
  | 'close'
>;

export interface StageWorker {
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}

export type Process = (job: { readonly data: unknown }) => Promise<void>;

/** One kind of server that BullMQ runs on. Made ready by its `connect…`, which rejects when the server is not there. */
export interface Backend {
  queue(stage: Stage): StageQueue;
  worker(stage: Stage, process: Process, concurrency: number): StageWorker;
  /** Throws away every job and schedule of the stage, those under way included. */
  empty(stage: Stage): Promise<void>;
  close(): Promise<void>;
}

/** Backoff of a job that throws, in milliseconds: half a second, doubled at each try, at most a minute. */
const backoffMs = (attempt: number): number => Math.min(60_000, 500 * 2 ** Math.min(attempt - 1, 10));

const JOB_DEFAULTS = {
  // The rows of the store are the truth: a finished job leaves nothing behind.
  removeOnComplete: true,
  removeOnFail: true,
  // Largest value of the Postgres backend's column; the store gives up, not the queue.
  attempts: 2_147_483_647,
  backoff: { type: 'custom' },
  stackTraceLimit: 1,
} as const satisfies JobsOptions;

export const QUEUE_DEFAULTS = {
  defaultJobOptions: JOB_DEFAULTS,
  // Nobody reads BullMQ's event stream here; its default of 10,000 entries a queue is room for nothing.
  streams: { events: { maxLen: 100 } },
} as const satisfies Omit<QueueOptions, 'connection'>;

export const WORKER_DEFAULTS = {
  // A job whose worker was killed is taken up by another after 10 to 15 s.
  lockDuration: 10_000,
  stalledInterval: 5_000,
  // At BullMQ's default of 1, two crashes fail a job for good.
  maxStalledCount: 100,
  runRetryDelay: 1_000,
  settings: { backoffStrategy: backoffMs },
} as const satisfies Omit<WorkerOptions, 'connection'>;
