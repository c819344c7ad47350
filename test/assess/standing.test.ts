import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/model/incident.ts';
import {
  count,
  evacuated,
  report,
  took,
  withdrew,
  type Draft,
  type ReportOptions,
} from '../support/statements.ts';
import { World } from '../support/world.ts';

const lead = (world: World): Incident['facts'][number] => [...world.incidents.values()][0]!.facts[0]!;

/** Standing, and whose word it rests on, after each of the reports in turn. */
function standings(...reports: readonly (readonly [Draft[], ReportOptions?])[]): readonly string[] {
  const world = new World();
  return reports.map(([statements, options]) => {
    world.tell(report('2018-05-20', statements, options));
    const { standing, why } = lead(world);
    return `${standing}: ${Object.values(why.values).join(' | ').replaceAll('\n', ', ')}`;
  });
}

const baghuz = (by?: string): Draft =>
  took('sdf', 'baghuz', { from: ['isis'], ...(by !== undefined && { by }) });

describe('standing', () => {
  it('is claimed on the word of whoever gains, however many of that side say so', () => {
    expect(standings([[baghuz('sdf')]], [[baghuz('ypg')], { outlet: 'B' }])).toEqual([
      'claimed: SDF',
      'claimed: SDF, YPG',
    ]);
  });

  it('is reported by one origin and confirmed by two that do not gain', () => {
    expect(standings([[baghuz('sohr')]], [[baghuz('un')], { outlet: 'B' }])).toEqual([
      'reported: Syrian Observatory for Human Rights',
      'confirmed: Syrian Observatory for Human Rights, United Nations',
    ]);
  });

  it('is confirmed by the loser’s admission', () => {
    expect(standings([[baghuz('sdf')]], [[baghuz('isis')], { outlet: 'B' }])[1]).toBe('confirmed: ISIS');
  });

  it('does not take two speakers without a name for two origins', () => {
    expect(
      standings(
        [[baghuz('activists')]],
        [[baghuz('a monitoring group')], { outlet: 'B' }],
        [[baghuz('un')], { outlet: 'C' }],
      ),
    ).toEqual([
      'reported: activists',
      'reported: activists, a monitoring group',
      'confirmed: a monitoring group, United Nations',
    ]);
  });

  it('counts outlets that quote one speaker as one origin', () => {
    expect(standings([[baghuz('sohr')], { outlet: 'A' }], [[baghuz('sohr-head')], { outlet: 'B' }])[1]).toBe(
      'reported: Syrian Observatory for Human Rights',
    );
  });

  it('does not count the outlet beside the speaker that it quotes', () => {
    expect(standings([[baghuz(), baghuz('sdf')]])).toEqual(['claimed: SDF']);
    expect(standings([[baghuz(), baghuz('sohr')]])).toEqual([
      'reported: Syrian Observatory for Human Rights',
    ]);
  });

  it('takes an outlet that speaks for a party for that party', () => {
    const outlet = { outlet: 'Party Radio', alignment: 'sdf' };
    expect(standings([[baghuz()], outlet])).toEqual(['claimed: Party Radio']);
    expect(standings([[took('syrian-army', 'hajin', { from: ['isis'] })], { outlet: 'SANA' }])).toEqual([
      'claimed: SANA',
    ]);
  });

  it('counts two speakers of one side as one', () => {
    const freed = (by: string): Draft => evacuated('douma', { by });
    expect(standings([[freed('sana')]], [[freed('syria-government')], { outlet: 'B' }])[1]).toMatch(
      /^reported/,
    );
  });

  it('takes the enemy’s word that a force has left for a claim', () => {
    expect(standings([[withdrew('isis', 'hajin', { by: 'sdf' })]])).toEqual(['claimed: SDF']);
  });

  it('is contested by a denial, until whoever denied says otherwise', () => {
    const denial = took('sdf', 'baghuz', { status: 'denied', by: 'isis' });
    expect(
      standings(
        [[baghuz('sdf')], { hour: '08' }],
        [[denial], { outlet: 'B', hour: '09' }],
        [[baghuz('isis')], { outlet: 'C', hour: '10' }],
      ),
    ).toEqual(['claimed: SDF', 'contested: SDF | ISIS', 'confirmed: ISIS']);
  });

  it('gives another speaker’s figure to that speaker', () => {
    const world = new World();
    const other = { ...count(1600, 'people', '1,600'), by: { text: 'United Nations', id: 'un' as never } };
    world.tell(
      report('2018-05-20', [
        evacuated('douma', { people: count(1500, 'people', '1,500'), by: 'sohr', figures: [other] }),
      ]),
    );
    expect(world.root()).toContain(
      'How many: 1,500 people (Syrian Observatory for Human Rights); 1,600 people (United Nations)',
    );
  });

  it('keeps who is unnamed one origin, whichever outlets quote them', () => {
    expect(
      standings([[baghuz('a military source')]], [[baghuz('a military source')], { outlet: 'B' }])[1],
    ).toBe('reported: a military source');
  });
});
