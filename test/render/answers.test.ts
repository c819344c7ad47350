import { ownHolding } from '../../src/assess/ledger/inherit.ts';
import { describe, expect, it } from 'vitest';
import { placeId } from '../../src/model/ids.ts';
import type { Message } from '../../src/model/message.ts';
import { day, instant } from '../../src/model/time.ts';
import {
  renderAmbiguousPlace,
  renderHelp,
  renderMistake,
  renderStatus,
  renderSubscribed,
  renderSubscriptions,
  renderUnknownPlace,
  renderUnsubscribed,
  type Mistake,
  type StatusAnswer,
} from '../../src/render/answers.ts';
import { toText } from '../../src/render/text.ts';
import { places } from '../support/places.ts';
import { holds, report, took } from '../support/statements.ts';
import { strings, subscribed, World } from '../support/world.ts';

const text = (message: Message): string => toText(message, strings);
const place = (id: string) => places.get(placeId(id))!;

const filled = new World();
filled.tell(
  report(
    '2018-05-20',
    [
      took('sdf', 'baghuz', { by: 'sdf' }),
      holds('isis', ['hajin', 'susah', 'shaafah'], { date: '2018-05-20' }),
    ],
    {
      outlet: 'Sample Gazette',
    },
  ),
);
const believed = filled.rows.filter(({ recordedTo }) => recordedTo === undefined);

function status(id: string, more: Partial<StatusAnswer> = {}): string {
  const at = place(id);
  return text(
    renderStatus(
      {
        place: at,
        held: believed.filter((row) => row.place.id === at.id).map(ownHolding),
        inside: believed.filter((row) => row.place.within.includes(at.id)).map(ownHolding),
        now: instant('2018-05-21'),
        ...more,
      },
      filled.context,
    ),
  );
}

describe('/status', () => {
  it('says who holds a town, how sure, since when, last confirmed when, and on whose word', () => {
    expect(status('hajin').split('\n')).toEqual([
      'Hajin: held by ISIS (reported)',
      'Hajin (\u2068هجين\u2069), Abu Kamal district, Deir Ezzor governorate, Syria',
      'held by ISIS · reported by Sample Gazette · seen so since 20 May 2018 · last confirmed 20 May 2018',
      '/subscribe hajin',
    ]);
  });

  it('lists what lies in a governorate', () => {
    const answer = status('deir-ezzor');
    expect(answer).toContain('Deir Ezzor: what is known');
    expect(answer).toContain(
      'Baghuz: held by SDF · claimed by SDF, gaining by it; nobody else says so yet · since 20 May 2018 · last confirmed 20 May 2018 · in Sample Gazette',
    );
    for (const name of ['Hajin', 'Al-Susah', "Al-Sha'afah"]) expect(answer).toContain(`• ${name}`);
  });

  it('says that nothing was known on a day before the first report, and from when on something is', () => {
    const answer = status('hajin', { held: [], at: day('2018-05-01'), earliest: day('2018-05-20') });
    expect(answer).toContain('Hajin: nothing was known for 1 May 2018');
    expect(answer).toContain('The first that is known there is of 20 May 2018.');
    expect(answer).toContain('As it was on 1 May 2018');
    expect(answer).toContain('That does not mean that nothing happened there.');
  });

  it('says as of when it was known, and that nothing is known', () => {
    const answer = status('homs', { known: instant('2018-05-21T10:00:00Z') });
    expect(answer).toContain('Homs: nothing is known of who holds it');
    expect(answer).toContain('As it was known on 21 May 2018, 10:00 UTC');
  });

  it('says when there was no word for long', () => {
    const held = believed.filter((row) => row.place.id === place('hajin').id);
    const stale = held.map((row) => ({ ...row, standing: 'stale' as const }));
    const answer = status('hajin', { held: stale.map(ownHolding) });
    expect(answer).toContain('Hajin: held by ISIS (stale)');
    expect(answer).toContain('last confirmed 20 May 2018, no word since');
  });

  it('shows both accounts of a contested place, and what was left', () => {
    const world = new World();
    world.tell(report('2018-05-01', [took('sdf', 'hajin')], { outlet: 'A' }));
    world.tell(report('2018-05-02', [holds('isis', 'hajin')], { outlet: 'B' }));
    const held = world.rows.filter((row) => row.recordedTo === undefined && row.validTo === undefined);
    const answer = status('hajin', { held: held.map(ownHolding) });
    expect(answer).toContain('Hajin: contested');
    expect(answer).toContain('held by ISIS · contested (said by B; by the word of A it is held by SDF)');
    expect(answer).toContain('held by SDF · contested (said by A; by the word of B it is held by ISIS)');
  });

  it('lists what happened lately, and no more places than fit a message', () => {
    const [row] = believed;
    const inside = Array.from({ length: 30 }, (_, i) => ownHolding({ ...row!, id: `c${i}` }));
    const answer = status('deir-ezzor', { inside, recent: [...filled.incidents.values()] });
    expect(answer).toContain('and 5 more; ask for a smaller place');
    expect(answer).toContain('• SDF took Baghuz (claimed) · 20 May 2018');
  });
});

describe('other answers', () => {
  it('ask which of several places is meant', () => {
    const message = renderAmbiguousPlace(
      { name: 'Mansura', command: 'status', choices: [place('mansura-raqqa'), place('mansura-aleppo')] },
      filled.context,
    );
    expect(text(message).split('\n')).toEqual([
      'Several places are called “Mansura”',
      'Which one?',
      '• Al-Mansurah, Raqqa governorate, Syria',
      '• Al-Mansurah, Aleppo governorate, Syria',
      '/status mansura-raqqa   /status mansura-aleppo',
    ]);
  });

  it('suggest places for a name that nobody knows, or say what to try', () => {
    const asked = { name: 'Hajjin', command: 'subscribe' };
    expect(text(renderUnknownPlace({ ...asked, suggestions: [place('hajin')] }, filled.context))).toContain(
      '/subscribe hajin',
    );
    expect(text(renderUnknownPlace({ ...asked, suggestions: [] }, filled.context))).toContain(
      'Try another spelling',
    );
  });

  it('confirm subscriptions, with what they leave out', () => {
    const filters = { types: ['control', 'evacuation'], standing: 'reported' } as const;
    const done = { destination: '#ops', filters, mode: 'live', place: place('hajin') } as const;
    const added = text(renderSubscribed({ ...done, result: 'added' }, filled.context));
    expect(added).toContain('#ops now hears about Hajin');
    expect(added).toContain('only control and evacuations');
    expect(added).toContain('only when at least reported');
    expect(text(renderSubscribed({ ...done, result: 'changed', mode: 'daily' }, filled.context))).toContain(
      'in one message a day',
    );
    const everywhere = {
      result: 'added',
      destination: '#ops',
      filters: { types: [], standing: 'claimed' },
      mode: 'live',
    } as const;
    expect(text(renderSubscribed(everywhere, filled.context)).split('\n')).toEqual([
      '#ops now hears about everywhere',
      'Every change, wherever it is, is told here.',
    ]);
  });

  it('confirm the end of a subscription, or that there was none', () => {
    const done = { destination: '#ops', place: place('hajin') };
    expect(text(renderUnsubscribed({ ...done, removed: true }, filled.context))).toBe(
      '#ops no longer hears about Hajin',
    );
    expect(text(renderUnsubscribed({ ...done, removed: false }, filled.context))).toContain(
      'nothing is changed',
    );
  });

  it('list subscriptions', () => {
    const subscription = subscribed({ channel: 'ops', place: 'hajin', filters: { standing: 'confirmed' } });
    const listed = {
      destination: '#ops',
      subscriptions: [
        { subscription, place: place('hajin') },
        { subscription: subscribed({ channel: 'ops' }) },
      ],
    };
    const lines = text(renderSubscriptions(listed, filled.context)).split('\n');
    expect(lines[1]).toContain('Syria · only when at least confirmed');
    expect(lines[2]).toBe('• everywhere');
    expect(text(renderSubscriptions({ destination: '#ops', subscriptions: [] }, filled.context))).toContain(
      'hears about no place yet',
    );
  });

  it('help', () => {
    const help = text(renderHelp([{ usage: '/status PLACE', summary: 'who holds it' }], { strings }));
    expect(help).toContain('• /status PLACE — who holds it');
  });

  it.each<[Mistake, string]>([
    [
      { kind: 'unknown_command', typed: '/stats', suggestion: '/status' },
      'There is no command “/stats”\nDid you mean /status?',
    ],
    [{ kind: 'unknown_command', typed: '/x' }, 'There is no command “/x”'],
    [{ kind: 'missing_place', usage: '/status PLACE' }, 'Which place?\nWrite it as: /status PLACE'],
    [
      { kind: 'bad_date', typed: '31 Feb', usage: '/status PLACE at DATE' },
      '“31 Feb” is no date; write it as 2018-05-20\nWrite it as: /status PLACE at DATE',
    ],
    [
      { kind: 'bad_option', typed: 'x', allowed: ['live', 'digest'], usage: '/subscribe' },
      '“x” is not understood; it can be live or digest\nWrite it as: /subscribe',
    ],
    [{ kind: 'failed' }, 'That did not work, and it is not your doing. Try again in a moment.'],
  ])('say what was wrong and what would be right: %#', (mistake, expected) => {
    expect(text(renderMistake(mistake, { strings }))).toBe(expected);
  });
});
