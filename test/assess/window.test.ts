import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/assess/ledger/fold.ts';
import { ledgerChange } from '../../src/assess/ledger/rows.ts';
import { rowsFor } from '../../src/assess/ledger/window.ts';
import type { ControlClaim, ControlEntry } from '../../src/model/control.ts';
import { actorId, reportId, statementId } from '../../src/model/ids.ts';
import { addDays, day, instant, type Day } from '../../src/model/time.ts';
import { actors, places } from '../support/places.ts';
import { placeRef } from '../../src/model/place.ts';

const SIDES = ['sdf', 'isis'];
const mention = (side: string) => ({ text: side, id: actorId(side), name: side });
const place = placeRef({ text: 'Hajin', start: 0, end: 5, precision: 1, id: 'hajin' as never }, places);
const START = day('2015-01-01');

/** What is said, in the order of arrival; days anywhere in three years. */
const said = fc.record({
  on: fc.integer({ min: 0, max: 300 }),
  who: fc.constantFrom(...SIDES),
  what: fc.constantFrom<ControlClaim['what']>('took', 'took', 'holds', 'left'),
  stance: fc.constantFrom<ControlClaim['stance']>('says', 'says', 'gains', 'denies'),
  exact: fc.boolean(),
  part: fc.constantFrom(...Array.from({ length: 9 }, () => false), true),
});

function claimOf(
  one: { on: number; who: string } & Pick<ControlClaim, 'what' | 'stance' | 'exact' | 'part'>,
  n: number,
): ControlClaim {
  const on: Day = addDays(START, one.on);
  const report = reportId(`r_${n}`);
  const side = [mention(one.who)];
  return {
    statement: statementId(`${report}.0`),
    report,
    outlet: `Outlet ${n}`,
    origin: { key: `o${n}`, name: `Outlet ${n}`, kind: 'outlet', reliability: 'C' },
    stance: one.what === 'left' ? 'says' : one.stance,
    figures: [],
    at: instant(`${on}T12:00:00Z`),
    what: one.what,
    day: on,
    ...(one.exact !== undefined && { exact: one.exact }),
    holders: one.what === 'left' ? [] : side,
    losers: one.what === 'left' ? side : [],
    part: one.what !== 'left' && one.part,
  };
}

/** The ledger after all of it, of which each claim was shown what `shown` lets it see. */
function ledgerOf(
  claims: readonly ControlClaim[],
  shown: (rows: readonly ControlEntry[], on: Day) => readonly ControlEntry[],
): { readonly rows: readonly ControlEntry[]; readonly seen: number } {
  let rows: readonly ControlEntry[] = [];
  let seen = 0;
  for (const [n, claim] of claims.entries()) {
    const ledger = shown(rows, claim.day);
    seen += ledger.length;
    const { close, open } = ledgerChange([{ place, claim }], ledger, actors, instant(n * 60_000));
    const closed = new Set(close.map(({ id }) => id));
    rows = [...rows.filter(({ id }) => !closed.has(id)), ...open];
  }
  return { rows, seen };
}

const shape = (rows: readonly ControlEntry[]): readonly string[] =>
  rows
    .map(({ validFrom, validTo = '', holders, standing, claims }) =>
      [
        validFrom,
        validTo,
        holders.map(({ id }) => id).join('+'),
        standing,
        claims.map(({ report }) => report).sort(),
      ].join(' '),
    )
    .sort();

describe('rows that judging does not look at', () => {
  it('would not have changed: the ledger is what all claims together make of it', () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 12, maxLength: 30 }), (all) => {
        const claims = all.map(claimOf);
        const stretches = fold(claims, actors);
        const { rows } = ledgerOf(claims, rowsFor);
        expect(rows.map(({ validFrom, validTo }) => [validFrom, validTo]).sort()).toEqual(
          stretches.map(({ from, to }) => [from, to]).sort(),
        );
        expect(shape(rows)).toEqual(shape(ledgerOf(claims, (whole) => whole).rows));
      }),
      { numRuns: 500 },
    );
  });

  it('are most of a long history', () => {
    const claims = Array.from({ length: 200 }, (_, n) =>
      claimOf({ on: n * 10, who: SIDES[n % 2]!, what: 'took', stance: 'says', exact: true, part: false }, n),
    );
    const { seen } = ledgerOf(claims, rowsFor);
    // Some 100 days of rows for each claim, and not 2,000.
    expect(seen / claims.length).toBeLessThan(15);
  });
});
