import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBot, type Bot } from '../../src/app/bot.ts';
import { openLog } from '../../src/app/log.ts';
import type { Learnt } from '../../src/app/knowledge.ts';
import { loadConfig } from '../../src/config/load.ts';
import { reportId } from '../../src/model/ids.ts';
import { systemClock } from '../../src/model/time.ts';
import { acceptReport } from '../../src/sources/accept/accept.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';
import { channelText, healthOf, newPlace, root, sitrep, taken, untilQuiet } from '../cli/sitrep.ts';
import { startProcess, type Running } from '../faults/process.ts';
import { harmedBy } from './reader.ts';

const withWord = (report: object): object => ({
  ...report,
  text: `Xyzzyx. ${(report as { text: string }).text}`,
});

const accept = async (bot: Bot, value: object): Promise<string> => {
  const deps = { book: sourceBook([]), clock: systemClock, reports: bot.doors };
  const result = await acceptReport(value, 'inbox', deps);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.acceptance.report;
};

describe('a report that cannot be read', () => {
  const place = newPlace();
  let bot: Bot;
  let broken = true;
  beforeAll(async () => {
    const learnt: Learnt = await harmedBy('xyzzyx', () => {
      if (broken) throw new RangeError('this cannot be read');
    });
    bot = await startBot({
      root,
      config: loadConfig({ root, env: place.env }),
      role: 'all',
      clock: systemClock,
      log: openLog('fatal'),
      onProgress: () => undefined,
      learnt,
    });
  });
  afterAll(async () => {
    await bot.stop();
    rmSync(place.dataDir, { recursive: true, force: true });
  });

  it('is set aside after its tries, shown by doctor and desk, and told once it is read again', async () => {
    const desk = bot.desk!;
    const poison = reportId(await accept(bot, withWord(taken('Saraqib', 'Idlib', '14'))));
    await accept(bot, taken('Binnish', 'Idlib', '14'));
    await expect.poll(() => channelText(desk, 'all'), { timeout: 10_000 }).toContain('Binnish');
    await expect
      .poll(() => bot.store.quarantined(), { timeout: 15_000 })
      .toMatchObject([{ report: { id: poison }, error: 'this cannot be read', tries: 3 }]);

    const doctor = await sitrep(['doctor'], { env: place.env });
    expect(doctor.status).toBe(0);
    expect(doctor.stdout).toMatch(
      new RegExp(`^! quarantine: 1 report.*${poison} \\(this cannot be read\\)\\n.*sitrep requeue`, 'm'),
    );
    expect(await healthOf(desk)).toMatchObject({ quarantined: 1 });
    expect(await (await fetch(new URL('/health', desk))).text()).toContain('this cannot be read');

    broken = false;
    const again = await sitrep(['requeue', '--json'], { env: place.env });
    expect([again.status, JSON.parse(again.stdout)]).toEqual([0, { requeued: [poison] }]);
    await expect.poll(() => channelText(desk, 'all'), { timeout: 15_000 }).toContain('Saraqib');
    await untilQuiet(desk);
    expect(await bot.store.quarantined()).toEqual([]);
  });
});

describe('a report that ends each process that reads it', () => {
  it('is set aside after as many deaths as tries, and takes no other with it', async () => {
    const place = newPlace();
    const script = join('test', 'app', 'deadly-bot.ts');
    const start = (): Promise<Running | undefined> =>
      startProcess(place.dataDir, place.settings, { script, up: /^up at (\S+)/ }).catch(() => undefined);
    // Handed in while no bot runs: all of it is there to be read at once when one starts.
    const lines = [
      taken('Binnish', 'Idlib', '14'),
      taken('Nawa', 'Daraa', '14'),
      withWord(taken('Saraqib', 'Idlib', '14')),
      taken('Douma', 'Rural Damascus', '14'),
      taken('Manbij', 'Aleppo', '14'),
    ].map((line) => JSON.stringify(line));
    try {
      const given = await sitrep(['report', '-', '--json'], { env: place.env, input: lines.join('\n') });
      expect(given.status).toBe(0);
      let deaths = 0;
      let bot = await start();
      for (; bot === undefined; bot = await start()) {
        deaths += 1;
        expect(deaths).toBeLessThanOrEqual(3);
      }
      await untilQuiet(bot.desk);
      const told = await channelText(bot.desk, 'all');
      for (const town of ['Binnish', 'Nawa', 'Douma', 'Manbij']) expect(told).toContain(town);
      expect(told).not.toContain('Saraqib');
      expect(await healthOf(bot.desk)).toMatchObject({ quarantined: 1 });
      expect(deaths).toBe(3);
      expect(await bot.stopped()).toBe(0);
    } finally {
      rmSync(place.dataDir, { recursive: true, force: true });
    }
  });
});
