import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFigures } from '../../src/extract/figures.ts';
import { segment } from '../../src/extract/segment.ts';

/** Each figure as "low..high unit qualifier". */
const figures = (body: string): string[] =>
  findFigures(body, segment(body).tokens).map(({ figure, qualifier }) =>
    `${figure.low ?? ''}..${figure.high ?? ''} ${figure.unit} ${qualifier ?? ''}`.trim(),
  );

describe('findFigures', () => {
  it.each([
    ['About 1,500 people left.', ['1500..1500 people about']],
    ['More than 500 families fled.', ['500.. families more_than']],
    ['At least 45 fighters left.', ['45.. fighters at_least']],
    ['Up to 3,000 civilians are trapped.', ['..3000 civilians up_to']],
    ['As many as 200 homes burned.', ['..200 homes up_to']],
    ['Nearly 900 patients were moved.', ['900..900 patients nearly']],
    ['Between 250000 and 300000 people live there.', ['250000..300000 people range']],
    ['Some 20-30 buses waited.', ['20..30 buses range']],
    ['Hundreds of civilians fled.', ['100.. civilians']],
    ['Thousands fled.', ['1000.. people']],
    ['Tens of thousands of people fled.', ['10000.. people']],
    ['Hundreds of thousands of people fled.', ['100000.. people']],
    ['Dozens of families left.', ['24.. families']],
    ['Several hundred fighters left.', ['100.. fighters']],
    ['A dozen buses came.', ['12..12 buses']],
    ['Six buses and two ambulances came.', ['6..6 buses', '2..2 ambulances']],
    ['Twenty-five fighters left.', ['25..25 fighters']],
    ['Two hundred and fifty people left.', ['250..250 people']],
    ['Half a million people fled.', ['500000..500000 people']],
    ['1.5 million people fled.', ['1500000..1500000 people']],
    ['Over 3 000 people left.', ['3000.. people more_than']],
    ['Some 82,000 internally displaced persons live there.', ['82000..82000 people about']],
    ['2.14 lakh people were housed.', ['214000..214000 people']],
    ['One hundred or more families left.', ['100.. families at_least']],
    ['A 20-vehicle convoy came.', ['20..20 vehicles']],
    [
      '45 Fateh al-Sham fighters and 20 Kurdish militia fighters left.',
      ['45..45 fighters', '20..20 fighters'],
    ],
    ['About 400 left the city.', ['400..400 people about']],
    ['Nearly 70,000 have been left homeless.', ['70000..70000 people nearly']],
    ['500 Yazidis fled.', ['500..500 people']],
    ['IDPs: 122 387', ['122387..122387 displaced']],
    ['The number of displaced families is estimated to be 349.', ['349..349 families']],
    ['نحو 1500 مدني', ['1500..1500 civilians about']],
    ['30 people wounded', ['30..30 people']],
    ['70 of them left.', ['70..70 people']],
  ])('%s', (body, expected) => {
    expect(figures(body)).toEqual(expected);
  });

  it.each([
    'In 2016 people fled.',
    'On 3 May 2020 troops left.',
    '10-11-2014 Troops left.',
    'March 12 fighters left.',
    'It lies 20 km from the town.',
    'About 90 percent of the town is held.',
    'They paid $300 to people.',
    'The siege lasted three years.',
    'Aged 25 soldiers know this.',
    'Three villages were taken.',
    'Resolution 2254 people know.',
    'The F-16s struck.',
  ])('nothing in %j', (body) => {
    expect(figures(body)).toEqual([]);
  });

  it('keeps the words of the report', () => {
    const body = 'Activists said more than 500 families left the camp.';
    const [span] = findFigures(body, segment(body).tokens);
    expect(span?.figure.text).toBe('more than 500 families');
  });

  it('finds the labelled quantity in 85 of 100 displacement excerpts', () => {
    if (!existsSync('../shared/corpora/idmc-displacement.jsonl')) {
      console.log('skipped: no displacement excerpts beside the repository');
      return;
    }
    const printed = execFileSync(process.execPath, ['scripts/measure-figures.ts'], { encoding: 'utf8' });
    const { share } = JSON.parse(printed) as { share: number };
    expect(share).toBeGreaterThanOrEqual(0.85);
  });

  it('never throws, keeps order and bounds, and is the same twice', () => {
    const words = fc.constantFrom(
      'between',
      '10',
      '1,000',
      'and',
      '-',
      'thousand',
      'million',
      'a',
      'dozen',
      'hundreds',
      'of',
      'people',
      'the',
      'May',
      '2016',
      ',',
      'families',
      'fled',
      ':',
      'IDPs',
      'several',
      'two',
      'twenty',
      'or',
      'more',
      '.',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(words, { maxLength: 40 }).map((parts) => parts.join(' ')),
          fc.string({ unit: 'binary' }),
        ),
        (body) => {
          const { tokens } = segment(body);
          const spans = findFigures(body, tokens);
          let end = 0;
          for (const span of spans) {
            expect(span.first).toBeGreaterThanOrEqual(end);
            expect(span.last).toBeGreaterThan(span.first);
            expect(span.figure.low !== undefined || span.figure.high !== undefined).toBe(true);
            expect((span.figure.low ?? 0) <= (span.figure.high ?? Infinity)).toBe(true);
            end = span.last;
          }
          expect(end).toBeLessThanOrEqual(tokens.length);
          expect(findFigures(body, tokens)).toEqual(spans);
        },
      ),
      { numRuns: 300 },
    );
  });
});
