import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segment } from '../../src/extract/segment.ts';

const cut = (body: string): string[] =>
  segment(body).sentences.map((sentence) => body.slice(sentence.start, sentence.end));

describe('splitSentences', () => {
  it.each([
    ['full stops', 'They left. The army came.', ['They left.', 'The army came.']],
    [
      'a title before a name',
      'Gen. Aoun met Dr. Haddad. He left.',
      ['Gen. Aoun met Dr. Haddad.', 'He left.'],
    ],
    ['an initial', 'It was John B. Smith who spoke.', ['It was John B. Smith who spoke.']],
    ['U.S. inside', 'The U.S. Army left.', ['The U.S. Army left.']],
    ['U.S. at the end', 'He flew to the U.S. The army left.', ['He flew to the U.S.', 'The army left.']],
    ['a.m. inside', 'At 5 a.m. local time it began.', ['At 5 a.m. local time it began.']],
    ['a number after a short word', 'Camp No. 5 fell on Jan. 12.', ['Camp No. 5 fell on Jan. 12.']],
    ['closing quotes', '"We left." They came.', ['"We left."', 'They came.']],
    ['a quote that opens', 'We left. "They came."', ['We left.', '"They came."']],
    ['glued sentences', 'They took the city.Residents fled.', ['They took the city.', 'Residents fled.']],
    ['a decimal', 'About 1.9 million fled.', ['About 1.9 million fled.']],
    ['a web name', 'The site masdar.net said so.', ['The site masdar.net said so.']],
    [
      'a headline on its own line',
      'Army takes Hama\nThe army took Hama.',
      ['Army takes Hama', 'The army took Hama.'],
    ],
    ['an empty line', 'one thing\n\nanother', ['one thing', 'another']],
    ['a line that goes on in lower case', 'the army\ntook Hama.', ['the army\ntook Hama.']],
    ['bullets', '- took A\n- took B\n* left C', ['- took A', '- took B', '* left C']],
    ['numbered items', '1. Took A\n2. Took B', ['1. Took A', '2. Took B']],
    ['inline bullets', '• Took A • Took B', ['• Took A', '• Took B']],
    ['Arabic', 'انسحب الجيش. هل عاد؟ نعم', ['انسحب الجيش.', 'هل عاد؟', 'نعم']],
    [
      'wrapped lines',
      'The army and its allies entered the southern districts of the\nHomsi old town on Monday, and residents began to walk home by\nAleppo road in the evening.',
      [
        'The army and its allies entered the southern districts of the\nHomsi old town on Monday, and residents began to walk home by\nAleppo road in the evening.',
      ],
    ],
  ])('%s', (_, body, expected) => {
    expect(cut(body)).toEqual(expected);
  });

  it('cuts a text that has no full stops', () => {
    const { sentences } = segment('the army took the town and '.repeat(1000));
    for (const sentence of sentences) expect(sentence.last - sentence.first).toBeLessThanOrEqual(300);
  });

  it('covers every token once, in order, over any string', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), pieces), (body) => {
        const { tokens, sentences } = segment(body);
        let next = 0;
        sentences.forEach((sentence, index) => {
          expect(sentence.index).toBe(index);
          expect(sentence.first).toBe(next);
          expect(sentence.last).toBeGreaterThan(sentence.first);
          expect(sentence.start).toBe(tokens[sentence.first]?.start);
          expect(sentence.end).toBe(tokens[sentence.last - 1]?.end);
          next = sentence.last;
        });
        expect(next).toBe(tokens.length);
        for (const token of tokens) {
          const sentence = sentences[token.sentence];
          expect(sentence !== undefined && token.index >= sentence.first && token.index < sentence.last).toBe(
            true,
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});

const pieces = fc
  .array(
    fc.constantFrom(
      'The',
      'army',
      '.',
      '. ',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '"',
      '”',
      'U.S.',
      'Gen.',
      ' ',
      'حلب',
      '؟',
      '…',
    ),
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(''));
