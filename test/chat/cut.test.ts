import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutLine, cutText, lineLength } from '../../src/chat/cut.ts';

describe('cutting', () => {
  it('leaves what fits', () => {
    expect(cutText('It was taken.', 13)).toBe('It was taken.');
  });

  it.each([
    ['at a sentence', 'They left. The road is open again now.', 30, 'They left. The road is open…'],
    ['at a late sentence', 'They left the town at noon. The road', 30, 'They left the town at noon.'],
    ['in Arabic', 'غادروا البلدة ظهرا؟ الطريق مفتوح الآن', 26, 'غادروا البلدة ظهرا؟'],
    ['not at a number', 'It was 4.5 kilometres away', 12, 'It was 4.5…'],
    ['at a word', 'Deir ez-Zor governorate', 14, 'Deir ez-Zor…'],
    ['inside a word only when it is longer than all', 'Llanfairpwllgwyngyll', 8, 'Llanfai…'],
  ])('%s', (_, text, most, expected) => {
    expect(cutText(text, most)).toBe(expected);
  });

  it('never splits a letter from its marks', () => {
    expect(cutText('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 14)).toBe('👩‍👩‍👧‍👦…');
  });

  it('never passes the limit, never ends inside a word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 90 }),
        (words, most) => {
          const text = words.join(' ').replace(/\s+/gu, ' ').trim();
          const cut = cutText(text, most);
          expect(cut.length).toBeLessThanOrEqual(most);
          const kept = cut.replace(/…$/u, '');
          if (cut === text || text.split(' ').some((word) => word.length >= most)) return;
          expect(text.startsWith(kept)).toBe(true);
          expect(text.slice(kept.length)).toMatch(/^\s|^$/u);
        },
      ),
    );
  });

  it('cuts a line in the stretch that passes the limit', () => {
    const line = [
      { kind: 'strong', text: 'Hajin' },
      { kind: 'text', text: ' was left by them on Sunday' },
      { kind: 'time', at: '2018-05-20T10:00:00.000Z' as never },
    ] as const;
    const { line: kept, cut } = cutLine(line, 18);
    expect(cut).toBe(true);
    expect(kept.at(-1)).toEqual({ kind: 'text', text: ' was left by…' });
    expect(lineLength(kept)).toBeLessThanOrEqual(18);
    expect(cutLine(line, 200)).toEqual({ line, cut: false });
  });
});
