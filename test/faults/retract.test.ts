import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CorrectionRecord } from '../../src/store/corrections.ts';
import { sampleReports, seeded } from '../support/samples.ts';
import { startProcess } from './process.ts';
import { toldIn, untilQuiet, withStore, type Told } from './told.ts';

const REPORTS = 60;
const TAKEN_BACK = 8;
const SEED = 20_180_520;
const BY = 'the duty officer';

const settings = `
queue: { relaySeconds: 1, retrySeconds: 1 }
inbox: { settleMs: 50, retrySeconds: 1 }
desk: { port: 0 }
channels:
  - { name: all, subscriptions: [{ standing: claimed }] }
  - { name: moves, subscriptions: [{ kinds: [evacuation, displacement, withdrawal] }] }
`;

const lines = sampleReports(REPORTS, SEED).map(({ outlet, title, published, text }) =>
  JSON.stringify({ source: outlet, title, published, text, sample: true }),
);

interface End {
  readonly before: readonly Told[];
  readonly told: readonly Told[];
  readonly corrections: readonly CorrectionRecord[];
}

/** Tells all reports, takes some of them back, and kills the bot `kills` times while it does and tells that. */
async function run(dataDir: string, kills: number): Promise<End> {
  const random = seeded(SEED);
  const config = join(dataDir, 'settings.yaml');
  writeFileSync(config, settings);
  let bot = await startProcess(dataDir, config);
  writeFileSync(join(dataDir, 'inbox', '.all.part'), lines.join('\n'));
  renameSync(join(dataDir, 'inbox', '.all.part'), join(dataDir, 'inbox', 'all.jsonl'));
  await untilQuiet(bot.desk, () => expect(readdirSync(join(dataDir, 'inbox', 'done'))).toHaveLength(1));

  const end = await withStore(dataDir, async (store) => {
    const before = await toldIn(store);
    const reports = (await store.reportsLike('', REPORTS)).map(({ id }) => id).toSorted();
    for (let index = 0; index < TAKEN_BACK; index += 1) {
      const [report] = reports.splice(Math.floor(random() * reports.length), 1);
      await store.retract({ report: report!, reason: `it was a hoax, number ${index}`, by: BY });
      // In a quiet run too, so that both draw the same numbers. Judging begins within a second.
      const moment = random() * 1_400;
      if (index >= kills) continue;
      // The moment of death is the point of the test: from before it is judged to after it is told.
      await pause(moment);
      await bot.killed();
      bot = await startProcess(dataDir, config);
    }
    await untilQuiet(bot.desk);
    return { before, told: await toldIn(store), corrections: await store.corrections({ limit: 100 }) };
  });
  expect(await bot.stopped()).toBe(0);
  return end;
}

const isAnswer = (correction: CorrectionRecord, { message }: Told['replies'][number]): boolean =>
  JSON.stringify(message).includes(correction.correction.reason);

describe('a bot that is killed while it takes reports back', () => {
  const folders = ['quiet', 'killed'].map((name) => mkdtempSync(join(tmpdir(), `sitrep-retract-${name}-`)));
  let quiet: End;

  beforeAll(async () => {
    quiet = await run(folders[0]!, 0);
  });
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  const answered = ({ told, corrections }: End): readonly (readonly Told[])[] =>
    corrections.map((correction) =>
      told.filter(({ replies }) => replies.some((reply) => isAnswer(correction, reply))),
    );

  it('has enough to put right', () => {
    expect(quiet.corrections).toHaveLength(TAKEN_BACK);
    expect(answered(quiet).flat().length).toBeGreaterThan(5);
    expect(quiet.before.length).toBe(quiet.told.length);
  });

  it(`puts every thread right once, as a quiet run does, after ${TAKEN_BACK} kills`, async () => {
    const killed = await run(folders[1]!, TAKEN_BACK);
    expect(killed.before).toEqual(quiet.before);
    expect(killed.told).toEqual(quiet.told);
    for (const { state, copies } of killed.corrections)
      expect({ state, pending: copies.pending, refused: copies.refused }).toEqual({
        state: 'applied',
        pending: 0,
        refused: 0,
      });
    for (const [index, threads] of answered(killed).entries()) {
      const correction = killed.corrections[index]!;
      expect(threads).toHaveLength(correction.copies.right);
      for (const { root, replies, channel } of threads) {
        const answers = replies.filter((reply) => isAnswer(correction, reply));
        expect(answers).toHaveLength(1);
        expect(answers[0]!.broadcast).toBe(true);
        expect(JSON.stringify(answers[0]!.message)).toMatch(/Why/);
        // The root says it too, and no longer what it said before.
        expect(
          quiet.before.filter((one) => one.channel === channel).map((one) => one.root),
        ).not.toContainEqual(root);
      }
    }
  }, 600_000);
});
