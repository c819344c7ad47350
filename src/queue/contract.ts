import { z } from 'zod';

/** One queue a stage. `read`, `judge`: a report's id; `deliver`: a destination's; `poll`: a source's. */
export const STAGES = ['read', 'judge', 'deliver', 'poll'] as const;
export type Stage = (typeof STAGES)[number];

/** A job carries an id and nothing else: what is to be done stands in Postgres. */
export const jobPayload = z.strictObject({ id: z.string().min(1).max(200) });
export type JobPayload = z.infer<typeof jobPayload>;

/** `againInMs`: run this id once more, not before that many milliseconds. Nothing: done for now. */
export interface JobOutcome {
  readonly againInMs?: number;
}

/**
 * Does one job. It must be safe to run twice and at the same time as another job of the same id (a job whose worker
 * lost its connection is given to a second worker). Throwing means "try again": backed off, up to once a minute,
 * without end. What should not be tried for ever is given up by the store, not by the queue.
 */
export type StageHandler = (id: string) => Promise<JobOutcome | undefined>;
export type StageHandlers = { readonly [S in Stage]?: StageHandler };

/** How many jobs of a stage this process works on at once. */
export type Concurrency = Readonly<Record<Stage, number>>;

export interface StageCounts {
  /** Ready to be taken. */
  readonly waiting: number;
  readonly active: number;
  /** To be taken later: backed off, or scheduled. */
  readonly delayed: number;
  readonly failed: number;
}
export type QueueCounts = Readonly<Record<Stage, StageCounts>>;

export interface QueueLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
