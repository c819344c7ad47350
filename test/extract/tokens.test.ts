import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/extract/norm.ts';
import { tokenize } from '../../src/extract/tokens.ts';

const texts = (body: string): string[] => tokenize(body).map((token) => token.text);
const norms = (body: string): string[] => tokenize(body).map((token) => token.norm);

describe('tokenize', () => {
  it.each([
    ['Rebels took Hama.', ['Rebels', 'took', 'Hama', '.']],
    ['al-Bab and US-led', ['al', '-', 'Bab', 'and', 'US', '-', 'led']],
    ['in the U.S. and at 5 a.m. today', ['in', 'the', 'U.S.', 'and', 'at', '5', 'a.m.', 'today']],
    ['about 1,500 of 1.9 million, 150000', ['about', '1,500', 'of', '1.9', 'million', ',', '150000']],
    ['on 20.04.2017.', ['on', '20.04.2017', '.']],
    ['03-09-2014', ['03', '-', '09', '-', '2014']],
    ['the 20th of May', ['the', '20th', 'of', 'May']],
    ['M23 rebels, 30km off', ['M23', 'rebels', ',', '30', 'km', 'off']],
    ['#DeirEzzor #SDF #Idlib_city', ['#', 'Deir', 'Ezzor', '#', 'SDF', '#', 'Idlib', 'city']],
    ['28.04.2017Get', ['28.04.2017', 'Get']],
    ['“We left…”, he said', ['“', 'We', 'left', '…', '”', ',', 'he', 'said']],
    ['see https://example.org/a?b=1 now', ['see', 'https://example.org/a?b=1', 'now']],
    ['قوات سوريا الديمقراطية، 20 مايو', ['قوات', 'سوريا', 'الديمقراطية', '،', '20', 'مايو']],
    ['ï¿½ï¿½A majority of Syriaï¿½s', ['ï¿½ï¿½', 'A', 'majority', 'of', 'Syriaï¿½s']],
    ['Syriaâ€™s army', ['Syriaâ€™s', 'army']],
    ['so ... what--then', ['so', '...', 'what', '--', 'then']],
    ['1) Go 2. Stay', ['1', ')', 'Go', '2', '.', 'Stay']],
  ])('cuts %j', (body, expected) => {
    expect(texts(body)).toEqual(expected);
  });

  it.each([
    ['Sha’afah', ['shaafah']],
    ["Syria's", ['syrias']],
    ['Syriaï¿½s Syriaâ€™s', ['syrias', 'syrias']],
    ['Émile Ağrı', ['emile', 'agri']],
    ['U.S. U.N.', ['us', 'un']],
    ['1,500 ١٥٠٠', ['1500', '1500']],
    ['إدلب أدلب الرقّة', ['ادلب', 'ادلب', 'الرقه']],
  ])('folds %j', (body, expected) => {
    expect(norms(body)).toEqual(expected);
  });

  it('keeps exact offsets, in order, without overlap, over any string, and is the same twice', () => {
    fc.assert(
      fc.property(anyText, (body) => {
        const tokens = tokenize(body);
        let end = 0;
        tokens.forEach((token, index) => {
          expect(token.index).toBe(index);
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(token.end).toBeGreaterThan(token.start);
          expect(body.slice(token.start, token.end)).toBe(token.text);
          end = token.end;
        });
        expect(end).toBeLessThanOrEqual(body.length);
        expect(tokenize(body)).toEqual(tokens);
      }),
      { numRuns: 300 },
    );
  });

  it('loses no letter and no digit', () => {
    fc.assert(
      fc.property(anyText, (body) => {
        const covered = tokenize(body).reduce((text, token) => text + token.text, '');
        const visible = (text: string): string => text.replace(/[^\p{L}\p{Nd}]/gu, '');
        expect(visible(covered)).toBe(visible(body));
      }),
      { numRuns: 300 },
    );
  });
});

describe('normalise', () => {
  it('is idempotent', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalise(normalise(text))).toBe(normalise(text));
      }),
    );
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        'ï¿½',
        '#',
        'DeirEzzor',
        'U.S.',
        '1,500',
        '20.04.2017',
        "'",
        '’',
        's',
        ' ',
        '\n',
        '.',
        '"',
        'حلب',
        '\ud800',
        'é',
        '-',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
);
