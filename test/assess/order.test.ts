import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanced,
  deal,
  evacuated,
  holds,
  report,
  took,
  withdrew,
  count,
  type Draft,
  type Said,
  type Told,
} from '../support/statements.ts';
import { accountKey, type Ruled } from '../../src/model/ruling.ts';
import { World } from '../support/world.ts';

const PLACES = ['hajin', 'baghuz', 'yarmouk', 'tadamun', 'douma', 'fuah', 'deir-ezzor', 'damascus'];

function outcome(reports: readonly Told[]): unknown {
  const world = new World();
  for (const told of reports) world.tell(told);
  return {
    ledger: PLACES.map((place) => [place, world.ledger(place)]),
    incidents: [...world.incidents.values()]
      .map(({ facts }) =>
        facts.map(
          (fact) =>
            `${fact.type} ${fact.status} ${fact.places.map(({ key }) => key).join()} ${fact.date ?? ''} ${fact.standing}`,
        ),
      )
      .map((facts) => facts.sort().join('; '))
      .sort(),
  };
}

const SCENARIOS: Readonly<Record<string, readonly (readonly [string, readonly Draft[]])[]>> = {
  'taken, lost, retaken': [
    ['2018-05-01', [took('sdf', 'hajin', { from: ['isis'], date: '2018-05-01', by: 'sdf' })]],
    ['2018-05-05', [took('isis', 'hajin', { from: ['sdf'], date: '2018-05-05', by: 'sohr' })]],
    ['2018-05-09', [took('sdf', 'hajin', { from: ['isis'], date: '2018-05-09', by: 'sohr' })]],
    ['2018-05-12', [holds('sdf', 'hajin')]],
  ],
  'taken, lost, retaken inside a week': [
    ['2018-05-01', [took('sdf', 'hajin', { from: ['isis'], date: '2018-05-01' })]],
    ['2018-05-04', [took('isis', 'hajin', { from: ['sdf'], date: '2018-05-04' })]],
    ['2018-05-07', [took('sdf', 'hajin', { from: ['isis'], date: '2018-05-07' })]],
  ],
  'claim, denial, word of a third': [
    ['2018-05-01', [took('sdf', 'baghuz', { date: '2018-05-01', by: 'sdf' })]],
    ['2018-05-02', [took('sdf', 'baghuz', { date: '2018-05-01', by: 'isis', status: 'denied' })]],
    ['2018-05-03', [took('sdf', 'baghuz', { date: '2018-05-01', by: 'sohr' })]],
  ],
  'two accounts of one place': [
    ['2018-05-01', [holds('isis', 'hajin')]],
    ['2018-05-10', [took('sdf', 'hajin', { date: '2018-05-10' })]],
    ['2018-05-11', [holds('isis', 'hajin', { by: 'sohr' })]],
    ['2018-05-20', [holds('sdf', 'hajin', { by: 'un' })]],
  ],
  'a deal, what it brings, its denial': [
    ['2018-05-19', [deal('yarmouk', { date: '2018-05-19', parties: ['isis', 'syria-government'] })]],
    [
      '2018-05-20',
      [evacuated('yarmouk', { from: ['isis'], date: '2018-05-20', people: count(1500, 'people', '1,500') })],
    ],
    ['2018-05-20', [deal('yarmouk', { status: 'denied', date: '2018-05-19', by: 'sana' })]],
    ['2018-05-21', [evacuated(['yarmouk'], { from: ['isis'], date: '2018-05-20', by: 'sohr' })]],
  ],
  'a part, the whole, and a holder that left': [
    ['2018-05-01', [holds('isis', 'hajin')]],
    ['2018-05-04', [took('sdf', 'hajin', { part: true, date: '2018-05-04' })]],
    ['2018-05-08', [took('sdf', 'hajin', { date: '2018-05-08' })]],
    ['2018-05-15', [withdrew('sdf', 'hajin', { date: '2018-05-15' })]],
  ],
  'two villages and an advance': [
    ['2018-05-01', [took('sdf', ['hajin', 'baghuz'], { date: '2018-05-01' })]],
    ['2018-05-02', [advanced('sdf', 'fuah', { from: ['isis'], date: '2018-05-02' })]],
    ['2018-05-03', [took('sdf', 'fuah', { from: ['isis'], date: '2018-05-03' })]],
  ],
};

describe('order of arrival', () => {
  it.each(Object.entries(SCENARIOS))('makes no difference to ledger and incidents: %s', (_, scenario) => {
    const reports = scenario.map(([day, statements], i) =>
      report(day, statements, { id: `o${i}`, outlet: `Outlet ${i}` }),
    );
    const inOrder = outcome(reports);
    fc.assert(
      fc.property(fc.shuffledSubarray([...reports], { minLength: reports.length }), (shuffled) => {
        expect(outcome(shuffled)).toEqual(inOrder);
      }),
      { numRuns: 24, seed: 7 },
    );
  });
});

const statement = fc.record({
  what: fc.constantFrom<'took' | 'holds' | 'denied' | 'left' | 'part'>(
    'took',
    'holds',
    'denied',
    'left',
    'part',
  ),
  who: fc.constantFrom('sdf', 'isis', 'syrian-army'),
  day: fc.integer({ min: 1, max: 28 }),
  by: fc.constantFrom('sohr', 'un', 'sdf', 'isis', undefined),
});

const MAKERS: Readonly<Record<string, (who: string, said: Said) => Draft>> = {
  took: (who, said) => took(who, 'hajin', said),
  holds: (who, said) => holds(who, 'hajin', said),
  denied: (who, said) => took(who, 'hajin', { ...said, status: 'denied' }),
  left: (who, said) => withdrew(who, 'hajin', said),
  part: (who, said) => took(who, 'hajin', { ...said, part: true }),
};

describe('any statements on one place', () => {
  it('give the same ledger in any order of arrival', () => {
    const reports = fc.array(statement, { minLength: 2, maxLength: 7 }).map((all) =>
      all.map(({ what, who, day, by }, i) => {
        const date = `2018-05-${String(day).padStart(2, '0')}`;
        const said: Said = by === undefined ? { date } : { date, by };
        return report(date, [MAKERS[what]!(who, said)], { id: `p${i}`, outlet: `Outlet ${i}` });
      }),
    );
    const shuffled = reports.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    const ledger = (all: readonly Told[]): readonly string[] => {
      const world = new World();
      for (const told of all) world.tell(told);
      return world.ledger('hajin');
    };
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(ledger(other)).toEqual(ledger(one));
      }),
      { numRuns: 150, seed: 11 },
    );
  });
});

describe('judging again', () => {
  it.each(Object.entries(SCENARIOS))('changes nothing: %s', (_, scenario) => {
    const world = new World();
    const reports = scenario.map(([day, statements], i) =>
      report(day, statements, { id: `j${i}`, outlet: `Outlet ${i}` }),
    );
    for (const told of reports) world.tell(told);
    for (const told of reports) {
      const { assessment, alerts } = world.tell(told);
      expect(assessment).toMatchObject({ incidents: [], updates: [], ledger: { close: [], open: [] } });
      expect(alerts).toEqual([]);
    }
  });

  it('gives the same ids in every run', () => {
    const told = report('2018-05-01', [took('sdf', ['hajin', 'baghuz'])]);
    const run = () => new World().tell(told).assessment;
    expect(run()).toEqual(run());
  });
});

/** What a person decided of the accounts of two of the reports. */
const decision = fc.record({
  kind: fc.constantFrom('same' as const, 'apart' as const),
  one: fc.nat({ max: 5 }),
  other: fc.nat({ max: 5 }),
});

const AT = ['hajin', 'baghuz'] as const;
const claimedTaken = fc.record({
  at: fc.constantFrom(...AT),
  day: fc.integer({ min: 1, max: 9 }),
  by: fc.constantFrom('sohr', 'un', undefined),
});

describe('what people decided of pairs of accounts', () => {
  const cases = fc
    .tuple(
      fc.array(claimedTaken, { minLength: 3, maxLength: 6 }),
      fc.array(decision, { minLength: 1, maxLength: 3 }),
    )
    .map(([all, decisions]) => {
      const reports = all.map(({ at, day, by }, i) => {
        const date = `2018-05-0${day}`;
        const said: Said = by === undefined ? { date } : { date, by };
        return report(date, [took('sdf', at, said)], { id: `d${i}`, outlet: `Outlet ${i}` });
      });
      const key = (i: number): string => `d${i}.0|${all[i]!.at}`;
      const rulings = decisions
        .map((one) => ({ ...one, one: one.one % all.length, other: one.other % all.length }))
        .filter(({ one, other }) => one !== other)
        .map(({ kind, one, other }) => ({ kind, ones: [key(one)], others: [key(other)] }));
      return { reports, rulings };
    });
  const groups = (reports: readonly Told[], rulings: readonly Ruled[]): readonly string[] => {
    const world = new World(undefined, undefined, rulings);
    for (const told of reports) world.tell(told);
    return [...world.incidents.values()]
      .filter(({ mergedInto }) => mergedInto === undefined)
      .map(({ accounts }) => accounts.map(accountKey).sort().join(' '))
      .sort();
  };

  it('makes the same happenings in any order of arrival', () => {
    const shuffled = cases.chain(({ reports, rulings }) =>
      fc.tuple(
        fc.constant(reports),
        fc.shuffledSubarray(reports, { minLength: reports.length }),
        fc.constant(rulings),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([one, other, rulings]) => {
        expect(groups(other, rulings)).toEqual(groups(one, rulings));
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('keeps apart what was set apart last, whatever else would bring it together', () => {
    fc.assert(
      fc.property(cases, ({ reports, rulings }) => {
        const last = rulings.at(-1);
        if (last?.kind !== 'apart') return;
        const found = groups(reports, rulings).map((group) => group.split(' '));
        expect(found.some((keys) => keys.includes(last.ones[0]!) && keys.includes(last.others[0]!))).toBe(
          false,
        );
      }),
      { numRuns: 100, seed: 6 },
    );
  });
});
