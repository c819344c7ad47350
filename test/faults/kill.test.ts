import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleReports, seeded } from '../support/samples.ts';
import { startProcess } from './process.ts';
import { toldIn, untilQuiet, withStore, type Told } from './told.ts';

const KILLS = 30;
const REPORTS = 200;
const SEED = 20_180_520;

const settings = `
queue: { relaySeconds: 1, retrySeconds: 1 }
inbox: { settleMs: 50, retrySeconds: 1 }
desk: { port: 0 }
channels:
  - { name: all, subscriptions: [{ standing: claimed }] }
  - { name: deir-ezzor, subscriptions: [{ place: Deir Ezzor }] }
  - { name: moves, subscriptions: [{ kinds: [evacuation, displacement, withdrawal] }] }
`;

/** The reports in as many files as there are kills, in order. */
function files(): readonly string[] {
  const reports = sampleReports(REPORTS, SEED);
  const size = Math.ceil(REPORTS / KILLS);
  return Array.from({ length: Math.ceil(REPORTS / size) }, (_, index) =>
    reports
      .slice(index * size, (index + 1) * size)
      .map(({ outlet, title, published, text }) =>
        JSON.stringify({ source: outlet, title, published, text, sample: true }),
      )
      .join('\n'),
  );
}

/** Lets the reports flow and kills the bot `kills` times meanwhile. */
async function flow(dataDir: string, kills: number): Promise<readonly Told[]> {
  const random = seeded(SEED + kills);
  const config = join(dataDir, 'settings.yaml');
  writeFileSync(config, settings);
  let bot = await startProcess(dataDir, config);
  const all = files();
  for (const [index, content] of all.entries()) {
    const name = `${String(index).padStart(3, '0')}.jsonl`;
    const draft = join(dataDir, 'inbox', `.${name}.part`);
    writeFileSync(draft, content);
    renameSync(draft, join(dataDir, 'inbox', name));
    if (index >= kills) continue;
    // The moment of death is the point of the test: anywhere from before the file is seen to after it is told.
    await pause(random() * 900);
    await bot.killed();
    bot = await startProcess(dataDir, config);
  }
  await untilQuiet(bot.desk, () =>
    expect(readdirSync(join(dataDir, 'inbox', 'done'))).toHaveLength(all.length),
  );
  const told = await withStore(dataDir, toldIn);
  expect(await bot.stopped()).toBe(0);
  return told;
}

describe('a bot that is killed at any moment', () => {
  const folders = ['quiet', 'killed'].map((name) => mkdtempSync(join(tmpdir(), `sitrep-${name}-`)));
  let quiet: readonly Told[];

  beforeAll(async () => {
    quiet = await flow(folders[0]!, 0);
  });
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it('tells enough in a quiet run to lose or double something', () => {
    expect(quiet.length).toBeGreaterThan(40);
    expect(quiet.some(({ replies }) => replies.length > 0)).toBe(true);
  });

  it(`tells all that a quiet run tells, once, after ${KILLS} kills`, async () => {
    expect(await flow(folders[1]!, KILLS)).toEqual(quiet);
  }, 600_000);
});
