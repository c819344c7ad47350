import { describe, expect, it } from 'vitest';
import {
  aid,
  count,
  deal,
  draft,
  evacuated,
  fled,
  report,
  returned,
  truce,
  withdrew,
  type Told,
} from '../support/statements.ts';
import { kindsOf, World } from '../support/world.ts';

/** A deal, what it brings, and its denial, as one report of several voices tells them. */
const camp = (): Told =>
  report(
    '2018-05-20',
    [
      evacuated('damascus', { part: true, from: ['isis'], towards: ['badiya'], date: '2018-05-20' }),
      deal('damascus', { part: true }),
      evacuated(['yarmouk', 'tadamun'], {
        from: ['isis'],
        towards: ['badiya'],
        people: count(6, 'buses', 'Six buses'),
        date: '2018-05-20',
        by: 'sohr-head',
        words: 'Six buses took fighters and relatives out of both quarters before sunrise',
      }),
      evacuated('yarmouk', { from: ['isis'], towards: ['badiya'], via: ['tadmur'], by: 'sohr' }),
      deal('damascus', { part: true, status: 'denied', by: 'sana' }),
      evacuated('yarmouk', { people: count(1500, 'people', 'about 1,500 people'), by: 'Omar Example' }),
      truce(['yarmouk', 'hajar-aswad'], { date: '2018-05-19', by: 'Example' }),
    ],
    { outlet: 'Sample Gazette', url: 'https://gazette.example/camp' },
  );

describe('movements and deals', () => {
  it.each([
    ['ends', 'badiya', [0, 1]],
    ['starts', 'yarmouk', [0, 1]],
    ['ends', 'badiya', [1, 0]],
    ['starts', 'yarmouk', [1, 0]],
  ])('one that does not say whence belongs to the one that %s there (%s, %j)', (_, towards, order) => {
    const world = new World();
    const tellings = [
      report('2018-05-20', [
        evacuated('yarmouk', { from: ['isis'], towards: ['badiya'], date: '2018-05-20' }),
      ]),
      report('2018-05-20', [evacuated([], { from: ['isis'], towards: [towards], date: '2018-05-20' })], {
        outlet: 'Sample Gazette',
      }),
    ];
    for (const index of order) world.tell(tellings[index]!);
    expect([...world.incidents.values()].filter(({ mergedInto }) => mergedInto === undefined)).toHaveLength(
      1,
    );
  });

  it('tells a deal, the evacuation it brings, the halt of fighting and the denial as one incident', () => {
    const world = new World();
    const outcome = world.tell(camp());
    expect(kindsOf(outcome)).toEqual(['opened']);
    expect(outcome.texts).toHaveLength(1);
    const [text = ''] = outcome.texts;
    for (const line of [
      'ISIS evacuated from Yarmouk Camp and Al-Tadamun towards Badiya',
      'By way of: Tadmur',
      'How many: 6 buses (Syrian Observatory for Human Rights); about 1,500 people (Omar Example)',
      'When: 20 May 2018',
      'Deal on part of Damascus reached: contested (said by Sample Gazette; denied by SANA)',
      'Deal or truce in force in Yarmouk Camp and Hajar al-Aswad since 19 May 2018: reported by Omar Example',
    ])
      expect(text).toContain(line);
  });

  it.each([
    ['the country', ['syria'], 'People fled Hajin'],
    ['the governorate, and names another one', ['deir-ezzor', 'idlib'], 'People fled Hajin towards Idlib'],
  ])('takes for no destination what the place of origin lies in: %s', (_, towards, headline) => {
    const world = new World();
    const outcome = world.tell(report('2018-05-20', [fled('hajin', { towards })]));
    expect(world.headlines()).toEqual([headline]);
    expect(outcome.texts[0]).not.toMatch(/(?:towards|To:) .*(?:Syria|Deir Ezzor)/);
  });

  it('keeps a destination in which only some of those who left were, and where people went back to', () => {
    const world = new World();
    world.tell(report('2018-05-20', [fled(['hajin', 'douma'], { towards: ['deir-ezzor'] })]));
    world.tell(report('2018-05-20', [returned('madaya', { towards: ['rif-damascus'] })]));
    expect(world.headlines()).toEqual([
      'People fled Hajin and Douma towards Deir Ezzor',
      'People returned to Rif Dimashq',
    ]);
  });

  it('tells no new destination when a later report only names the country around', () => {
    const world = new World();
    world.tell(report('2018-05-20', [fled('hajin')]));
    expect(world.tell(report('2018-05-21', [fled('hajin', { towards: ['syria'] })])).alerts).toEqual([]);
  });

  it('answers in the same thread when a later report gives a higher figure, and shows both with their speakers', () => {
    const world = new World();
    world.tell(camp());
    const later = world.tell(
      report('2018-05-22', [
        evacuated('yarmouk', { people: count(1600, 'people', '1,600 people'), date: '2018-05-21' }),
      ]),
    );
    expect(kindsOf(later)).toEqual(['progressed']);
    expect(later.alerts).toMatchObject([{ thread: 'reply' }]);
    expect(later.texts[0]).toContain(
      'How many: 1,600 people, by the count of Sample Wire; told before: about 1,500 people (Omar Example)',
    );
    expect(world.incidents.size).toBe(1);
    expect(world.root()).toContain('about 1,500 people (Omar Example); 1,600 people (Sample Wire)');
  });

  it('does not put places into a speaker’s mouth: halts of fighting that overlap are told one by one', () => {
    const world = new World();
    world.tell(
      report('2018-05-20', [
        truce(['yarmouk', 'tadamun'], { by: 'sohr' }),
        truce(['yarmouk', 'hajar-aswad'], { by: 'un' }),
      ]),
    );
    expect(world.root()).toContain('Deal or truce in force in Yarmouk Camp and Al-Tadamun');
    expect(world.root()).toContain(
      'Deal or truce in force in Yarmouk Camp and Hajar al-Aswad: reported by United Nations',
    );
  });

  it('shows how one speaker’s figure grew', () => {
    const world = new World();
    const people = (n: number) => count(n, 'people', String(n));
    world.tell(
      report('2018-04-01', [
        evacuated('douma', { people: people(500), by: 'red-crescent', date: '2018-04-01' }),
      ]),
    );
    const grown = world.tell(
      report('2018-04-02', [
        evacuated('douma', { people: people(900), by: 'red-crescent', date: '2018-04-01' }),
      ]),
    );
    expect(grown.texts[0]).toContain('How many: Red Crescent said 500 people, now says 900 people');
  });

  it('tells a denial of what was told, to the whole channel, with who denies what', () => {
    const world = new World();
    world.tell(report('2018-05-19', [deal('yarmouk', { parties: ['isis', 'syria-government'] })]));
    const denial = world.tell(
      report('2018-05-20', [deal('yarmouk', { status: 'denied', by: 'sana' })], { outlet: 'SANA' }),
    );
    expect(kindsOf(denial)).toEqual(['contested']);
    expect(denial.alerts).toMatchObject([{ broadcast: true, thread: 'reply' }]);
    expect(denial.texts[0]).toContain('Contested: Deal on Yarmouk Camp reached');
    expect(denial.texts[0]).toContain('Was reported, now contested (said by Sample Wire; denied by SANA)');
  });

  it('tells a denial of what nobody told as denied', () => {
    const world = new World();
    const outcome = world.tell(report('2018-05-20', [deal('yarmouk', { status: 'denied', by: 'sana' })]));
    expect(outcome.texts[0]).toContain('Denied: Deal on Yarmouk Camp reached');
  });

  it('follows an announced evacuation until it is done', () => {
    const world = new World();
    world.tell(
      report('2018-03-20', [evacuated('douma', { status: 'planned', from: ['rebels'], date: '2018-03-21' })]),
    );
    const going = world.tell(
      report('2018-03-22', [evacuated('douma', { status: 'ongoing', from: ['rebels'] })]),
    );
    const done = world.tell(
      report('2018-03-23', [evacuated('douma', { from: ['rebels'], towards: ['idlib'] })]),
    );
    expect(going.texts[0]).toContain('Was planned, now under way');
    expect(done.texts[0]).toContain('Was under way, now done');
    expect(done.texts[0]).toContain('Towards Idlib, by the word of Sample Wire');
    expect(world.incidents.size).toBe(1);
  });

  it('tells the collapse of a deal as a step of it', () => {
    const world = new World();
    world.tell(report('2018-03-20', [deal('douma', { parties: ['rebels', 'russia'] })]));
    const ended = world.tell(
      report('2018-03-25', [deal('douma', { phase: 'ended', parties: ['rebels', 'russia'] })]),
    );
    expect(ended.texts[0]).toContain('Deal on Douma ended between Rebels and Russia (before: reached)');
  });

  it('tells both sides of a swap under one deal as one incident, to subscribers at every end', () => {
    const world = new World([
      { channel: 'idlib', place: 'idlib' },
      { channel: 'rif', place: 'rif-damascus' },
      { channel: 'homs', place: 'homs' },
    ]);
    const outcome = world.tell(
      report('2017-04-14', [
        deal(['fuah', 'kafriya', 'zabadani', 'madaya']),
        evacuated(['fuah', 'kafriya'], { towards: ['aleppo-city'] }),
        evacuated(['zabadani', 'madaya'], { from: ['rebels'], towards: ['idlib'] }),
      ]),
    );
    expect(kindsOf(outcome)).toEqual(['opened']);
    expect(outcome.alerts.map(({ destination }) => destination).sort()).toEqual(['idlib', 'rif']);
  });

  it('keeps two forces that leave one place on one day apart, linked as maybe the same', () => {
    const world = new World();
    world.tell(report('2018-05-20', [withdrew('isis', 'hajin', { date: '2018-05-20' })]));
    const other = world.tell(report('2018-05-20', [withdrew('rebels', 'hajin', { date: '2018-05-20' })]));
    expect(kindsOf(other)).toEqual(['opened']);
    const [first, second] = [...world.incidents.values()];
    expect(second?.maybeSame).toEqual([first?.id]);
    expect(other.texts[0]).toContain('Maybe the same as another incident');
  });

  it('keeps flight and return apart', () => {
    const world = new World();
    world.tell(report('2018-05-20', [fled('hajin')]));
    world.tell(report('2018-05-28', [returned('hajin')]));
    expect(world.incidents.size).toBe(2);
  });

  it('does not take flights from two villages of a district for one', () => {
    const world = new World();
    world.tell(report('2018-05-20', [fled('hajin', { date: '2018-05-20' })]));
    const other = world.tell(report('2018-05-20', [fled('susah', { date: '2018-05-20' })]));
    expect(kindsOf(other)).toEqual(['opened']);
  });

  it('tells a convoy that was turned back, and does not tell fear of flight', () => {
    const world = new World();
    const outcome = world.tell(
      report('2018-02-10', [
        aid('douma', { status: 'failed', by: 'un' }),
        fled('idlib-city', { status: 'planned' }),
      ]),
    );
    expect(world.headlines()).toEqual(['Aid turned back from Douma']);
    expect(outcome.assessment.decisions.map(({ reason }) => reason.key)).toContain('record.planned');
  });

  it('keeps how people move to a place of which only the end is known', () => {
    const world = new World();
    const outcome = world.tell(report('2018-05-28', [draft('return', { towards: ['hajin'] })]));
    expect(outcome.texts[0]).toContain('People returned to Hajin');
  });

  it('takes an old truce as history', () => {
    const world = new World();
    expect(world.tell(report('2018-05-20', [truce('douma', { date: '2018-04' })])).alerts).toEqual([]);
  });
});
