import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceId } from '../../../src/model/ids.ts';
import type { Source } from '../../../src/model/report.ts';
import { instant } from '../../../src/model/time.ts';
import { prepareIncoming } from '../../../src/sources/accept/accept.ts';
import { sourceBook } from '../../../src/sources/accept/book.ts';
import { describeFields } from '../../../src/sources/accept/incoming.ts';
import { MAX_BODY } from '../../../src/sources/accept/incoming.ts';

const NOW = instant('2018-05-20T12:00:00Z');
const monitor: Source = {
  id: sourceId('sample-monitor'),
  kind: 'inbox',
  name: 'Sample Monitor',
  reliability: 'B',
  alignment: 'neutral',
};
const deps = { book: sourceBook([monitor]), clock: () => NOW };

function ready(value: unknown) {
  const result = prepareIncoming(value, 'inbox', deps);
  if (!result.ok) throw new Error(describeFields(result.problems));
  return result;
}
const reportOf = (value: unknown) => ready(value).input.report;

function refusal(value: unknown): string {
  const result = prepareIncoming(value, 'inbox', deps);
  return result.ok ? 'accepted' : describeFields(result.problems);
}

const text = 'Fighters left the town of Sample Hill on Sunday.';

describe('an incoming report', () => {
  it('needs nothing but its text', () => {
    expect(reportOf({ text })).toMatchObject({
      source: 'inbox',
      outlet: 'Inbox',
      body: text,
      language: 'en',
      published: NOW,
    });
  });

  it('finds its source by id or by name, and keeps an unlisted name as the outlet', () => {
    expect(reportOf({ text, source: 'sample-monitor' })).toMatchObject({
      source: 'sample-monitor',
      outlet: 'Sample Monitor',
    });
    expect(reportOf({ text, source: 'SAMPLE  monitor' }).source).toBe('sample-monitor');
    expect(reportOf({ text, outlet: 'Sample Monitor' }).source).toBe('sample-monitor');
    expect(reportOf({ text, source: 'Sample Gazette' })).toMatchObject({
      source: 'inbox',
      outlet: 'Sample Gazette',
    });
    expect(reportOf({ text, source: 'sample-monitor', outlet: 'Sample Monitor Arabic' })).toMatchObject({
      source: 'sample-monitor',
      outlet: 'Sample Monitor Arabic',
    });
  });

  it('has the same id whenever it comes, and another one from another address, outlet or text', () => {
    const first = reportOf({ text, source: 'Sample Wire', url: 'https://wire.example/1' }).id;
    const later = prepareIncoming({ text, source: 'Sample Wire', url: 'https://wire.example/1' }, 'inbox', {
      ...deps,
      clock: () => instant('2019-01-01T00:00:00Z'),
    });
    expect(later.ok && later.input.report.id).toBe(first);
    expect(first).toMatch(/^r_[a-z2-7]{26}$/);
    const others = [
      { text, source: 'Sample Wire', url: 'https://wire.example/2' },
      { text, source: 'Sample Gazette', url: 'https://wire.example/1' },
      { text: `${text} More.`, source: 'Sample Wire', url: 'https://wire.example/1' },
    ].map((value) => reportOf(value).id);
    expect(new Set([first, ...others]).size).toBe(4);
  });

  it.each([
    'CORRECTED: Fighters leave',
    'Retraction - Fighters leave',
    '(Corrected) Fighters leave',
    'تصحيح: خرج المقاتلون',
  ])('is another report when its title takes it back: %s', (title) => {
    const plain = ready({ text, title: 'Fighters leave' }).input;
    const noticed = ready({ text, title }).input;
    expect(noticed.report.id).not.toBe(plain.report.id);
    expect(noticed.fingerprint).not.toBe(plain.fingerprint);
  });

  it('is the same text under any other title', () => {
    const prints = ['Fighters leave', 'Withdrawn troops seen near town', 'Corrected course: army leaves'].map(
      (title) => ready({ text, title }).input.fingerprint,
    );
    expect(new Set(prints).size).toBe(1);
  });

  it('is brought into one form', () => {
    const { body, title } = reportOf({
      text: '\uFEFF  Fighters\r\nleft\u00A0the\ttown\u0000 of Cafe\u0301.\u202E \r\n\r\n\r\n\r\nEnd.\uD800 ',
      title: ' A\n title\u0007 ',
    });
    expect(body).toBe('Fighters\nleft the town of Café.\n\nEnd.\uFFFD');
    expect(title).toBe('A title');
  });

  it('keeps the joiners that Persian and Arabic words are spelt with', () => {
    expect(reportOf({ text: 'می\u200Cخواهند' }).body).toBe('می\u200Cخواهند');
  });

  it.each([
    ['خرج المقاتلون من البلدة يوم الأحد', 'ar'],
    ['Fighters left Deir ez-Zor (دير الزور) on Sunday.', 'en'],
    ['غادر الحي 12 حافلة ISIS', 'ar'],
  ])('has its language from its script: %s', (body, language) => {
    expect(reportOf({ text: body }).language).toBe(language);
    expect(reportOf({ text: body, language: 'fa' }).language).toBe('fa');
  });

  it.each([
    ['2018-05-20', '2018-05-20T00:00:00.000Z'],
    ['2018-05-20T06:00:00Z', '2018-05-20T06:00:00.000Z'],
    ['2018-05-20T06:00', '2018-05-20T06:00:00.000Z'],
    ['2018-05-20 06:00:00', '2018-05-20T06:00:00.000Z'],
    ['2018-05-20T06:00:00+03:00', '2018-05-20T03:00:00.000Z'],
    ['2018-05-20T06:00:00+0300', '2018-05-20T03:00:00.000Z'],
    ['Sun, 20 May 2018 06:00:00 +0300', '2018-05-20T03:00:00.000Z'],
    ['Sun, 20 May 2018 06:00:00 GMT', '2018-05-20T06:00:00.000Z'],
  ])('reads %s as %s', (published, at) => expect(reportOf({ text, published }).published).toBe(at));

  it.each(['yesterday', '20/05/2018', '2018-02-31', '2018-13-01', '1527000000', '0001-01-01', ''])(
    'does not guess what %j may mean as a date',
    (published) =>
      expect(refusal({ text, published })).toBe(
        'published: write a day or a moment, for example 2018-05-20 or 2018-05-20T06:00:00Z',
      ),
  );

  it('is not from the future', () => {
    const { input, notes } = ready({ text, published: '2018-06-20' });
    expect(input.report.published).toBe(NOW);
    expect(notes).toEqual([
      'published 2018-06-20T00:00:00.000Z lies in the future; 2018-05-20T12:00:00.000Z was taken',
    ]);
    expect(ready({ text, published: '2018-05-20T12:05:00Z' }).notes).toEqual([]);
  });

  it.each([
    [undefined, 'write an object with the field "text"'],
    ['text', 'write an object with the field "text"'],
    [{}, 'text: is missing; write a string'],
    [{ text: 7 }, 'text: write a string'],
    [{ text: ' \n\u200B ' }, 'text: there is no text in it; write the words of the report'],
    [{ text: '123 …' }, 'text: there is no text in it; write the words of the report'],
    [{ text: 'x'.repeat(MAX_BODY + 1) }, `text: one report may have ${MAX_BODY} characters; split it`],
    [{ text, url: 'javascript:alert(1)' }, 'url: write an address that starts with https:// or http://'],
    [{ text, language: 'English' }, 'language: write a language as its code, for example en or ar'],
    [
      { text, publised: '2018-05-20' },
      'publised: unknown field; the fields are: id, text, source, outlet, url, title, published, language',
    ],
    [
      { text: 7, url: 'x' },
      'text: write a string\nurl: write an address that starts with https:// or http://',
    ],
  ])('names the field and the remedy: %j', (value, said) => expect(refusal(value)).toBe(said));

  it('never throws, whatever it is', () => {
    const record = fc.record(
      {
        text: fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
        source: fc.oneof(fc.string(), fc.anything()),
        url: fc.oneof(fc.webUrl(), fc.string(), fc.anything()),
        published: fc.oneof(fc.string(), fc.date().map(String), fc.anything()),
        title: fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
        language: fc.oneof(fc.string(), fc.anything()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(record, fc.anything(), fc.jsonValue()), (value) => {
        const result = prepareIncoming(value, 'webhook', deps);
        if (result.ok) {
          expect(result.input.report.body).not.toBe('');
          expect(result.input.report.body.isWellFormed()).toBe(true);
          expect(result.input.report.published <= NOW).toBe(true);
        } else expect(describeFields(result.problems)).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

describe('sourceBook', () => {
  it('answers for a source that is no longer listed', () => {
    expect(sourceBook([]).get(monitor.id)).toEqual({
      ...monitor,
      kind: 'feed',
      name: 'sample-monitor',
      reliability: 'F',
      alignment: 'unknown',
    });
    expect(sourceBook([]).get(sourceId('webhook'))).toMatchObject({ kind: 'webhook', name: 'Webhook' });
  });
});

describe('whose a report is', () => {
  const wire: Source = {
    ...monitor,
    id: sourceId('sample-wire'),
    name: 'Sample Wire',
    names: ['SW', 'Sample Wire Service'],
    domains: ['wire.example'],
  };
  const book = sourceBook([wire]);

  it.each(['sample-wire', 'Sample Wire', 'sw', 'SAMPLE WIRE  SERVICE', 'wire.example', 'en.wire.example'])(
    'is found by "%s"',
    (name) => {
      expect(book.resolve({ name }, 'inbox')).toEqual({ source: wire, outlet: 'Sample Wire' });
    },
  );

  it('is found by its address when it names nobody', () => {
    expect(book.resolve({ url: 'https://www.wire.example/2018/05/a' }, 'inbox').source).toBe(wire);
  });

  it.each([
    { name: 'Another', url: 'https://wire.example/a' },
    { url: 'https://notwire.example/a' },
    { url: 'https://wire.example.attacker.test/a' },
    { url: 'no address' },
    {},
  ])('is nobody known: %j', (named) => {
    expect(book.resolve(named, 'inbox').source).toMatchObject({ reliability: 'F', alignment: 'unknown' });
  });
});
