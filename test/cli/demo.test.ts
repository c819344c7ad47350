import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { startProcess, type Running } from '../faults/process.ts';
import { channelText, newPlace, processesOf, untilQuiet } from './sitrep.ts';

const CHANNELS = ['all-syria', 'damascus', 'deir-ezzor'];
const place = newPlace();
afterAll(() => rmSync(place.dataDir, { recursive: true, force: true }));

const demo = (): Promise<Running> =>
  startProcess(place.dataDir, place.settings, {
    args: ['demo', '--pace', '0'],
    // What a user may have set for the real bot: the demo leaves it alone.
    env: {
      SITREP_DESK_PORT: '0',
      DATABASE_URL: 'postgres://127.0.0.1:1/real',
      SITREP_INBOX: '/nowhere/real',
    },
  });

async function played(bot: Running, words: string): Promise<readonly string[]> {
  await expect.poll(() => bot.printed(), { timeout: 30_000 }).toContain(words);
  await untilQuiet(bot.desk);
  return Promise.all(CHANNELS.map((channel) => channelText(bot.desk, channel)));
}

it('a demo tells its samples once, however often it is started, and takes what is dropped into its inbox', async () => {
  const first = await demo();
  expect(first.printed()).toContain('leaves DATABASE_URL alone');
  const told = await played(first, 'All sample reports are played.');
  for (const text of told) expect(text.length).toBeGreaterThan(100);
  const [, inbox] = /^It goes on running\. Drop a text file into (.*)$/m.exec(first.printed())!;
  expect(await first.stopped('SIGINT')).toBe(0);
  expect(processesOf(place.dataDir)).toEqual([]);

  const second = await demo();
  expect(await played(second, 'All sample reports were played before')).toEqual(told);
  writeFileSync(
    join(inbox!, 'mine.txt'),
    'Rebels captured the town of Binnish in Idlib province on Monday, a monitoring group said.',
  );
  await expect.poll(() => channelText(second.desk, 'all-syria'), { timeout: 15_000 }).toContain('Binnish');
  expect(await second.stopped('SIGTERM')).toBe(0);
  expect(processesOf(place.dataDir)).toEqual([]);
});
