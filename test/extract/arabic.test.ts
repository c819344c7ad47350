import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadLexicon } from '../../src/config/lexicon.ts';
import { explain } from '../../src/extract/explain.ts';
import { extract, type Knowledge } from '../../src/extract/extract.ts';
import type { Statement } from '../../src/model/statement.ts';
import { instant } from '../../src/model/time.ts';
import { brief } from '../gold/brief.ts';
import { inShort, isKeyChange, knowledge, ROOT } from './support.ts';

const lexicon = await loadLexicon(ROOT, 'ar');
const published = instant('2018-05-20T12:00:00Z');

let known: Knowledge;
beforeAll(async () => {
  known = await knowledge();
});
const read = (body: string, language = 'ar', title?: string): readonly Statement[] =>
  extract({ body, published, language, ...(title !== undefined && { title }) }, known);
const lines = (name: string): string[] =>
  readFileSync(join(ROOT, 'test', 'gold', name), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));

/** Sentences with the statements below them. */
const positives: readonly (readonly [text: string, says: string[]])[] = (() => {
  const found: [string, string[]][] = [];
  for (const line of lines('arabic-positives.txt'))
    if (line.startsWith(' ')) found.at(-1)?.[1].push(line.trim());
    else found.push([line, []]);
  return found;
})();
const negatives = lines('arabic-negatives.txt');

describe('every entry of the Arabic lexicon', () => {
  for (const frame of lexicon.frames)
    describe(frame.id, () => {
      it.each(frame.examples.map(({ text, is }) => [text, is]))('finds: %s', (text, is) => {
        const found = read(text).filter((statement) => statement.rule === frame.id);
        expect(found.map(inShort)).toContain(is);
      });
      it.each(frame.counter)('passes over: %s', (text) => {
        expect(read(text).filter((statement) => statement.rule === frame.id)).toEqual([]);
      });
    });
  for (const effect of lexicon.effects)
    describe(effect.id, () => {
      it.each(effect.examples.map(({ text, is }) => [text, is]))('%s → %s', (text, is) => {
        expect(read(text).map(inShort)).toContain(is);
      });
      it.each(effect.counter)('states nothing: %s', (text) => {
        expect(read(text)).toEqual([]);
      });
    });
  it('has an id of its own, in all languages', async () => {
    const ids = [...lexicon.frames, ...(await loadLexicon(ROOT, 'en')).frames].map((frame) => frame.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('Arabic news sentences', () => {
  it('are many', () => {
    expect(positives.length).toBeGreaterThanOrEqual(60);
    expect(negatives.length).toBeGreaterThanOrEqual(40);
  });
  it.each(positives)('%s', (text, says) => {
    expect(read(text).map(brief)).toEqual(says);
  });
  it.each(negatives)('no current change: %s', (text) => {
    expect(read(text).filter(isKeyChange).map(brief)).toEqual([]);
  });
});

describe('a whole Arabic report', () => {
  const body = [
    'قوات النظام تسيطر على بلدة كفرنبودة',
    'قال المرصد السوري لحقوق الإنسان يوم السبت إن قوات النظام سيطرت على بلدة كفرنبودة في ريف حماة.وأضاف أن فصائل المعارضة انسحبت من قرية تل هواش.',
    'اقرأ أيضا: تنظيم داعش يسيطر على مدينة تدمر',
    'وَسَيطَرَت القوات كذلك على قرية الحماميات.',
  ].join('\n');

  it('is told once, by whom it names, with the place where the text has it', () => {
    const found = read(body);
    expect(found.map(brief)).toEqual([
      'control happened at=sy-kafr-nabudah to=syria-government date=2018-05-19 by=sohr',
      expect.stringMatching(/^withdrawal happened at=.+ from=rebels-syria by=sohr$/),
      expect.stringMatching(/^control happened at=.+ to=~القوات$/),
    ]);
    for (const place of found.flatMap((statement) => statement.places))
      expect(body.slice(place.start, place.end)).toBe(place.text);
  });
  it('is explained with what was dropped', () => {
    const explained = explain(
      { body: 'لم تسيطر قوات النظام على بلدة هجين.', published, language: 'ar' },
      known,
    );
    expect(explained?.steps).toEqual([expect.objectContaining({ kind: 'dropped', why: 'negated' })]);
  });
});

describe('Arabic names in English text', () => {
  it.each([
    [
      'The SDF captured the town of Hajin (هجين) from ISIS (داعش).',
      'The SDF captured the town of Hajin from ISIS.',
    ],
    ['The SDF (قوات سوريا الديمقراطية، قسد) captured Hajin.', 'The SDF captured Hajin.'],
    [
      'قسد captured the villages of هجين and الشعفة from داعش.',
      'The SDF captured the villages of Hajin and Shaafah from ISIS.',
    ],
    ['#هجين: the SDF captured Hajin.', 'The SDF captured Hajin.'],
    [
      'Some 300 fighters were evacuated from دوما to إدلب.',
      'Some 300 fighters were evacuated from Douma to Idlib.',
    ],
    ['The rebels withdrew from Daraya (داريا) to Idlib (إدلب).', 'The rebels withdrew from Daraya to Idlib.'],
    [
      'The Observatory (المرصد السوري لحقوق الإنسان) said rebels captured Saraqib.',
      'The Observatory said rebels captured Saraqib.',
    ],
  ])('%s', (mixed, plain) => {
    const expected = read(plain, 'en').map(brief);
    expect(expected).not.toEqual([]);
    expect(read(mixed, 'en').map(brief)).toEqual(expected);
  });
});

const PIECES = [
  ...'و ف ب ل لل سيطرت السيطرة على من إلى في بلدة مدينة هجين إدلب قوات النظام داعش تم إجلاء 1500 ٦ شخص حافلات انسحب قال المرصد السوري إن أن لم لن هدنة اتفاق التي بعد ، . : ؟ ( ) « » مايو/أيار تشرين الأول أمس عشرات آلاف لا تزال وقف إطلاق النار منها عليها'.split(
    ' ',
  ),
  '\n',
  'ـ',
  'َ',
  '\u200f',
  'Hajin',
];

describe('any Arabic text at all', () => {
  const words = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((parts) => parts.join(' '));
  const glued = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((parts) => parts.join(''));
  const letters = fc.string({
    unit: fc.constantFrom(...Array.from('ابتثجحخدذرزسشصضطظعغفقكلمنهوي ءآأؤإئةىًَُِّْٱپچگ٠١٢٣،؛؟ \n')),
    maxLength: 120,
  });
  const mutated = fc
    .tuple(
      fc.constantFrom(...positives.map(([text]) => text)),
      fc.nat(),
      fc.nat(30),
      fc.oneof(words, letters),
    )
    .map(
      ([text, at, cut, extra]) =>
        text.slice(0, at % text.length) + extra + text.slice((at % text.length) + cut),
    );

  it('is read without failing, the same way each time, with spans inside it', () => {
    fc.assert(
      fc.property(fc.oneof(words, glued, letters, mutated, fc.string({ unit: 'binary' })), (body) => {
        const found = read(body);
        expect(read(body)).toEqual(found);
        for (const { span, places, toPlaces = [], confidence } of found) {
          expect(span[0]).toBeGreaterThanOrEqual(0);
          expect(span[1]).toBeGreaterThan(span[0]);
          expect(span[1]).toBeLessThanOrEqual(body.length);
          for (const place of [...places, ...toPlaces])
            expect(body.slice(place.start, place.end)).toBe(place.text);
          expect(confidence).toBeGreaterThan(0);
          expect(confidence).toBeLessThan(1);
        }
      }),
      { numRuns: 400 },
    );
  });
});
