import type { StageQueue } from './backend.ts';
import type { Repeat, Stage } from './contract.ts';

/** A schedule whose next run lies this long in the past, beyond its own interval, has lost its job. */
const OVERDUE_MS = 60_000;

/** Makes the queue's schedule exactly `repeats`, touching only what differs. */
export async function keepSchedule(
  queue: StageQueue,
  stage: Stage,
  repeats: readonly Repeat[],
): Promise<void> {
  const present = new Map((await queue.getJobSchedulers(0, -1)).map((entry) => [entry.key, entry]));
  for (const { id, everyMs } of repeats) {
    const entry = present.get(id);
    present.delete(id);
    const alive =
      entry?.next !== undefined &&
      Number(entry.every) === everyMs &&
      entry.next > Date.now() - everyMs - OVERDUE_MS;
    if (!alive) await queue.upsertJobScheduler(id, { every: everyMs }, { name: stage, data: { id } });
  }
  for (const id of present.keys()) await queue.removeJobScheduler(id);
}
