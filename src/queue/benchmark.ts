import type { Backend } from './backend.ts';
import { jobPayload, type BackendSettings, type QueueLog } from './contract.ts';
import { connectPostgres } from './postgres.ts';
import { connectRedis } from './redis.ts';

/** What BullMQ itself does on a server, with jobs that do nothing: what the bot's own numbers are divided by. */
export interface QueueSpeed {
  /** Jobs added one by one, `ADDERS` at a time, and worked on meanwhile: per second, from first add to last end. */
  readonly noopJobsPerSecond: number;
  /** From before `add` to the start of the handler, at 20 jobs a second. Milliseconds. */
  readonly addToProcessP50Ms: number;
}

const ADDERS = 10;
const WORKERS = 10;
const PER_SECOND = 20;

/**
 * Measures on the given server, whose `read` queue it empties before and after: not for one that a bot uses.
 * Takes a few seconds.
 */
export async function measureQueue(
  settings: BackendSettings,
  log: QueueLog,
  { jobs = 3_000, samples = 60 } = {},
): Promise<QueueSpeed> {
  const backend =
    settings.kind === 'postgres'
      ? await connectPostgres(settings.connectionString, log)
      : await connectRedis(settings.url, log);
  try {
    await backend.empty('read');
    const noopJobsPerSecond = await throughput(backend, jobs);
    const addToProcessP50Ms = await latency(backend, samples);
    await backend.empty('read');
    return { noopJobsPerSecond, addToProcessP50Ms };
  } finally {
    await backend.close();
  }
}

async function throughput(backend: Backend, jobs: number): Promise<number> {
  const queue = backend.queue('read');
  const finished = Promise.withResolvers<undefined>();
  let done = 0;
  const count = (): Promise<void> => {
    done += 1;
    if (done === jobs) finished.resolve(undefined);
    return Promise.resolve();
  };
  const worker = backend.worker('read', count, WORKERS);
  await worker.waitUntilReady();

  const start = performance.now();
  let next = 0;
  const adder = async (): Promise<void> => {
    for (let job = (next += 1); job <= jobs; job = next += 1) await queue.add('noop', { id: `noop-${job}` });
  };
  await Promise.all(Array.from({ length: ADDERS }, adder));
  await finished.promise;
  const seconds = (performance.now() - start) / 1_000;
  await worker.close();
  await queue.close();
  return jobs / seconds;
}

async function latency(backend: Backend, samples: number): Promise<number> {
  const queue = backend.queue('read');
  const added = new Map<string, number>();
  const waits: number[] = [];
  const finished = Promise.withResolvers<undefined>();
  const note = (job: { readonly data: unknown }): Promise<void> => {
    waits.push(performance.now() - (added.get(jobPayload.parse(job.data).id) ?? Number.NaN));
    if (waits.length === samples) finished.resolve(undefined);
    return Promise.resolve();
  };
  const worker = backend.worker('read', note, WORKERS);
  await worker.waitUntilReady();
  for (let sample = 0; sample < samples; sample += 1) {
    const id = `sample-${sample}`;
    added.set(id, performance.now());
    await queue.add('noop', { id });
    await new Promise((resolve) => setTimeout(resolve, 1_000 / PER_SECOND));
  }
  await finished.promise;
  await worker.close();
  await queue.close();
  return waits.toSorted((a, b) => a - b)[Math.floor(samples / 2)] ?? Number.NaN;
}
