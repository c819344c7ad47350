import pg from 'pg';
import { learn } from '../../src/app/knowledge.ts';
import { setUpChannels } from '../../src/app/channels.ts';
import type { PlaceId } from '../../src/model/ids.ts';
import { systemClock } from '../../src/model/time.ts';
import { root } from '../step.ts';
import { quantile, round } from './corpus.ts';
import { withDatabase } from './database.ts';
import { history, placesOfHistory, type Happening } from './history.ts';
import type { Result } from './measure.ts';
import { multiply, type Judged } from './multiply.ts';
import { judgeOne, judgingWith, STORIES, tell } from './stories.ts';

/** With four stories of eleven statements each: 1,000,000 statements, 130,000 incidents. */
const HAPPENINGS = Number(process.env['H'] ?? 91_000);
const PLACES = 3_000;
/** Reports that are timed, and those before them. */
const TIMED = Number(process.env['T'] ?? 1_500);
const FIRST = 100;
/** Day on which the stories that are multiplied begin. */
const STORIES_ON = 15_000;
const OUTLETS = ['Sample Wire', 'Sample Monitor', 'Sample Radio', 'Sample Gazette', 'Sample Post'];

interface Timed {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** What judging a report takes when there is much to look at, and when there is nothing, on the same machine. */
export async function benchJudging(): Promise<Result> {
  const learnt = await learn(root);
  const judging = judgingWith(learnt);
  // Not at the stories' own towns: their rows are what is multiplied.
  const towns = new Set<string>(STORIES.map(({ town }) => town.id));
  const places = placesOfHistory(learnt, PLACES + towns.size).filter(({ id }) => !towns.has(id));
  return withDatabase(async ({ store, connectionString }) => {
    const channel = { name: 'all', subscriptions: [{ standing: 'claimed' as const, mode: 'live' as const }] };
    await setUpChannels([channel], { store, places: learnt.places, clock: systemClock });
    const stories: Judged[] = [];
    for (const [
      index,
      {
        town: { id },
        told,
      },
    ] of STORIES.entries()) {
      const town = learnt.wording.places.get(id as PlaceId);
      if (!town) throw new Error(`There is no ${id} in the gazetteer.`);
      const on = STORIES_ON + index;
      const reports: string[] = [];
      for (const [number, { day, text }] of told.entries()) {
        reports.push(await tell(store, learnt, { outlet: OUTLETS[number] ?? '', on: on + day, text }));
        await judgeOne(store, judging);
      }
      stories.push({ town, on, reports });
    }
    let bulletin = 0;
    /** Tells a report of each happening and gives the times of judging, the first ones left out. */
    const time = async (all: readonly Happening[]): Promise<Timed> => {
      const times: number[] = [];
      for (const { story, place, on } of all) {
        const { town, told } = STORIES[story] ?? { told: [] };
        const one = told[bulletin % told.length];
        const where = places[place];
        if (!town || !one || !where) throw new Error('no story, or no place');
        await tell(store, learnt, {
          outlet: OUTLETS[bulletin % OUTLETS.length] ?? '',
          on: on + one.day,
          text: `${one.text.replaceAll(town.name, where.name)} This is bulletin ${(bulletin += 1)}.`,
        });
        const begun = performance.now();
        await judgeOne(store, judging);
        times.push(performance.now() - begun);
      }
      const timed = times.slice(FIRST);
      const at = (share: number): number => round(quantile(timed, share), 1);
      return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
    };

    const { past, next } = history(
      { past: HAPPENINGS, next: 2 * (FIRST + TIMED) },
      places.length,
      STORIES.length,
    );
    const before = await time(next.slice(0, FIRST + TIMED));
    const client = new pg.Client({ connectionString });
    client.on('error', () => undefined);
    await client.connect();
    const started = performance.now();
    await multiply(client, learnt, stories, places, past);
    const loadSeconds = round((performance.now() - started) / 1000, 0);
    const count = async (what: string): Promise<number> =>
      Number((await client.query<{ count: string }>(`select count(*) from ${what}`)).rows[0]?.count);
    const sizes = {
      statements: await count('statements'),
      liveIncidents: await count(`incidents where state = 'open'`),
      reports: await count('reports'),
      ledgerRows: await count('control_entries'),
    };
    await client.end();
    const after = await time(next.slice(FIRST + TIMED));
    return {
      measures: [
        {
          what: 'judging a report among 1,000,000 statements, p99',
          value: after.p99,
          unit: 'ms',
          floor: 20,
          better: 'lower',
        },
        {
          what: 'the same / in an empty database, p50',
          value: round(after.p50 / before.p50, 2),
          floor: 2,
          aim: 1.2,
          better: 'lower',
        },
      ],
      numbers: {
        ...sizes,
        p50Ms: after.p50,
        p90Ms: after.p90,
        maxMs: after.max,
        emptyP50Ms: before.p50,
        emptyP99Ms: before.p99,
        loadSeconds,
      },
    };
  });
}
