import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openCommands, type Commands } from '../../src/commands/commands.ts';
import { readStrings } from '../../src/config/locales.ts';
import { destinationId, reportId } from '../../src/model/ids.ts';
import type { Message } from '../../src/model/message.ts';
import type { Destination } from '../../src/model/telling.ts';
import { instant } from '../../src/model/time.ts';
import { toText } from '../../src/render/text.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore, others } from './store.ts';
import { seedKnown } from './known.ts';
import { actors, finder } from './places.ts';

const wording = {
  strings: readStrings(join(import.meta.dirname, '..', '..')),
  places: finder,
  actors,
};
const now = instant('2018-05-21T12:00:00Z');

let store: Store;
let commands: Commands;
const logged: string[] = [];
let channel: Destination;

beforeAll(async () => {
  store = await freshStore(() => instant('2018-05-20T06:05:00Z'));
  await seedKnown(store);
  commands = openCommands({
    shown: (incident) => Promise.resolve(incident),
    store,
    ...others(store),
    places: finder,
    wording,
    clock: () => now,
    log: { error: (_, message) => logged.push(message) },
  });
});
afterAll(() => store.close());

let count = 0;
beforeEach(async () => {
  const name = `watch-${(count += 1)}`;
  channel = {
    id: destinationId(`desk/local/${name}`),
    platform: 'desk',
    workspace: 'local',
    channel: name,
    name: `#${name}`,
  };
  await store.addDestination(channel);
});

const ask = (line: string): Promise<Message> =>
  commands.answer(line, { destination: channel, manages: true });
const told = async (line: string): Promise<string> => toText(await ask(line), wording.strings);
const buttons = (message: Message): readonly string[] =>
  message.blocks.flatMap((block) =>
    block.kind === 'actions'
      ? block.actions.flatMap((action) => (action.kind === 'command' ? [action.command] : []))
      : [],
  );

describe('/status', () => {
  it('of a governorate: what lies in it, with holder, standing, since when, last confirmed when, on whose word', async () => {
    const answer = await told('/status deir-ezzor');
    const lineOf = (name: string) => answer.split('\n').find((line) => line.includes(name)) ?? '';
    expect(lineOf('Baghuz')).toMatch(/SDF.*claimed by SDF.*20 May 2018.*20 May 2018/);
    expect(lineOf('Hajin')).toMatch(/ISIS.*reported by a monitoring group.*20 May 2018.*20 May 2018/);
    expect(lineOf('Tell Sample')).toContain('ISIS');
  });

  it('is the same in any spelling and script', async () => {
    const answer = await ask('/status deir-ezzor');
    expect(answer.tone).toBe('answer');
    expect(await ask('/status دير الزور')).toEqual(answer);
    expect(await ask('/status "Dayr az Zawr"')).toEqual(answer);
    expect(await ask('STATUS Deir Ezzor')).toEqual(answer);
  });

  it('of a town, and of a place that only reports know', async () => {
    expect((await ask('/status hajin')).headline).toMatch(/Hajin.*ISIS/);
    expect((await ask('/status tell sample')).headline).toMatch(/Tell Sample.*ISIS/);
    expect((await ask('/status Tell Sample, Deir Ezzor')).headline).toMatch(/Tell Sample.*ISIS/);
  });

  it('before anything is known says so, and from when on something is', async () => {
    const answer = await told('/status deir-ezzor at 2018-05-01');
    expect(answer).toContain('1 May 2018');
    expect(answer).toContain('20 May 2018');
    expect(answer).not.toMatch(/held by/);
  });

  it('as it was known before the report was there: nothing', async () => {
    expect(await told('/status hajin known 2018-05-19')).not.toMatch(/held by/);
    expect(await told('/status hajin known 2018-05-20')).toMatch(/held by ISIS/);
    expect(await told('/status hajin at 2018-05-20 known 2018-05-19')).not.toMatch(/held by/);
  });

  it('asks which of several is meant; each button has an answer', async () => {
    const question = await ask('/status tall');
    expect(buttons(question)).toEqual(['/status sy-tall-1', '/status sy-tall-2']);
    const shown = toText(question, wording.strings);
    expect(shown).toContain('Deir Ezzor');
    expect(shown).toContain('Homs');
    const headlines = await Promise.all(buttons(question).map(async (line) => (await ask(line)).headline));
    for (const headline of headlines) expect(headline).toContain('Tall');
  });

  it('suggests what is near when nothing bears the name', async () => {
    expect(buttons(await ask('/status Hajeem'))).toEqual(['/status sy-hajin']);
    expect((await ask('/status Atlantis')).blocks).not.toEqual([]);
  });

  it.each(['/status hajin at 2018-02-30', '/status hajin at tomorrow', '/status hajin at 2030-01-01'])(
    '%s is a mistake, with what would be right',
    async (line) => {
      const answer = await ask(line);
      expect(answer.tone).toBe('error');
      expect(toText(answer, wording.strings)).toContain('/status PLACE [at DATE]');
    },
  );
});

describe('subscriptions', () => {
  it('are added, changed, listed and taken away', async () => {
    expect((await ask('/subscribe hajin')).headline).toContain('Hajin');
    await ask('/subscribe هجين only control, siege from confirmed');
    const list = await told('/subscriptions');
    expect(list.match(/Hajin/g)).toHaveLength(1);
    expect(list).toContain('confirmed');
    const [held] = await store.subscriptionsOf(channel.id);
    expect(held).toMatchObject({
      place: 'sy-hajin',
      mode: 'live',
      filters: { types: ['control', 'siege'], standing: 'confirmed' },
    });
    await ask('/unsubscribe Hajeen');
    expect(await store.subscriptionsOf(channel.id)).toEqual([]);
    expect((await ask('/unsubscribe hajin')).headline).not.toBe('');
  });

  it('to everywhere', async () => {
    await ask('/subscribe everywhere');
    expect((await store.subscriptionsOf(channel.id)).map(({ place }) => place)).toEqual([undefined]);
    await ask('/unsubscribe everywhere');
    expect(await store.subscriptionsOf(channel.id)).toEqual([]);
  });

  it('of namesakes: the one that is subscribed to is taken away without a question', async () => {
    await ask('/subscribe sy-tall-2');
    await ask('/unsubscribe tall');
    expect(await store.subscriptionsOf(channel.id)).toEqual([]);
  });

  it('to a place that only reports know: what it lies in is offered', async () => {
    const answer = await ask('/subscribe tell sample');
    expect(buttons(answer)).toEqual(['/subscribe sy-dez', '/subscribe sy']);
    expect(await store.subscriptionsOf(channel.id)).toEqual([]);
  });

  it('of another channel are its own', async () => {
    await ask('/subscribe hajin');
    const other = { ...channel, id: destinationId('desk/local/other'), channel: 'other', name: '#other' };
    await store.addDestination(other);
    expect(await store.subscriptionsOf(other.id)).toEqual([]);
  });
});

describe('a mode', () => {
  it('of a subscription is kept, and told', async () => {
    await ask('/subscribe hajin as hourly');
    expect((await store.subscriptionsOf(channel.id))[0]).toMatchObject({ mode: 'hourly' });
    expect(await told('/subscriptions')).toContain('one message an hour');
    expect((await ask('/subscribe hajin as weekly')).tone).toBe('error');
  });

  it('of a channel that nobody has seen before makes the channel known', async () => {
    const unseen = { ...channel, id: destinationId('desk/local/unseen'), channel: 'unseen' };
    const answer = await commands.answer('/subscribe hajin', { destination: unseen, manages: true });
    expect(answer.tone).toBe('answer');
    expect(await store.subscriptionsOf(unseen.id)).toHaveLength(1);
  });
});

describe('/report', () => {
  const reader = { platform: 'slack', workspace: 'T1', id: 'U1', name: 'sample.person' } as const;
  const hand = (line: string): Promise<Message> =>
    commands.answer(line, { destination: channel, person: reader, manages: false });
  const kept = async (message: Message) => {
    const id = /r_\w+/.exec(toText(message, wording.strings))?.[0] ?? '';
    return (await store.reports([reportId(id)]))[0];
  };

  it('goes the way of any report, with the person as a source whose name is not shown', async () => {
    const answer = await hand(
      '/report The SDF took the town at dawn. link: https://sample.example/a place: hajin confidence: saw',
    );
    const report = await kept(answer);
    expect(report?.body).toMatch(/^Hajin, .*: The SDF took the town at dawn\.\n\nThe reader saw it\.$/s);
    expect(report).toMatchObject({ source: 'person', url: 'https://sample.example/a' });
    expect(report?.outlet).toMatch(/^Reader [0-9a-f]{4}$/);
    expect(JSON.stringify(report)).not.toContain('sample.person');
    const again = await kept(await hand('/report Two families left Hajin yesterday evening by boat.'));
    expect(again?.outlet).toBe(report?.outlet);
  });

  it.each([
    ['/report', '/report TEXT'],
    ['/report The SDF took Hajin. link: nothing', 'https://'],
    ['/report The SDF took Hajin. confidence: sure', 'saw'],
  ])('%s is answered with %s, and nothing is kept', async (line, remedy) => {
    const answer = await hand(line);
    expect(answer.tone).toBe('error');
    expect(toText(answer, wording.strings)).toContain(remedy);
  });

  it.each(['link: nothing', 'place: Nowhereville'])(
    'keeps the text in the answer when it is not taken: %s',
    async (rest) => {
      const answer = await hand(`/report The SDF took Hajin at dawn, a resident said. ${rest}`);
      expect(answer.tone).toBe('error');
      expect(JSON.stringify(answer.blocks)).toContain('The SDF took Hajin at dawn, a resident said.');
    },
  );
});

describe('/sources', () => {
  it('names each source with its grade and when it was last heard', async () => {
    expect(await told('/sources')).toMatch(/Sample Wire \(C, fairly reliable\).*last heard/);
  });
});

describe('/mute', () => {
  it('says so when the channel has no thread on it', async () => {
    expect((await ask('/mute i_none for week')).tone).toBe('error');
    expect((await ask('/mute')).tone).toBe('error');
    expect((await ask('/mute i_none for ever')).tone).toBe('error');
  });
});

describe('mistakes', () => {
  it.each([
    ['/status', '/status PLACE'],
    ['/subscribe hajin only weather', 'evacuation'],
    ['/subscribe hajin from rumour', 'confirmed'],
    ['/statsu hajin', '/status'],
  ])('%s is answered with %s', async (line, remedy) => {
    const answer = await ask(line);
    expect(answer.tone).toBe('error');
    expect(toText(answer, wording.strings)).toContain(remedy);
  });

  it('who may not change what the channel hears is told so, and nothing changes', async () => {
    const answer = await commands.answer('/subscribe hajin', { destination: channel, manages: false });
    expect(answer.tone).toBe('error');
    expect(toText(answer, wording.strings)).toContain('direct message');
    expect(await store.subscriptionsOf(channel.id)).toEqual([]);
  });

  it('/help names every command', async () => {
    const help = await told('/help');
    for (const { usage } of commands.usages) expect(help).toContain(usage);
    expect(await told('')).toBe(help);
  });

  it('a failure of ours is told as one, and logged', async () => {
    const broken = openCommands({
      shown: (incident) => Promise.resolve(incident),
      store: { ...store, subscriptionsOf: () => Promise.reject(new Error('away')) },
      ...others(store),
      places: finder,
      wording,
      clock: () => now,
      log: { error: (_, message) => logged.push(message) },
    });
    const before = logged.length;
    expect((await broken.answer('/subscriptions', { destination: channel, manages: true })).tone).toBe(
      'error',
    );
    expect(logged.length).toBe(before + 1);
  });
});

describe('completion', () => {
  const complete = (line: string) => commands.complete(line, { destination: channel, manages: true }, 10);

  it.each([
    ['/su', ['/subscribe', '/subscriptions']],
    ['/status haj', ['/status Hajin']],
    ['/status هج', ['/status هجين']],
    ['/status tal', ['/status Tall, Deir Ezzor', '/status Tall, Homs']],
    ['/subscribe hajin only control,si', ['/subscribe hajin only control,siege']],
    ['/subscribe hajin from con', ['/subscribe hajin from confirmed']],
    ['/nothing x', []],
    ['/status ', []],
  ])('%s', async (line, expected) => {
    expect(await complete(line)).toEqual(expected);
  });

  it('of one value of a form: what a person reads, and an id that finds the place again', async () => {
    const from = { destination: channel, manages: true };
    expect(await commands.choices('status', 'place', 'tal', from, 25)).toEqual([
      { label: 'Tall, Deir Ezzor, Syria', value: 'sy-tall-1' },
      { label: 'Tall, Homs, Syria', value: 'sy-tall-2' },
    ]);
    expect(await commands.choices('status', 'place', 'deir', from, 25)).toContainEqual({
      label: 'Deir Ezzor governorate, Syria',
      value: 'sy-dez',
    });
    expect(await commands.choices('status', 'place', 'دير', from, 25)).toContainEqual({
      label: 'دير الزور (Deir Ezzor governorate), Syria',
      value: 'sy-dez',
    });
    expect(await commands.choices('subscribe', 'standing', 'con', from, 25)).toEqual([
      { label: 'confirmed', value: 'confirmed' },
    ]);
    expect(await commands.choices('status', 'nothing', 'tal', from, 25)).toEqual([]);
  });

  it('of what to unsubscribe from: what is subscribed to', async () => {
    await ask('/subscribe sy-tall-2');
    await ask('/subscribe hajin');
    expect(await complete('/unsubscribe t')).toEqual(['/unsubscribe Tall, Homs']);
  });
});
