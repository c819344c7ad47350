import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/extract/explain.ts';
import { extract, type Knowledge } from '../../src/extract/extract.ts';
import { instant } from '../../src/model/time.ts';
import { knowledge } from './support.ts';

const SEEDS = [
  'On 3 May 2018, troops reportedly took control of Hajin (Deir Ezzor, Syria) and Susa areas from ISIS.',
  'Six buses, carrying fighters and their families, left the Yarmouk camp – and "al-Tadamun" – for Idlib via Hama.',
  'The rebels who control Saraqib denied that the army had entered the town of Maarat al-Numan after a truce collapsed.',
  '#BREAKING: #SAA liberates #Saraqib from #HTS https://example.org/x?y=1',
  'Syrias army captured16 villages in northern Hama: Suran, Halfaya; it did not say when\u2026',
  'سيطر الجيش على مدينة سراقب',
];
/** Words and marks that grammar hangs on, in any order. */
const PIECES = [
  'captured',
  'by',
  'from',
  'of',
  'the',
  'town',
  'towns',
  'which',
  'that',
  'and',
  ',',
  '(',
  ')',
  '"',
  '–',
  '-',
  ':',
  ';',
  '.',
  '\n',
  'to',
  'said',
  'who',
  'was',
  'had been',
  'ISIS',
  'the army',
  'Hajin',
  'Aleppo',
  'two',
  '1,500',
  'people',
  'buses',
  'on Monday',
  'after',
  'before',
  'withdrew',
  'control',
  'under',
  'it',
  'they',
  'there',
  'deal',
  'truce',
  'including',
  'parts',
  'siege',
  'not',
  '\u200f',
  '’s',
  '\ud800',
  '\u0000',
  '💥',
  'إدلب',
];

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((words) => words.join(' ')),
  fc
    .tuple(fc.constantFrom(...SEEDS), fc.nat(200), fc.nat(30), fc.string({ maxLength: 12 }))
    .map(([seed, at, cut, insert]) => seed.slice(0, at) + insert + seed.slice(at + cut)),
  fc.array(fc.constantFrom(...SEEDS), { minLength: 2, maxLength: 6 }).map((parts) => parts.join(' ')),
);

let known: Knowledge;
beforeAll(async () => {
  known = await knowledge();
});

describe('any text at all', () => {
  it('is read without failing, the same way each time, with spans inside it', () => {
    fc.assert(
      fc.property(text, (body) => {
        const report = { body, published: instant('2018-05-20'), language: 'en' };
        const found = extract(report, known);
        expect(extract(report, known)).toEqual(found);
        for (const { span, places, toPlaces = [], viaPlaces = [], confidence } of found) {
          for (const [start, end] of [
            span,
            ...[...places, ...toPlaces, ...viaPlaces].map((one) => [one.start, one.end] as const),
          ]) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(body.length);
          }
          expect(confidence).toBeGreaterThan(0);
          expect(confidence).toBeLessThan(1);
        }
        for (let i = 1; i < found.length; i += 1)
          expect(found[i]!.span[0]).toBeGreaterThanOrEqual(found[i - 1]!.span[0]);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('is explained without failing', () => {
    fc.assert(
      fc.property(text, (body) => {
        const told = explain({ body, published: instant('2018-05-20'), language: 'en' }, known);
        expect(told?.sentences.length).toBeGreaterThanOrEqual(body.trim() === '' ? 0 : 0);
        expect(told?.statements).toEqual(
          extract({ body, published: instant('2018-05-20'), language: 'en' }, known),
        );
      }),
      { numRuns: 60, seed: 11 },
    );
  });
});
