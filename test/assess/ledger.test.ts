import { describe, expect, it } from 'vitest';
import { evacuated, holds, lost, report, took, withdrew, type Draft } from '../support/statements.ts';
import { World } from '../support/world.ts';

/** Tells one statement a day, from 1 May 2018 on; `undefined` is a day without a report. */
function days(...statements: readonly (Draft | undefined)[]): World {
  const world = new World();
  statements.forEach((statement, i) => {
    if (statement)
      world.tell(report(`2018-05-${String(i + 1).padStart(2, '0')}`, [statement], { outlet: `Outlet ${i}` }));
  });
  return world;
}

const none = (n: number): undefined[] => Array.from({ length: n }, () => undefined);

describe('the control ledger', () => {
  it('refreshes what is held, and says nothing', () => {
    const world = days(holds('isis', 'hajin'), undefined, holds('isis', 'hajin'));
    expect(world.ledger('hajin')).toEqual(['isis confirmed 2018-05-01– (2018-05-03)']);
    expect(world.updates).toEqual([]);
  });

  it('closes rows and never changes them: what was known when can be asked', () => {
    const world = days(took('sdf', 'hajin'), undefined, undefined, took('isis', 'hajin'));
    const first = world.rows.filter(({ recordedTo }) => recordedTo !== undefined);
    expect(first).toHaveLength(1);
    expect(first[0]).toMatchObject({ validFrom: '2018-05-01', standing: 'reported' });
    expect(first[0]).not.toHaveProperty('validTo');
    expect(world.ledger('hajin')).toHaveLength(2);
  });

  it('has two rows of accounts that contradict each other, both contested', () => {
    const world = days(took('sdf', 'hajin'), holds('isis', 'hajin'));
    expect(world.ledger('hajin')).toEqual([
      'isis contested 2018-05-02– (2018-05-02)',
      'sdf contested 2018-05-02– (2018-05-01)',
      'sdf reported 2018-05-01–2018-05-02 (2018-05-01)',
    ]);
  });

  it('settles a conflict when one account falls silent', () => {
    const world = days(took('sdf', 'hajin'), holds('isis', 'hajin'), ...none(5), holds('sdf', 'hajin'));
    expect(world.ledger('hajin')).toContain('sdf confirmed 2018-05-08– (2018-05-08)');
    expect(world.ledger('hajin')).toContain('isis contested 2018-05-02–2018-05-08 (2018-05-02)');
  });

  it('takes a holder seen long after another one for a change that nobody reported', () => {
    const world = days(holds('isis', 'hajin'), ...none(9), holds('sdf', 'hajin'));
    expect(world.ledger('hajin')).toEqual([
      'isis reported 2018-05-01–2018-05-11 (2018-05-01)',
      'sdf reported 2018-05-11– (2018-05-11)',
    ]);
  });

  it('keeps a part that is taken beside the rest, and the whole once that is taken', () => {
    const world = days(
      holds('isis', 'hajin'),
      took('sdf', 'hajin', { part: true }),
      undefined,
      took('sdf', 'hajin'),
    );
    expect(world.ledger('hajin')).toEqual([
      'isis part reported 2018-05-02–2018-05-04 (2018-05-01)',
      'isis reported 2018-05-01–2018-05-02 (2018-05-01)',
      'sdf part reported 2018-05-02–2018-05-04 (2018-05-02)',
      'sdf reported 2018-05-04– (2018-05-04)',
    ]);
  });

  it('says nothing of a governorate when a part of it is taken, and something when all of it is', () => {
    const world = days(took('sdf', 'deir-ezzor', { part: true }), took('sdf', 'raqqa'));
    expect(world.ledger('deir-ezzor')).toEqual([]);
    expect(world.ledger('raqqa')).toHaveLength(1);
  });

  it('has nobody in a place that its holder left, and is not moved by fighters who are bussed out', () => {
    const world = days(
      holds('isis', 'hajin'),
      withdrew('isis', 'hajin'),
      evacuated('baghuz', { from: ['isis'] }),
    );
    expect(world.ledger('hajin')).toEqual([
      'isis reported 2018-05-01–2018-05-02 (2018-05-01)',
      'nobody reported 2018-05-02– (2018-05-02)',
    ]);
    expect(world.ledger('baghuz')).toEqual([]);
  });

  it('contests the capture that is denied, and keeps a denial that comes before it', () => {
    const denial = took('sdf', 'hajin', { status: 'denied', by: 'isis' });
    expect(days(took('sdf', 'hajin', { by: 'sdf' }), denial).ledger('hajin')).toEqual([
      'sdf contested 2018-05-01– (2018-05-01)',
    ]);
    const alone = days(denial);
    expect(alone.ledger('hajin')).toEqual(['sdf denied 2018-05-01–2018-05-01 (2018-05-01)']);
    alone.tell(report('2018-05-01', [took('sdf', 'hajin', { by: 'sdf' })]));
    expect(alone.ledger('hajin')).toEqual(['sdf contested 2018-05-01– (2018-05-01)']);
  });

  it('puts background on its day, when that is known to the month', () => {
    const told = (date: string): Draft => took('isis', 'hajin', { status: 'background', date });
    expect(days(told('2014-07')).ledger('hajin')).toEqual(['isis reported 2014-07-31– (2014-07-31)']);
    expect(days(told('2014')).ledger('hajin')).toEqual([]);
  });

  it('does not let an old story overwrite what is newer', () => {
    const world = days(
      undefined,
      took('sdf', 'hajin'),
      took('isis', 'hajin', { status: 'background', date: '2014-07-10' }),
    );
    expect(world.ledger('hajin')).toEqual([
      'isis reported 2014-07-10–2018-05-02 (2014-07-10)',
      'sdf reported 2018-05-02– (2018-05-02)',
    ]);
  });

  it('takes a date after its report for the report’s day', () => {
    expect(days(took('sdf', 'hajin', { date: '2018-05-09' })).ledger('hajin')).toEqual([
      'sdf reported 2018-05-01– (2018-05-01)',
    ]);
  });

  it('does not grow without end: a long row keeps each origin’s first and last word', () => {
    const world = new World();
    for (let i = 0; i < 90; i++)
      world.tell(
        report(i < 45 ? '2018-05-01' : '2018-05-02', [holds('isis', 'hajin')], {
          outlet: `Outlet ${i % 10}`,
        }),
      );
    const [row] = world.rows.filter(({ recordedTo }) => recordedTo === undefined);
    expect(row?.claims.length).toBeLessThanOrEqual(64);
    expect(row?.lastConfirmed).toBe('2018-05-02');
  });

  it('ends what a party lost', () => {
    const world = days(holds('isis', 'hajin'), lost('isis', 'hajin'), took('sdf', 'hajin'));
    expect(world.ledger('hajin').at(-1)).toBe('sdf reported 2018-05-03– (2018-05-03)');
  });
});
