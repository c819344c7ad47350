import { z } from 'zod';

/** One queue a stage. `read`: a report's id; `judge`: any constant (it means "advance"); `deliver`: a destination's; `poll`: a source's; `chore`: the name of work that the clock calls for. */
export const STAGES = ['read', 'judge', 'deliver', 'poll', 'chore'] as const;
export type Stage = (typeof STAGES)[number];

/** A job carries an id and nothing else: what is to be done stands in Postgres. */
export const jobPayload = z.strictObject({ id: z.string().min(1).max(200) });
export type JobPayload = z.infer<typeof jobPayload>;

/** `againInMs`: run this id once more, not before that many milliseconds. Nothing: done for now. */
export interface JobOutcome {
  readonly againInMs?: number;
}

/**
 * Does one job. It must be safe to run twice, and beside another job of the same id: when a worker loses its
 * connection, the job is given to a second one. Throwing means "try again": backed off up to a minute, without end.
 * What should not be tried for ever is given up by the store, not by the queue.
 */
export type StageHandler = (id: string) => Promise<JobOutcome | undefined>;
export type StageHandlers = Readonly<Partial<Record<Stage, StageHandler>>>;

/** How many jobs of a stage this process works on at once. */
export type Concurrency = Readonly<Record<Stage, number>>;

interface StageCounts {
  /** Ready to be taken. */
  readonly waiting: number;
  readonly active: number;
  /** To be taken later: backed off after an error, or a schedule's next. */
  readonly delayed: number;
}
export type QueueCounts = Readonly<Record<Stage, StageCounts>>;

/** One line of a stage's schedule: `id` is enqueued at once and then every `everyMs` milliseconds. */
export interface Repeat {
  readonly id: string;
  readonly everyMs: number;
}

export type BackendSettings =
  | { readonly kind: 'postgres'; readonly connectionString: string }
  | { readonly kind: 'redis'; readonly url: string };

/** The part of pino's logger that is used here. */
export interface QueueLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Work of the store that is committed and not done; what the relay enqueues again. */
export interface BacklogItem {
  readonly stage: Stage;
  readonly id: string;
}
