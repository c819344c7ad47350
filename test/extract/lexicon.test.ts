import { beforeAll, describe, expect, it } from 'vitest';
import { loadLexicon } from '../../src/config/lexicon.ts';
import type { Knowledge } from '../../src/extract/extract.ts';
import { inShort, knowledge, read, ROOT } from './support.ts';

const lexicon = await loadLexicon(ROOT, 'en');

let known: Knowledge;
beforeAll(async () => {
  known = await knowledge();
});

describe('every frame of the lexicon', () => {
  for (const frame of lexicon.frames)
    describe(frame.id, () => {
      for (const { text, is } of frame.examples)
        it(`finds: ${text}`, async () => {
          const found = (await read(text)).filter((statement) => statement.rule === frame.id);
          expect(found.map(inShort)).toContain(is);
        });
      for (const text of frame.counter)
        it(`passes over: ${text}`, async () => {
          expect((await read(text)).filter((statement) => statement.rule === frame.id).map(inShort)).toEqual(
            [],
          );
        });
    });

  it('has an id of its own', () => {
    const ids = lexicon.frames.map((frame) => frame.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(known.lexicons.has('en')).toBe(true);
  });
});

describe('every word of status', () => {
  for (const effect of lexicon.effects)
    describe(effect.id, () => {
      for (const { text, is } of effect.examples)
        it(`${text} → ${is}`, async () => {
          const found = (await read(text)).map(inShort);
          if (is === 'none') expect(found).toEqual([]);
          else expect(found).toContain(is);
        });
      for (const text of effect.counter)
        it(`states nothing: ${text}`, async () => {
          expect((await read(text)).map(inShort)).toEqual([]);
        });
    });
});
