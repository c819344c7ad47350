import { createRedisBackend, withBackend, type Worker as AnyWorker } from 'bullmq';
import { Redis } from 'ioredis';
import { QUEUE_DEFAULTS, WORKER_DEFAULTS, type Backend, type Process } from './backend.ts';
import type { JobPayload, QueueLog, Stage } from './contract.ts';
import { QueueError } from './error.ts';
import { describe, outageListener } from './outages.ts';

const { Queue, Worker } = withBackend(createRedisBackend);

const PREFIX = 'sitrep';
const CONNECT_MS = 5_000;
const retryStrategy = (times: number): number => Math.min(times * 200, 2_000);

/**
 * Connects to Redis or Valkey.
 * @throws QueueError when the server does not answer within 5 s.
 */
export async function connectRedis(url: string, log: QueueLog): Promise<Backend> {
  const onError = outageListener(log, 'redis');
  // Adding must fail at once when Redis is away, not wait in memory: the work stands in Postgres and the relay adds it.
  const producer = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: CONNECT_MS,
    connectTimeout: CONNECT_MS,
    lazyConnect: true,
    retryStrategy,
  });
  producer.on('error', onError);
  await reach(producer, url);

  // Workers wait for Redis to come back as long as it takes.
  const consumer = new Redis(url, { maxRetriesPerRequest: null, connectTimeout: CONNECT_MS, retryStrategy });
  consumer.on('error', onError);

  return {
    queue: (stage) => {
      const queue = new Queue<JobPayload, void>(stage, {
        connection: producer,
        prefix: PREFIX,
        ...QUEUE_DEFAULTS,
      });
      queue.on('error', onError);
      return queue;
    },
    worker: (stage: Stage, process: Process, concurrency: number) => {
      const worker = new Worker<JobPayload, void>(stage, process, {
        connection: consumer,
        prefix: PREFIX,
        concurrency,
        ...WORKER_DEFAULTS,
      });
      worker.on('error', onError);
      restAfterRefusals(worker);
      return worker;
    },
    empty: (stage) => empty(producer, stage),
    close: () => {
      producer.disconnect();
      consumer.disconnect();
      return Promise.resolve();
    },
  };
}

const REST_MS = 1_000;

/**
 * A Redis that answers with an error (it is full, loading, or a replica now) BullMQ asks again at once, without end. The
 * worker rests a second instead; a Redis that does not answer at all is ioredis's affair, which waits by itself.
 */
function restAfterRefusals(worker: AnyWorker<JobPayload, void>): void {
  worker.on('error', (error) => {
    if (error.name !== 'ReplyError' || worker.isPaused()) return;
    void worker.pause(true);
    setTimeout(() => void worker.resume(), REST_MS).unref();
  });
}

async function reach(redis: Redis, url: string): Promise<void> {
  let reason: unknown;
  redis.once('error', (error) => (reason = error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    throw new QueueError(
      `Redis does not answer at ${withoutSecrets(url)}: ${describe(reason ?? error)}. Check REDIS_URL and that the server runs, or unset REDIS_URL to run the queue on Postgres.`,
      { cause: error },
    );
  }
}

const withoutSecrets = (url: string): string => url.replace(/\/\/[^/]*@/, '//');

async function empty(redis: Redis, stage: Stage): Promise<void> {
  const queue = new Queue(stage, { connection: redis, prefix: PREFIX });
  await queue.obliterate({ force: true });
  await queue.close();
}
