import { describe, expect, it } from 'vitest';
import { advanced, besieged, draft, holds, lost, report, took } from '../support/statements.ts';
import { kindsOf, World } from '../support/world.ts';

const reasonsOf = (outcome: ReturnType<World['tell']>): readonly string[] =>
  outcome.assessment.decisions.map(({ reason }) => reason.key);

describe('ground', () => {
  it('opens one thread for a village and keeps what is only held without one', () => {
    const world = new World();
    const outcome = world.tell(
      report('2018-05-20', [
        took('sdf', 'baghuz', { by: 'sdf' }),
        advanced('sdf', 'deir-ezzor', { part: true, from: ['isis'] }),
        holds('isis', ['hajin', 'susah', 'shaafah'], { date: '2018-05-20' }),
      ]),
    );
    expect(kindsOf(outcome)).toEqual(['opened']);
    expect(world.headlines()).toEqual(['SDF took Baghuz (claimed)']);
    expect(world.root()).toContain('SDF advanced inside Deir Ezzor against ISIS: reported by Sample Wire');
    expect(world.ledger('hajin')).toEqual(['isis reported 2018-05-20– (2018-05-20)']);
    expect(world.ledger('susah')).toHaveLength(1);
    expect(reasonsOf(outcome)).toContain('record.held');
  });

  it('makes two incidents of two villages taken on one day', () => {
    const world = new World();
    const outcome = world.tell(report('2018-05-20', [took('sdf', ['baghuz', 'hajin'], { from: ['isis'] })]));
    expect(kindsOf(outcome)).toEqual(['opened', 'opened']);
    expect(world.headlines()).toEqual(['SDF took Baghuz from ISIS', 'SDF took Hajin from ISIS']);
  });

  it('makes three incidents of a place taken, lost and retaken', () => {
    const world = new World();
    world.tell(report('2018-05-01', [took('sdf', 'hajin', { from: ['isis'], date: '2018-05-01' })]));
    world.tell(report('2018-05-03', [took('isis', 'hajin', { from: ['sdf'], date: '2018-05-03' })]));
    const third = world.tell(
      report('2018-05-05', [took('sdf', 'hajin', { from: ['isis'], date: '2018-05-05' })]),
    );
    expect(kindsOf(third)).toEqual(['opened']);
    expect(world.incidents.size).toBe(3);
    expect(world.ledger('hajin')).toEqual([
      'isis reported 2018-05-03–2018-05-05 (2018-05-03)',
      'sdf reported 2018-05-01–2018-05-03 (2018-05-01)',
      'sdf reported 2018-05-05– (2018-05-05)',
    ]);
  });

  it('makes another incident of a place retaken on the next day', () => {
    const world = new World();
    for (const [day, who] of [
      ['2018-05-01', 'sdf'],
      ['2018-05-02', 'isis'],
      ['2018-05-03', 'sdf'],
    ] as const)
      world.tell(report(day, [took(who, 'hajin', { date: day })]));
    expect(world.incidents.size).toBe(3);
  });

  it('joins other outlets and other wordings on one capture, and tells that it is surer', () => {
    const world = new World();
    world.tell(report('2018-05-20', [took('sdf', 'baghuz', { by: 'sdf' })]));
    const second = world.tell(
      report('2018-05-21', [took('ypg', 'baghuz', { date: '2018-05-20', by: 'sohr' })], {
        outlet: 'Other Wire',
      }),
    );
    expect(kindsOf(second)).toEqual(['corroborated']);
    expect(second.alerts).toMatchObject([{ thread: 'reply', broadcast: false }]);
    expect(second.texts[0]).toContain('Was claimed, now reported by Syrian Observatory for Human Rights');
    expect(world.incidents.size).toBe(1);
  });

  it('says nothing of a repetition', () => {
    const world = new World();
    world.tell(report('2018-05-20', [took('sdf', 'baghuz', { by: 'sdf' })]));
    const again = world.tell(
      report('2018-05-21', [took('sdf', 'baghuz', { by: 'sdf' })], { outlet: 'Other Wire' }),
    );
    expect(again.assessment.updates).toEqual([]);
    expect(again.assessment.incidents).toHaveLength(1);
    expect([...world.incidents.values()][0]?.facts[0]?.claims).toHaveLength(2);
  });

  it('says nothing when the ledger has had the place in those hands for weeks', () => {
    const world = new World();
    world.tell(report('2018-05-01', [took('sdf', 'baghuz')]));
    const late = world.tell(report('2018-05-25', [took('sdf', 'baghuz')], { outlet: 'Other Wire' }));
    expect(late.assessment.updates).toEqual([]);
    expect(reasonsOf(late)).toEqual(['record.reaffirmed']);
    expect([...world.incidents.values()].map(({ revision }) => revision)).toEqual([1, 0]);
  });

  it('tells a capture after the fight for the place in the fight’s thread, to the whole channel', () => {
    const world = new World();
    world.tell(report('2018-05-20', [advanced('sdf', 'baghuz', { from: ['isis'], status: 'ongoing' })]));
    const taken = world.tell(
      report('2018-05-22', [took('sdf', 'baghuz', { from: ['isis'], date: '2018-05-22' })]),
    );
    expect(kindsOf(taken)).toEqual(['progressed']);
    expect(taken.alerts).toMatchObject([{ thread: 'reply', broadcast: true }]);
    expect(world.headlines()).toEqual(['SDF took Baghuz from ISIS']);
  });

  it('keeps a repelled attack and a later capture apart as facts of one incident', () => {
    const world = new World();
    world.tell(report('2018-05-20', [advanced('sdf', 'hajin', { status: 'failed', from: ['isis'] })]));
    world.tell(report('2018-05-23', [took('sdf', 'hajin', { from: ['isis'] })]));
    expect(
      [...world.incidents.values()].map(({ facts }) => facts.map(({ type, status }) => `${type} ${status}`)),
    ).toEqual([['control happened', 'advance failed']]);
  });

  it('takes the quarters of one city, falling one by one, for one happening', () => {
    const world = new World();
    world.tell(
      report('2016-11-26', [took('syrian-army', 'hanano', { from: ['rebels'], date: '2016-11-26' })]),
    );
    const next = world.tell(
      report('2016-11-28', [took('syrian-army', 'shaar', { from: ['rebels'], date: '2016-11-28' })]),
    );
    expect(kindsOf(next)).toEqual(['progressed']);
    expect(next.alerts[0]?.broadcast).toBe(true);
    expect(world.ledger('shaar')).toHaveLength(1);
  });

  it('tells two places of one name apart', () => {
    const world = new World();
    world.tell(report('2017-05-01', [took('sdf', 'mansura-raqqa', { from: ['isis'] })]));
    const other = world.tell(report('2017-05-02', [took('sdf', 'mansura-aleppo', { from: ['isis'] })]));
    expect(kindsOf(other)).toEqual(['opened']);
  });

  it('holds for other wars: a city taken in Sudan, a claim in Ukraine', () => {
    const world = new World();
    world.tell(report('2023-12-18', [took('rsf', 'wad-madani', { by: 'rsf' })]));
    const admitted = world.tell(
      report('2023-12-19', [took('rsf', 'wad-madani', { by: 'saf', from: ['saf'] })]),
    );
    expect(kindsOf(admitted)).toEqual(['corroborated']);
    expect(admitted.texts[0]).toContain('now confirmed by Sudanese army, losing by it');
    const claim = world.tell(report('2023-05-20', [took('russia-army', 'bakhmut', { by: 'russia-army' })]));
    expect(claim.texts[0]).toContain('Russian army took Bakhmut (claimed)');
    const denied = world.tell(
      report('2023-05-20', [took('russia-army', 'bakhmut', { status: 'denied', by: 'ukraine-army' })], {
        hour: '18',
      }),
    );
    expect(kindsOf(denied)).toEqual(['contested']);
    expect(denied.alerts[0]?.broadcast).toBe(true);
    expect(world.ledger('bakhmut')).toEqual(['russia-army contested 2023-05-20– (2023-05-20)']);
  });

  it.each([
    ['planned', took('sdf', 'hajin', { status: 'planned' }), 'record.planned'],
    ['undated background', advanced('sdf', 'deir-ezzor', { status: 'background' }), 'record.background'],
    [
      'an attempt long ago',
      took('sdf', 'hajin', { status: 'failed', date: '2018-04-01' }),
      'record.long_ago',
    ],
    ['unsure', took('sdf', 'hajin', { confidence: 0.3 }), 'record.low_confidence'],
    ['a standing siege', besieged('douma'), 'record.siege_standing'],
    ['somewhere in a country', took('isis', 'syria', { part: true }), 'record.too_wide'],
    ['nowhere', draft('control', { to: ['isis'] }), 'record.no_place'],
  ])('keeps on record, with the reason, what is %s', (_, statement, why) => {
    const world = new World();
    const outcome = world.tell(report('2018-05-20', [statement]));
    expect(outcome.assessment.incidents).toEqual([]);
    expect(reasonsOf(outcome)).toEqual([why]);
  });

  it.each([
    [
      'background',
      advanced('sdf', 'deir-ezzor', { status: 'background', date: '2018-05' }),
      'record.background',
    ],
    ['long ago', took('sdf', 'hajin', { date: '2018-04-01' }), 'record.long_ago'],
  ])('tells what is %s to those alone who ask for the past', (_, statement, why) => {
    const world = new World([{ channel: 'all' }, { channel: 'history', filters: { past: true } }]);
    const outcome = world.tell(report('2018-05-20', [statement]));
    expect(outcome.alerts.map(({ destination, broadcast }) => [destination, broadcast])).toEqual([
      ['history', false],
    ]);
    expect(outcome.texts[0]).toContain('Newly learned about the past');
    expect(outcome.silent.map(({ destination, why: { key } }) => [destination, key])).toEqual([
      ['all', 'route.past'],
    ]);
    expect(reasonsOf(outcome)).toEqual([why]);
  });

  it('puts a report that comes late into the history, and alerts nobody who does not ask for it', () => {
    const world = new World();
    world.tell(report('2018-05-10', [took('isis', 'hajin', { from: ['sdf'], date: '2018-05-10' })]));
    const late = world.tell(
      report('2018-05-06', [took('sdf', 'hajin', { date: '2018-05-06' })], { outlet: 'Slow Wire' }),
    );
    expect(late.alerts).toEqual([]);
    expect(late.silent.map(({ why }) => why.key)).toEqual(['route.past']);
    expect(reasonsOf(late)).toEqual(['record.older_than_known']);
    expect(world.ledger('hajin')).toEqual([
      'isis reported 2018-05-10– (2018-05-10)',
      'sdf reported 2018-05-06–2018-05-10 (2018-05-06)',
    ]);
  });

  it('keeps what a party lost, though nobody is named to have gained it', () => {
    const world = new World();
    world.tell(report('2018-05-01', [holds('isis', 'hajin')]));
    const outcome = world.tell(
      report('2018-05-09', [lost('isis', 'hajin', { by: 'isis', date: '2018-05-09' })]),
    );
    expect(outcome.texts[0]).toContain('ISIS lost Hajin');
    expect(outcome.texts[0]).toContain('Confirmed by ISIS, losing by it');
    expect(world.ledger('hajin')).toEqual([
      'isis reported 2018-05-01–2018-05-09 (2018-05-01)',
      'nobody confirmed 2018-05-09– (2018-05-09)',
    ]);
  });

  it('knows a place that the gazetteer does not have by its name and its container', () => {
    const world = new World();
    world.tell(report('2018-05-20', [took('sdf', 'Tal Sample@deir-ezzor')]));
    const again = world.tell(
      report('2018-05-20', [took('sdf', 'Tal Sample@deir-ezzor', { by: 'sohr' })], { outlet: 'B' }),
    );
    expect(kindsOf(again)).toEqual(['corroborated']);
  });
});
