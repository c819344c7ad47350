import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildActors, findActors, parseActors, parseActorWords } from '../../src/extract/actors.ts';
import { segment } from '../../src/extract/segment.ts';
import { findSpeakers, parseSpeakers, speakerAt, type Attribution } from '../../src/extract/speakers.ts';

const read = (path: string): unknown => parse(readFileSync(`config/lexicon/${path}`, 'utf8'));
const lexicon = buildActors(parseActors(read('actors.yaml'), 'actors.yaml'), [
  parseActorWords(read('en/actors.yaml'), 'en/actors.yaml'),
]);
const words = parseSpeakers(read('en/speakers.yaml'), 'en/speakers.yaml');

function attributions(body: string): {
  readonly found: Attribution[];
  readonly at: (words: string) => string | undefined;
} {
  const { tokens, sentences } = segment(body);
  const found = findSpeakers(
    body,
    tokens,
    sentences,
    findActors(tokens, lexicon, { countries: ['SY'] }),
    words,
    lexicon,
  );
  return {
    found,
    at: (piece) => {
      const start = body.indexOf(piece);
      const token = tokens.find((candidate) => candidate.start >= start);
      return token && speakerAt(found, token.index)?.name;
    },
  };
}

/** Who says the piece of the body in «». */
function speaker(marked: string): string | undefined {
  const piece = marked.slice(marked.indexOf('«') + 1, marked.indexOf('»'));
  return attributions(marked.replace(/[«»]/g, '')).at(piece);
}

describe('the lexicon’s own examples', () => {
  it.each(words.examples.map((example) => [example.text, example] as const))('%s', (_, example) => {
    const { found, at } = attributions(example.text);
    expect(found[0]?.name).toBe(example.name);
    expect(at(example.covers)).toBe(example.name);
    expect(at(example.covers.split(' ').at(-1) ?? '')).toBe(example.name);
  });
  it.each(words.counter)('nobody speaks in %j', (text) => {
    expect(attributions(text).found).toEqual([]);
  });
});

describe('findSpeakers', () => {
  it.each([
    ['Observatory', 'Buses left. «Rebels left too» the Observatory said.'],
    [
      'SOHR by a description',
      '«Rebels left» the Syrian Observatory for Human Rights a Britain-based monitoring group said.',
    ],
    [
      'SOHR by its head',
      '"«Rebels left»," said Rami Abdel Rahman, head of the Syrian Observatory for Human Rights.',
    ],
    ['SOHR by a surname', 'The Observatory counts buses. Early Sunday Abdel Rahman said «rebels left».'],
    ['SOHR as a monitor', '«Rebels left» a monitoring group said. The Observatory counts buses.'],
    ['SOHR by "it"', 'The Observatory said buses came. It said «rebels left»'],
    ['SOHR by "the group"', 'The Observatory said buses came. The group added that «rebels left».'],
    ['SOHR behind a bracket', 'The Syrian Observatory for Human Rights (SOHR) said «rebels left».'],
    ['SOHR through its report', '«Rebels left» the Observatory report added.'],
    ['SOHR before participles', '«Rebels left» the Observatory said adding that buses came.'],
    ['SOHR behind participles', 'Rebels left the Observatory said adding that «buses came».'],
    ['SOHR before others', 'The Observatory and activists said «rebels left».'],
    [
      'SOHR behind the verb',
      '«Rebels left» as battles raged in Hardan and Safa said the Observatory which counts them.',
    ],
    ['SOHR after an opening', 'North of the city the Observatory said «rebels left the hill».'],
  ])('knows the Syrian Observatory for Human Rights: %s', (_, marked) => {
    expect(speaker(marked)).toBe('Syrian Observatory for Human Rights');
  });

  it.each([
    ['a monitoring group', '«Rebels left the hill» a monitoring group said.'],
    ['Abdel Rahman', 'Early Sunday Abdel Rahman said «rebels left».'],
    ['Karim Saleh', 'YPG spokesman Karim Saleh and Turkish security sources told Reuters «rebels left».'],
    ['Karim Saleh', 'SDF commander Karim Saleh said buses came. Saleh said «rebels left».'],
    ['Karim Saleh', 'Spokesman Karim Saleh said buses came. He added that «rebels left».'],
    ['Karim Saleh', 'Karim Saleh, a volunteer with the relief group, said «rebels left».'],
    ['Karim Saleh', 'Secretary of State Karim Saleh said «rebels left».'],
    ['a military source', 'A military source told SANA buses came. The source said «rebels left».'],
    ['a source', 'A source at the police command told SANA that «rebels left».'],
    ['well-informed military sources', '«Rebels left», well-informed military sources said on Monday.'],
    ['activists', 'In rural Homs meanwhile activists said that «rebels left».'],
    ['a resident', 'A resident of Douma who asked not to be named said «rebels left».'],
    ['SANA', 'Three soldiers died. «Rebels left», SANA reported on Sunday.'],
    ['Syrian government', 'Damascus said «rebels left».'],
    ['Islamic Front', '«Rebels left» according to the Twitter account of the Islamic Front.'],
    ['Syrian government', 'The Syrian government has denied «reaching a deal».'],
    [
      'Syrian National Coalition',
      'The Syrian National Coalition said buses came. The coalition added that «rebels left».',
    ],
    ['Karim Abdul Saleh', 'Karim Abdul Saleh said buses came. Abdul Saleh added that «rebels left».'],
    ['SANA', '«Rebels left», state media SANA reported on Sunday.'],
    ['a local source', '«Rebels left Wadi Marran», a local source told Sample Wire.'],
    ['al-Watan', 'The pro-government al-Watan newspaper said «rebels left».'],
    ['Karim Saleh', 'Karim Saleh of the Sample Media Center said «rebels left».'],
    ['an official', 'An official in the old town of Suran said «rebels left».'],
    ['Homs Brigades', 'The Homs Brigades - one of several groups there - also said «rebels left».'],
    ['Reuters', 'Reuters reported that «rebels left».'],
  ])('%s says so in %j', (name, marked) => {
    expect(speaker(marked)).toBe(name);
  });

  it('leaves prose to the report’s own voice', () => {
    expect(speaker('The Observatory said buses came. «Rebels left on Sunday.»')).toBeUndefined();
    expect(speaker('«Rebels left on Sunday.» The Observatory said buses came.')).toBeUndefined();
  });

  it('covers a quotation of several sentences', () => {
    expect(speaker('"«Rebels left». Buses came for them. They wept" said Karim Saleh.')).toBe('Karim Saleh');
    expect(speaker('Karim Saleh said: "Buses came. «Rebels left»." Nobody else spoke.')).toBe('Karim Saleh');
  });

  it('goes on with a quotation in a sentence of its own', () => {
    const said = '"Buses came" Karim Saleh said. "«Rebels left»." "Nobody else spoke."';
    expect(speaker(said)).toBe('Karim Saleh');
    expect(speaker('Buses came Karim Saleh said. "«Rebels left»."')).toBeUndefined();
  });

  it('gives what is cited to its source', () => {
    expect(speaker('SANA spoke. Citing a military source it said that «rebels left».')).toBe(
      'a military source',
    );
  });

  it('names who released a statement', () => {
    const body = 'Rebels left according to a statement released on Saturday by the Sample Relief Council.';
    const { at } = attributions(`${body} Buses came according to the statement.`);
    expect(at('Rebels left')).toBe('Sample Relief Council');
    expect(at('Buses came')).toBe('Sample Relief Council');
  });

  it('gives each of two nested speakers their own words', () => {
    const marked =
      'The Syrian government has denied reaching a deal to move rebels, SANA reported on Sunday.';
    const { at } = attributions(marked);
    expect(at('reaching a deal')).toBe('Syrian government');
    expect(at('The Syrian government')).toBe('SANA');
  });

  it('keeps the words of the report beside the name', () => {
    const texts = (body: string): string[] => attributions(body).found.map((found) => found.text);
    expect(texts('Rebels left, the Observatory said.')).toEqual(['Observatory']);
    expect(texts('Rebels left, according to FNA.')).toEqual(['FNA']);
    expect(texts('"Rebels left", said SDF spokesman Karim Saleh.')).toEqual(['SDF spokesman Karim Saleh']);
  });

  it('says for whom a person speaks', () => {
    const side = (body: string): string | undefined => attributions(body).found[0]?.speaksFor;
    expect(side('YPG spokesman Karim Saleh said rebels left.')).toBe('ypg');
    expect(side('Turkish Foreign Minister Karim Saleh said rebels left.')).toBe('turkey');
    expect(side('The army left. Army spokesman Karim Saleh said rebels left.')).toBe('syria-government');
    expect(side('A spokesman for the SDF said rebels left.')).toBe('sdf');
    expect(side('Syrian activist Karim Saleh said rebels left.')).toBeUndefined();
  });

  it('never throws, stays in bounds, and is the same twice', () => {
    const parts = fc.constantFrom(
      'the',
      'Observatory',
      'said',
      'told',
      'Reuters',
      'according',
      'to',
      'a',
      'military',
      'source',
      'that',
      '"',
      '”',
      '“',
      ',',
      '.',
      'Karim',
      'Saleh',
      'he',
      'reported',
      'by',
      'it',
      'was',
      'and',
      'activists',
      'in',
      'Damascus',
      '(',
      ')',
      'reports',
      'of',
      'minister',
      'adding',
      '-',
      'SDF',
      'spokesman',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), (pieces) => {
        const body = pieces.join(' ');
        const { found } = attributions(body);
        const count = segment(body).tokens.length;
        for (const attribution of found) {
          expect(attribution.first).toBeLessThan(attribution.last);
          expect(attribution.last).toBeLessThanOrEqual(count);
          expect(attribution.name).not.toBe('');
          for (const span of attribution.covers) {
            expect(span.first).toBeGreaterThanOrEqual(0);
            expect(span.last).toBeGreaterThan(span.first);
            expect(span.last).toBeLessThanOrEqual(count);
          }
        }
        expect(attributions(body).found).toEqual(found);
      }),
      { numRuns: 300 },
    );
  });
});
