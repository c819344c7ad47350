import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/commands.ts';
import { readDay } from '../../src/commands/inputs.ts';
import { readLine, splitLine } from '../../src/commands/line.ts';
import { nearest } from '../../src/commands/nearest.ts';

const parametersOf = (name: string) => COMMANDS.find((command) => command.name === name)!.parameters;
const read = (line: string) => {
  const { name, rest } = splitLine(line);
  return { name, ...readLine(rest, parametersOf(name)) };
};

describe('a typed line', () => {
  it.each([
    ['/status deir-ezzor', { name: 'status', place: 'deir-ezzor' }],
    ['status hajin', { name: 'status', place: 'hajin' }],
    ['  / STATUS   deir   ezzor ', { name: 'status', place: 'deir ezzor' }],
    ['/status دير الزور', { name: 'status', place: 'دير الزور' }],
    ['/status "Dayr az Zawr" at 2018-05-20', { name: 'status', place: 'Dayr az Zawr', at: '2018-05-20' }],
    ['/status “At Tall” AT 20 May 2018', { name: 'status', place: 'At Tall', at: '20 May 2018' }],
    ["/status Al-Sha'afah", { name: 'status', place: "Al-Sha'afah" }],
    ['/status «هجين» at ٢٠١٨-٠٥-٢٠', { name: 'status', place: 'هجين', at: '٢٠١٨-٠٥-٢٠' }],
    [
      '/status hajin known 2018-06-03 at 2018-06-01',
      { name: 'status', place: 'hajin', known: '2018-06-03', at: '2018-06-01' },
    ],
    ['/status "open quote', { name: 'status', place: 'open quote' }],
    ['/status Hajin, Deir Ezzor', { name: 'status', place: 'Hajin, Deir Ezzor' }],
    ['/status', { name: 'status' }],
    [
      '/subscribe hajin only control, siege from confirmed',
      { name: 'subscribe', place: 'hajin', kinds: 'control, siege', standing: 'confirmed' },
    ],
    ['/subscriptions please', { name: 'subscriptions' }],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it('never throws, and keeps every word that is no keyword', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (typed) => {
        const { name, rest } = splitLine(typed);
        expect(name).toBe(name.toLowerCase());
        const { place = '', at = '', known = '' } = readLine(rest, parametersOf('status'));
        const kept = `${place}${at}${known}`.length;
        expect(kept).toBeLessThanOrEqual(rest.length);
      }),
    );
  });
});

describe('a day', () => {
  it.each([
    ['2018-05-20', '2018-05-20'],
    ['2018/5/2', '2018-05-02'],
    ['٢٠١٨-٠٥-٢٠', '2018-05-20'],
    ['۲۰۱۸-۰۵-۲۰', '2018-05-20'],
    ['20 May 2018', '2018-05-20'],
    ['3 september 2018', '2018-09-03'],
  ])('%s', (typed, expected) => {
    expect(readDay(typed)).toBe(expected);
  });

  it.each(['2018-02-30', '20-05-2018', 'yesterday-ish', '', '5 Mai. 2018', '2018-05', '0 Jan 2018'])(
    '%j is none',
    (typed) => {
      expect(readDay(typed)).toBeUndefined();
    },
  );
});

describe('the command that was meant', () => {
  const names = COMMANDS.map(({ name }) => name);
  it.each([
    ['sta', 'status'],
    ['statsu', 'status'],
    ['subsribe', 'subscribe'],
    ['unsubcribe', 'unsubscribe'],
    ['hlep', 'help'],
  ])('%s → %s', (typed, expected) => {
    expect(nearest(typed, names)).toBe(expected);
  });

  it.each(['', 'weather', 'x'])('%j is none', (typed) => {
    expect(nearest(typed, names)).toBeUndefined();
  });
});

it('usages are made from the parameters', () => {
  expect(COMMANDS.map(({ usage }) => usage)).toEqual([
    '/status PLACE [at DATE] [known DATE]',
    '/timeline PLACE [days NUMBER]',
    '/evidence INCIDENT',
    '/why INCIDENT',
    '/why-not URL',
    '/subscribe PLACE [only KINDS] [from STANDING] [as MODE] [past YES]',
    '/unsubscribe PLACE',
    '/subscriptions',
    '/mute INCIDENT [for SPAN]',
    '/unmute INCIDENT',
    '/report TEXT [link: URL] [place: PLACE] [confidence: CONFIDENCE]',
    '/merge INCIDENT OTHER [because REASON]',
    '/split INCIDENT [PART] [because REASON]',
    '/disclose INCIDENT because REASON',
    '/sources',
    '/help',
  ]);
});

it('names and summaries fit what Discord and Slack take', () => {
  for (const { name, summary, parameters } of COMMANDS)
    for (const thing of [{ name, summary }, ...parameters]) {
      // https://discord.com/developers/docs/interactions/application-commands#application-command-object
      expect(thing.name).toMatch(/^[a-z-]{1,32}$/);
      expect(thing.summary.length).toBeGreaterThan(0);
      expect(thing.summary.length).toBeLessThanOrEqual(100);
    }
});
