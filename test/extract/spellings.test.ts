import { describe, expect, it } from 'vitest';
import { firstFrom } from '../../src/extract/offsets.ts';
import { Spellings } from '../../src/extract/spellings.ts';
import { tokenize } from '../../src/extract/tokens.ts';
import { perSpelling } from '../../src/model/spelling.ts';

describe('Spellings', () => {
  it('has one for all that is written alike, wherever it stands', () => {
    const [took, , again] = tokenize('took Took took');
    expect(again?.spelling).toBe(took?.spelling);
  });

  it('tells apart what is written or meant otherwise', () => {
    const spellings = new Spellings();
    const of = (text: string, kind: 'word' | 'number' | 'mark') => spellings.of(text, 0, text.length, kind);
    expect(of('Took', 'word')).not.toBe(of('took', 'word'));
    expect(of('1,500', 'number')).toMatchObject({ text: '1,500', norm: '1500' });
    expect(of('1,500', 'mark')).toMatchObject({ text: '1,500', norm: '1,500' });
  });

  it('is right of any number of words, although it remembers some only', () => {
    const spellings = new Spellings();
    const words = Array.from({ length: 50_000 }, (_, number) => `Word${number}`);
    const isWrong = (text: string): boolean => {
      const spelling = spellings.of(text, 0, text.length, 'word');
      return spelling.text !== text || spelling.norm !== text.toLowerCase();
    };
    expect([...words, ...words].filter(isWrong)).toEqual([]);
  });
});

describe('perSpelling', () => {
  it('asks once a spelling, and keeps the answers of two questions apart', () => {
    let asked = 0;
    const length = perSpelling(({ text }) => {
      asked += 1;
      return text.length;
    });
    const isShort = perSpelling(({ text }) => text.length < 4);
    const answers = tokenize('the army and the rebels').map(({ spelling }) => [
      length(spelling),
      isShort(spelling),
    ]);
    expect(answers).toEqual([
      [3, true],
      [4, false],
      [3, true],
      [3, true],
      [6, false],
    ]);
    expect(asked).toBe(4);
  });

  it('keeps that there is no answer', () => {
    let asked = 0;
    const nothing = perSpelling(() => {
      asked += 1;
      return null;
    });
    for (const { spelling } of tokenize('again again')) expect(nothing(spelling)).toBeNull();
    expect(asked).toBe(1);
  });
});

describe('firstFrom', () => {
  it('is the first token at an offset or behind it', () => {
    const tokens = tokenize('Rebels took Hama.');
    expect([0, 1, 7, 12, 16, 17].map((offset) => firstFrom(tokens, offset))).toEqual([0, 1, 1, 2, 3, -1]);
  });
});
