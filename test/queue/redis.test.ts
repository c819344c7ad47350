import { afterAll, describe, expect, it } from 'vitest';
import { openQueues } from '../../src/queue/queues.ts';
import { queueContract, silent } from '../contract/queue.ts';
import { wireTo } from '../support/cut.ts';
import { redisMissing, startRedis, type RedisServer } from '../support/redis.ts';

if (redisMissing === undefined) {
  let starting: Promise<RedisServer> | undefined;
  afterAll(async () => (await starting)?.stop());

  queueContract('Redis', async () => {
    const { url, socket } = await (starting ??= startRedis());
    return {
      settings: { kind: 'redis', url },
      throughWire: async () => {
        const wire = await wireTo(socket);
        return { settings: { kind: 'redis', url: wire.socket }, wire };
      },
    };
  });
} else {
  describe('the queue on Redis', () => {
    it.skip(`is not tested: ${redisMissing}`);
  });
}

describe('a Redis that is not there', () => {
  it('is named in the error, with what to do and without the password', async () => {
    const opening = openQueues({
      backend: { kind: 'redis', url: 'redis://me:secret@127.0.0.1:1/0' },
      log: silent,
    });
    await expect(opening).rejects.toThrow(
      /Redis does not answer at redis:\/\/127\.0\.0\.1:1\/0: .*ECONNREFUSED.*REDIS_URL/,
    );
  });
});
