import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Message } from '../../src/model/message.ts';
import { instant } from '../../src/model/time.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';
import { findEmbedded } from '../../src/store/embedded/start.ts';
import { openStore } from '../../src/store/store.ts';
import { sampleReports, seeded } from '../support/samples.ts';
import { startProcess } from './process.ts';

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

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Told {
  readonly channel: string;
  readonly root: Message;
  readonly replies: readonly { readonly message: Message; readonly broadcast: boolean }[];
}

/** All that stands in the channels of a data folder whose bot runs. Ids and times of posting are left out. */
async function toldIn(dataDir: string): Promise<readonly Told[]> {
  const found = await findEmbedded(dataDir);
  const store = await openStore({
    connectionString: found!.connectionString,
    clock: () => instant(Date.now()),
    log: silent,
    sources: sourceBook([]),
  });
  try {
    const told: Told[] = [];
    for (const { destination } of await store.channels())
      for (const { root, replies } of await store.threads(destination.id, { limit: 1_000 }))
        told.push({
          channel: destination.channel,
          root: root.message,
          replies: replies.map(({ message, broadcast }) => ({ message, broadcast })),
        });
    return told;
  } finally {
    await store.close();
  }
}

interface Waiting {
  readonly waiting: Readonly<Record<'read' | 'judge' | 'deliver', number>>;
}

/** Until all files are taken in and nothing waits any more. */
async function untilQuiet(dataDir: string, desk: string, count: number): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(readdirSync(join(dataDir, 'inbox', 'done'))).toHaveLength(count);
      const { waiting } = (await (await fetch(new URL('/healthz', desk))).json()) as Waiting;
      expect(waiting).toEqual({ read: 0, judge: 0, deliver: 0 });
    },
    { timeout: 60_000, interval: 100 },
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
  await untilQuiet(dataDir, bot.desk, all.length);
  const told = await toldIn(dataDir);
  expect(await bot.stopped()).toBe(0);
  return told;
}

describe('a bot that is killed at any moment', () => {
  const folders = ['quiet', 'killed'].map((name) => mkdtempSync(join(tmpdir(), `sitrep-${name}-`)));
  let quiet: readonly Told[];

  beforeAll(async () => {
    quiet = await flow(folders[0]!, 0);
  }, 120_000);
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it('tells enough in a quiet run to lose or double something', () => {
    expect(quiet.length).toBeGreaterThan(40);
    expect(quiet.some(({ replies }) => replies.length > 0)).toBe(true);
  });

  it(`tells all that a quiet run tells, once, after ${KILLS} kills`, async () => {
    expect(await flow(folders[1]!, KILLS)).toEqual(quiet);
  }, 300_000);
});
