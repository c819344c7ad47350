import fc from 'fast-check';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/config/knowledge.ts';
import { readRegions, type Regions } from '../../src/config/regions.ts';
import type { Knowledge as Reader } from '../../src/extract/extract.ts';
import { day, type Day } from '../../src/model/time.ts';
import type { Ruled } from '../../src/model/ruling.ts';
import {
  decide,
  EVERYWHERE,
  isElsewhere,
  learnings,
  readReports,
  readScenarios,
  stateOf,
  tellings,
  type Scenario,
} from '../support/scenario.ts';
import type { Told } from '../support/statements.ts';
import { World, type Outcome } from '../support/world.ts';

const root = resolve(import.meta.dirname, '../..');
const scenarios = readScenarios(resolve(import.meta.dirname, 'scenarios'));

let reader: Reader;
let regions: Regions;
beforeAll(async () => {
  reader = await loadKnowledge(root);
  regions = readRegions(root, reader.gazetteer);
});

function worldOf({ channels }: Scenario, rulings: readonly Ruled[] = []): World {
  const watching = Object.entries(channels).map(([channel, name]) => {
    const found = reader.gazetteer.lookup(name);
    if (found.kind !== 'found') throw new Error(`The gazetteer does not have "${name}".`);
    return { channel, place: found.place.id };
  });
  return new World(
    [...EVERYWHERE, ...watching],
    { places: reader.gazetteer, actors: reader.actors },
    rulings,
  );
}

/** What is known once the reports have come in that order, with what was decided of their accounts. */
function stateAfter(
  scenario: Scenario,
  reports: readonly Told[],
  rulings: readonly Ruled[],
): ReturnType<typeof stateOf> {
  const world = worldOf(scenario, rulings);
  for (const told of reports) world.tell(told);
  for (const decision of scenario.decisions.filter(({ retract }) => retract !== undefined))
    decide(decision, world);
  return stateOf(world);
}

/** The reports and decisions in the order given. */
function inGivenOrder(
  scenario: Scenario,
  check?: (world: World, outcome: Outcome, i: number) => void,
): World {
  const world = worldOf(scenario);
  readReports(scenario, reader, root).forEach((told, i) => {
    const outcome = world.tell(told);
    check?.(world, outcome, i);
    for (const decision of scenario.decisions.filter(({ after }) => after === i + 1)) {
      const decided = decide(decision, world);
      if (check)
        expectTold(tellings(decided), decision.tells, `what the decision after report ${i + 1} tells`);
    }
  });
  return world;
}

function expectTold(
  texts: ReturnType<typeof tellings>,
  tells: Scenario['reports'][number]['tells'],
  what: string,
): void {
  expect(
    texts.map(([kind]) => kind),
    `${what}: ${texts.map(([, text]) => text).join(' // ')}`,
  ).toEqual(tells.flatMap((one) => Object.keys(one)));
  tells.forEach((one, n) => {
    for (const words of Object.values(one).flat()) expect(texts[n]?.[1]).toContain(words);
  });
}

describe.each(scenarios)('$file: $title', (scenario) => {
  it('is told as it should be, and leaves what should be known', () => {
    const world = inGivenOrder(scenario, (_, outcome, i) => {
      const { at, outlet, tells, learns, channels, never = [] } = scenario.reports[i]!;
      expectTold(tellings(outcome), tells, `what the report of ${at} by ${outlet} tells`);
      expectTold(learnings(outcome), learns, `what the report of ${at} by ${outlet} tells of the past`);
      for (const words of never) expect(outcome.texts.join('\n')).not.toContain(words);
      const told_ = [...new Set(outcome.alerts.map(({ destination }) => destination as string))];
      if (channels) expect(told_.filter(isElsewhere).sort()).toEqual([...channels].sort());
    });
    const { incidents, reasons } = stateOf(world);
    expect(incidents.told).toEqual(scenario.incidents.map((facts) => [...facts].sort()).sort(byFirst));
    for (const [place, rows] of Object.entries(scenario.ledger))
      expect(world.ledger(place), `the ledger of ${place}`).toEqual([...rows].sort());
    for (const [place, all] of Object.entries(scenario.status))
      for (const words of all) expect(world.status(place, lastDay(scenario), regions)).toContain(words);
    for (const sentence of scenario.why) expect(reasons).toContain(sentence);
  });

  it('is known the same in any order of arrival', () => {
    const reports = readReports(scenario, reader, root);
    const told = inGivenOrder(scenario);
    const inOrder = stateOf(told);
    const orders = fc.shuffledSubarray([...reports], { minLength: reports.length });
    fc.assert(
      fc.property(orders, (shuffled) => {
        const { incidents, ledger } = stateAfter(scenario, shuffled, told.rulings);
        expect({ incidents: incidents.all, ledger }).toEqual({
          incidents: inOrder.incidents.all,
          ledger: inOrder.ledger,
        });
      }),
      { numRuns: reports.length > 1 ? 10 : 1, seed: 3 },
    );
  });
});

const lastDay = ({ reports }: Scenario): Day =>
  day(
    reports
      .map(({ at }) => at.slice(0, 10))
      .sort()
      .at(-1)!,
  );

const byFirst = (a: readonly string[], b: readonly string[]): number => (a.join() < b.join() ? -1 : 1);
