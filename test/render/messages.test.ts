import { shortIdOf } from '../../src/model/incident.ts';
import { describe, expect, it } from 'vitest';
import { figureLine } from '../../src/render/figures.ts';
import { clean } from '../../src/render/inline.ts';
import { incidentWords, renderReply } from '../../src/render/reply.ts';
import type { Update } from '../../src/model/incident.ts';
import { renderEvidence } from '../../src/render/asked/evidence.ts';
import { renderRoot } from '../../src/render/root.ts';
import { plain } from '../../src/render/strings.ts';
import { toText } from '../../src/render/text.ts';
import {
  advanced,
  aid,
  besieged,
  count,
  deal,
  draft,
  evacuated,
  fled,
  report,
  returned,
  took,
  withdrew,
  type Draft,
} from '../support/statements.ts';
import { strings, World } from '../support/world.ts';

const headline = (statement: Draft): string | undefined => {
  const world = new World();
  world.tell(report('2018-05-20', [statement]));
  return world.headlines()[0];
};

describe('headlines', () => {
  it.each([
    [took('sdf', 'baghuz', { by: 'sdf' }), 'SDF took Baghuz (claimed)'],
    [took('sdf', 'baghuz', { part: true }), 'SDF took part of Baghuz'],
    [took('sdf', 'baghuz', { status: 'failed', from: ['isis'] }), 'SDF failed to take Baghuz'],
    [took('sdf', 'baghuz', { status: 'denied', by: 'isis' }), 'Denied: SDF took Baghuz'],
    [draft('control', { at: 'baghuz' }), 'Baghuz changed hands'],
    [
      advanced('sdf', 'deir-ezzor', { part: true, from: ['isis'] }),
      'SDF advanced inside Deir Ezzor against ISIS',
    ],
    [advanced('sdf', 'hajin', { status: 'failed', from: ['isis'] }), 'Attack by SDF on Hajin repelled'],
    [besieged('douma', { phase: 'imposed', to: ['syrian-army'] }), 'Syrian army cut off Douma'],
    [besieged('douma', { phase: 'imposed' }), 'An unnamed force cut off Douma'],
    [besieged('douma', { phase: 'broken', status: 'happened' }), 'Siege of Douma broken'],
    [withdrew('isis', 'hajin'), 'ISIS withdrew from Hajin'],
    [withdrew('isis', 'hajin', { status: 'planned' }), 'Withdrawal of ISIS from Hajin planned or called for'],
    [evacuated('douma', { status: 'planned' }), 'Evacuation of people from Douma planned or called for'],
    [evacuated('douma', { people: count(30, 'wounded', '30 wounded') }), 'Wounded evacuated from Douma'],
    [evacuated('douma', { status: 'failed' }), 'Evacuation of people from Douma did not take place'],
    [fled('hajin', { status: 'ongoing' }), 'People fleeing Hajin'],
    [returned('hajin', { people: count(20, 'families', '20 families') }), 'Families returned to Hajin'],
    [deal('douma', { phase: 'proposed', status: 'planned' }), 'Deal on Douma proposed'],
    [deal('douma', { phase: 'in_force', status: 'planned' }), 'Deal or truce for Douma planned or sought'],
    [deal('douma', { status: 'failed' }), 'Deal on Douma did not come about'],
    [
      deal('syria', { phase: 'extended', parties: ['russia', 'rebels'] }),
      'Deal on Syria extended between Russia and Rebels',
    ],
    [aid('douma', { status: 'ongoing' }), 'Aid entering Douma'],
  ])('%#: name what happened', (statement, expected) => {
    expect(headline(statement)).toBe(expected);
  });
});

describe('the sides', () => {
  it.each([
    [took('sdf', 'baghuz', { from: ['isis'] }), ['Who gains: SDF', 'Who loses: ISIS']],
    [took('sdf', 'baghuz', { status: 'failed', from: ['isis'] }), ['Who attacks: SDF', 'Against: ISIS']],
    [advanced('sdf', 'hajin', { from: ['isis'] }), ['Who advances: SDF', 'Against: ISIS']],
    [advanced('sdf', 'hajin', { status: 'failed', from: ['isis'] }), ['Who attacks: SDF', 'Against: ISIS']],
    [
      besieged('douma', { phase: 'broken', status: 'happened', to: ['syrian-army'], from: ['rebels'] }),
      ['Who besieges: Syrian army', 'Who is besieged: Rebels'],
    ],
    [withdrew('isis', 'hajin', {}), ['Who leaves: ISIS']],
  ])('%#: are named by what they do', (statement, expected) => {
    const world = new World();
    world.tell(report('2018-05-20', [statement]));
    const lines = world.root().split('\n');
    expect(lines.filter((line) => line.startsWith('Who ') || line.startsWith('Against'))).toEqual(expected);
  });
});

describe('figures', () => {
  it.each([
    [count(1500, 'people', 'about 1,500 people'), 'about 1,500 people'],
    [count(1500, 'people', '1,500 people'), '1,500 people'],
    [count(1, 'buses', 'a bus'), '1 bus'],
    [{ low: 500, unit: 'families', text: 'more than 500 families' }, 'more than 500 families'],
    [{ low: 500, unit: 'families', text: 'at least 500 families' }, 'at least 500 families'],
    [{ high: 70, unit: 'fighters', text: 'up to 70 fighters' }, 'up to 70 fighters'],
    [{ low: 6, high: 8, unit: 'vehicles', text: 'six to eight vehicles' }, '6 to 8 vehicles'],
    [{ low: 100, unit: 'civilians', text: 'hundreds of civilians' }, 'hundreds of civilians'],
    [{ low: 10000, unit: 'people', text: 'tens of thousands of people' }, 'tens of thousands of people'],
    [count(4, 'boats', 'four boats'), '4 boats'],
    [{ unit: 'people', text: 'many' }, 'many'],
  ])('%#: are as sure as whoever counted', (figure, expected) => {
    expect(plain(figureLine(figure, strings), strings)).toBe(expected);
  });
});

describe('a root', () => {
  it('names places, people, figures, standing, words, source and what can be done', () => {
    const world = new World();
    world.tell(
      report(
        '2018-05-20',
        [
          evacuated(['yarmouk', 'tadamun'], {
            from: ['isis'],
            towards: ['badiya'],
            via: ['tadmur'],
            people: count(6, 'buses', 'Six buses'),
            by: 'sohr',
            date: '2018-05-20',
            words: 'Six buses with fighters and their relatives set out',
          }),
        ],
        { outlet: 'Sample Gazette', url: 'https://gazette.example/a', hour: '06' },
      ),
    );
    const [incident] = world.incidents.values();
    expect(world.root().split('\n')).toEqual([
      'ISIS evacuated from Yarmouk Camp and Al-Tadamun towards Badiya',
      'Where: Yarmouk Camp (\u2068مخيم اليرموك\u2069), Al-Tadamun (Damascus governorate, Syria)',
      'Towards: Badiya (Syria)',
      'By way of: Tadmur',
      'Who leaves: ISIS',
      'How many: 6 buses (Syrian Observatory for Human Rights)',
      'When: 20 May 2018',
      'Standing: Reported by Syrian Observatory for Human Rights',
      '“Six buses with fighters and their relatives set out”',
      '  — Syrian Observatory for Human Rights, in Sample Gazette',
      'Sample Gazette, 20 May 2018, 06:00 UTC',
      `Incident #${shortIdOf(incident!.id)}`,
      `/status yarmouk   /evidence ${incident!.id}   /subscribe yarmouk   /mute ${incident!.id}`,
    ]);
    const message = renderRoot(incident!, world.context);
    expect(JSON.stringify(message)).toContain(
      '"kind":"link","text":"Sample Gazette","url":"https://gazette.example/a"',
    );
    expect(message.blocks.at(-1)).toMatchObject({
      actions: [
        { kind: 'command', label: 'Status', command: '/status yarmouk' },
        { kind: 'command', label: 'Evidence', command: `/evidence ${incident!.id}` },
        { kind: 'command', label: 'Subscribe here', command: '/subscribe yarmouk' },
        { kind: 'command', label: 'Mute', command: `/mute ${incident!.id}` },
        { kind: 'open', label: 'Incident page', path: `/incidents/${incident!.id}` },
      ],
    });
    expect(message.tone).toBe('alert');
  });

  it('gives no hour to a report of which only the day is known, in its sources, its replies and its evidence', () => {
    const world = new World();
    world.tell(report('2018-05-20', [took('sdf', 'baghuz', { by: 'sdf' })], { hour: '00' }));
    const reply = world.tell(
      report('2018-05-21', [took('sdf', 'baghuz', { by: 'un' })], { outlet: 'Sample Gazette', hour: '00' }),
    ).texts[0];
    const [incident] = world.incidents.values();
    const asked = { incident: incident!, reports: world.reports, sentences: new Map() };
    const evidence = toText(renderEvidence(asked, world.context), strings);
    expect(world.root().split('\n')).toEqual(
      expect.arrayContaining(['Sample Gazette, 21 May 2018', 'Sample Wire, 20 May 2018']),
    );
    expect(reply?.split('\n')).toContain('Sample Gazette, 21 May 2018');
    expect(evidence).toMatch(/in Sample Wire, 20 May 2018$/m);
    expect(evidence).not.toContain('UTC');
  });

  it('says when no day is given, and warns of what is disputed', () => {
    const world = new World();
    world.tell(
      report('2018-05-20', [
        took('sdf', 'baghuz', { by: 'sdf' }),
        took('sdf', 'baghuz', { by: 'isis', status: 'denied' }),
      ]),
    );
    expect(world.root()).toContain('When: no day given; reported 20 May 2018');
    expect(world.root()).toContain('Standing: Contested (said by SDF; denied by ISIS)');
    expect(renderRoot([...world.incidents.values()][0]!, world.context).tone).toBe('warning');
  });

  it('says how sure it is behind what is said where a word stands at its head', () => {
    const world = new World();
    world.tell(
      report('2018-05-20', [
        took('sdf', 'baghuz', { by: 'sdf' }),
        took('sdf', 'baghuz', { by: 'isis', status: 'denied' }),
      ]),
    );
    const [incident] = [...world.incidents.values()];
    const update: Update = { ...world.updates[0]!, kinds: ['progressed'] };
    expect(renderReply(update, incident!, world.context).headline).toBe(
      'Update: SDF took Baghuz (contested)',
    );
    expect(renderRoot(incident!, world.context).headline).toBe('Contested: SDF took Baghuz');
  });

  it('marks a report’s own words as such, so that platforms escape them', () => {
    const world = new World();
    world.tell(
      report('2018-05-20', [took('<!channel> Front', 'Tal @everyone@abu-kamal', { by: '*Mr* \u202eX' })]),
    );
    const root = JSON.stringify(renderRoot([...world.incidents.values()][0]!, world.context).blocks);
    for (const own of ['<!channel> Front', 'Tal ', '*Mr* X'])
      expect(root).toContain(`{"kind":"untrusted","text":"${own.trim()}`);
    expect(root).not.toContain('\u202e');
  });
});

describe('an incident’s page', () => {
  it('has words for facts, updates, reasons and standings', () => {
    const world = new World();
    world.tell(report('2018-05-20', [took('sdf', 'baghuz', { by: 'sdf' })]));
    world.tell(report('2018-05-20', [took('sdf', 'baghuz', { by: 'sohr' })], { outlet: 'B' }));
    const [incident] = world.incidents.values();
    const words = incidentWords(world.context);
    expect(plain(words.fact(incident!.facts[0]!), strings)).toBe('SDF took Baghuz');
    expect(
      words
        .update(world.updates[1]!, { incident: incident!, reports: [] }, world.updates.slice(2))
        .map((line) => plain(line, strings)),
    ).toEqual(['SDF took Baghuz: was claimed, now reported by Syrian Observatory for Human Rights']);
    expect(words.reason(incident!.facts[0]!.why)).toBe('Reported by Syrian Observatory for Human Rights');
    expect(words.standing('claimed')).toBe('claimed');
  });
});

describe('how an incident came to be known', () => {
  it('does not anticipate what later reports made of it', () => {
    const world = new World();
    world.tell(report('2018-05-20', [took('sdf', 'baghuz', { by: 'sdf' })]));
    world.tell(report('2018-05-20', [took('sdf', 'baghuz', { by: 'sohr' })], { outlet: 'B' }));
    const [incident] = world.incidents.values();
    const words = incidentWords(world.context);
    const history = world.updates.map((update, index) =>
      words
        .update(update, { incident: incident!, reports: [] }, world.updates.slice(index + 1))
        .map((line) => plain(line, strings)),
    );
    expect(history).toEqual([
      ['SDF took Baghuz: claimed'],
      ['SDF took Baghuz: was claimed, now reported by Syrian Observatory for Human Rights'],
    ]);
  });
});

describe('clean', () => {
  it('removes what hides, breaks or reorders a line, isolates right-to-left text, and shortens', () => {
    expect(clean('a\u0000b\u202ec\u200bd\u2066e\ufefff\n\ng')).toBe('a b c d e f g');
    expect(clean('دير الزور')).toBe('\u2068دير الزور\u2069');
    expect(clean('می\u200cروم')).toContain('\u200c');
    expect(clean('x'.repeat(500))).toHaveLength(160);
  });
});
