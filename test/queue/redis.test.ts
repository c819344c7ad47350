import { Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import { openQueues } from '../../src/queue/queues.ts';
import { ONE_EACH, queueContract, shareOfCore, silent } from '../contract/queue.contract.ts';
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

  describe('a Redis that is full', () => {
    it('is not asked over and over, and worked on when it has room again', async () => {
      const { url } = await (starting ??= startRedis());
      const admin = new Redis(url);
      const bot = await openQueues({ backend: { kind: 'redis', url }, log: silent, alone: true });
      await bot.add('read', 'a');
      await admin.config('SET', 'maxmemory', '1');
      expect(await bot.add('read', 'b')).toBe(false);
      const ran = Promise.withResolvers<string>();
      await bot.work(
        {
          read: (id) => {
            ran.resolve(id);
            return Promise.resolve(undefined);
          },
        },
        ONE_EACH,
      );
      expect(await shareOfCore(2_000)).toBeLessThan(0.2);
      await admin.config('SET', 'maxmemory', '0');
      expect(await ran.promise).toBe('a');
      await bot.close();
      admin.disconnect();
    });
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
