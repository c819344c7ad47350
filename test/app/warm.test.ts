import { expect, it } from 'vitest';
import { warmUp } from '../../src/app/warm.ts';

it('asks for what names begin with in both scripts, and ends when the bot does', async () => {
  const stop = new AbortController();
  const asked: string[] = [];
  const places = {
    complete: (prefix: string) => {
      asked.push(prefix);
      return [];
    },
  };
  await warmUp(places, stop.signal);
  expect(asked).toEqual(expect.arrayContaining(['a', 'z', 'د', 'ي']));
  stop.abort();
  asked.length = 0;
  await warmUp(places, stop.signal);
  expect(asked).toEqual([]);
});
