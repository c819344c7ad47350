import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Destination } from '../../src/model/telling.ts';
import { withDatabase } from '../bench/database.ts';
import { root } from '../step.ts';
import { expected, fill, UPDATES } from './fill.ts';
import type { Stage } from './stage.ts';

export interface Plan {
  readonly alerts: number;
  readonly destinations: number;
  readonly kills: number;
  /** A number in [0, 1), the same row for the same seed. */
  readonly random: () => number;
  readonly onProgress: (told: string) => void;
}

/** One row of the table. */
export interface Row {
  readonly platform: string;
  readonly alerts: number;
  readonly destinations: number;
  readonly kills: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly calls: number;
  readonly missing: number;
  readonly twice: number;
  /** Threads whose root is not the newest, or whose replies are not in order. */
  readonly wrongThreads: number;
  /** Calls that broke a limit or a rule of the platform. */
  readonly breaches: number;
  readonly seconds: number;
}

/** The process runs between so many milliseconds before it is killed. */
const LIFE_MS = { least: 2_000, most: 8_000 } as const;
/** All is told by then, or the run has failed. */
const LIMIT_MS = 20 * 60_000;

export async function runFaults(openStage: (count: number) => Promise<Stage>, plan: Plan): Promise<Row> {
  const stage = await openStage(plan.destinations);
  const incidents = Math.max(1, Math.round(plan.alerts / plan.destinations / UPDATES));
  try {
    return await withDatabase(async ({ store, connectionString }) => {
      await fill(store, incidents, stage.destinations);
      stage.misbehave(plan.random);
      const started = performance.now();
      const kills = await tellAndKill(stage, connectionString, plan);
      const seconds = Math.round((performance.now() - started) / 1000);
      const counted = await compare(stage, incidents);
      return {
        platform: stage.address.platform,
        alerts: incidents * UPDATES * stage.destinations.length,
        destinations: stage.destinations.length,
        kills,
        faults: Object.fromEntries(stage.faults),
        calls: stage.calls(),
        ...counted,
        breaches: stage.breaches.length,
        seconds,
      };
    });
  } finally {
    for (const breach of new Set(stage.breaches)) plan.onProgress(`breach: ${breach}`);
    await stage.close();
  }
}

/** Starts the process again and again; after the last kill it is left to finish. @returns how often it was killed */
async function tellAndKill(
  stage: Stage,
  database: string,
  { kills, random, onProgress }: Plan,
): Promise<number> {
  const until = performance.now() + LIMIT_MS;
  for (let killed = 0; ;) {
    const child = spawn(process.execPath, ['scripts/faults/teller.ts'], {
      cwd: root,
      env: {
        ...process.env,
        FAULTS_ADDRESS: JSON.stringify(stage.address),
        FAULTS_DATABASE: database,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit') as Promise<[number | null]>;
    const lines = createInterface({ input: child.stdout });
    await Promise.race([once(lines, 'line'), exited]);
    const life =
      killed < kills ? LIFE_MS.least + random() * (LIFE_MS.most - LIFE_MS.least) : until - performance.now();
    const timer = setTimeout(() => child.kill('SIGKILL'), life);
    const [status] = await exited;
    clearTimeout(timer);
    if (status === 0) return killed;
    if (status !== null) throw new Error(`the process that tells ended with status ${status}`);
    if (performance.now() >= until) throw new Error('not all was told in time');
    killed += 1;
    onProgress(`${stage.address.platform}: killed ${killed} times, ${stage.calls()} calls so far`);
  }
}

const times = (all: readonly string[], one: string): number => all.filter((other) => other === one).length;

async function compareIn(stage: Stage, destination: Destination, incidents: number) {
  const seen = await stage.seen(destination);
  const roots = seen.map(({ root: shown }) => shown.replace(/ as of update \d+$/, ''));
  const replies = seen.flatMap((thread) => thread.replies);
  const counted = { missing: 0, twice: 0, wrongThreads: 0 };
  for (let incident = 1; incident <= incidents; incident += 1) {
    const wanted = expected(incident);
    const all = [
      times(roots, wanted.root.replace(/ as of update \d+$/, '')),
      ...wanted.replies.map((reply) => times(replies, reply)),
    ];
    counted.missing += all.filter((count) => count === 0).length;
    counted.twice += all.filter((count) => count > 1).length;
    const thread = seen.find(({ root: shown }) => shown === wanted.root);
    if (thread?.replies.join('\n') !== wanted.replies.join('\n')) counted.wrongThreads += 1;
  }
  return counted;
}

async function compare(
  stage: Stage,
  incidents: number,
): Promise<Pick<Row, 'missing' | 'twice' | 'wrongThreads'>> {
  const sum = { missing: 0, twice: 0, wrongThreads: 0 };
  for (const destination of stage.destinations) {
    const one = await compareIn(stage, destination, incidents);
    sum.missing += one.missing;
    sum.twice += one.twice;
    sum.wrongThreads += one.wrongThreads;
  }
  return sum;
}
