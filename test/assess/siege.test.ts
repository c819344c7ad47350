import { describe, expect, it } from 'vitest';
import { siegeOn } from '../../src/assess/ledger/siege.ts';
import { placeId } from '../../src/model/ids.ts';
import { placeKeyOf } from '../../src/model/place.ts';
import { day } from '../../src/model/time.ts';
import { besieged, report, took, type Draft } from '../support/statements.ts';
import { World } from '../support/world.ts';

const HAJIN = [placeKeyOf(placeId('hajin'))];

function phaseOn(on: string, told: readonly (readonly [string, Draft])[]): string | undefined {
  const world = new World();
  for (const [date, said] of told) world.tell(report(date, [said], { outlet: `Outlet ${date}` }));
  return siegeOn(HAJIN, [...world.incidents.values()], day(on))?.phase;
}

const imposed = [
  '2018-02-20',
  besieged('hajin', { to: ['isis'], phase: 'imposed', date: '2018-02-20' }),
] as const;
const broken = [
  '2018-02-25',
  besieged('hajin', { to: ['isis'], phase: 'broken', date: '2018-02-25' }),
] as const;
const eased = [
  '2018-02-23',
  besieged('hajin', { to: ['isis'], phase: 'eased', date: '2018-02-23' }),
] as const;
const taken = ['2018-03-01', took('isis', 'hajin', { from: ['sdf'], date: '2018-03-01' })] as const;

describe('a siege', () => {
  it('stands from the day on which it was imposed until it is broken', () => {
    expect(phaseOn('2018-02-19', [imposed, broken])).toBeUndefined();
    expect(phaseOn('2018-02-24', [imposed, broken])).toBe('imposed');
    expect(phaseOn('2018-02-26', [imposed, broken])).toBeUndefined();
  });

  it('is told as eased', () => {
    expect(phaseOn('2018-02-24', [imposed, eased])).toBe('eased');
  });

  it('ends when the place changes hands', () => {
    expect(phaseOn('2018-02-28', [imposed, taken])).toBe('imposed');
    expect(phaseOn('2018-03-02', [imposed, taken])).toBeUndefined();
  });

  it('stands whichever report came first, and not for ever', () => {
    expect(phaseOn('2018-02-26', [broken, imposed])).toBeUndefined();
    expect(phaseOn('2019-06-01', [imposed])).toBeUndefined();
  });
});
