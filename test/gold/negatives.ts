import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/config/knowledge.ts';
import { extract, type Knowledge } from '../../src/extract/extract.ts';
import { instant } from '../../src/model/time.ts';

const root = resolve(import.meta.dirname, '..', '..');

/** Types whose current statements alert people (annotation guide: control, movements, agreements, aid). */
const KEY = new Set([
  'control',
  'withdrawal',
  'evacuation',
  'displacement',
  'return',
  'agreement',
  'aid_access',
]);

/** One test for each sentence of a file beside this one: none states a change that is current. `least`: sentences there are. */
export function statesNothingCurrent(name: string, file: string, least: number): void {
  const sentences = readFileSync(join(import.meta.dirname, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));

  describe(name, () => {
    let knowledge: Knowledge;
    beforeAll(async () => {
      knowledge = await loadKnowledge(root);
    });

    it(`has at least ${least} sentences`, () => {
      expect(sentences.length).toBeGreaterThanOrEqual(least);
    });

    it.each(sentences)('%s', (body) => {
      const found = extract({ body, language: 'en', published: instant('2018-05-20') }, knowledge);
      const current = found.filter(
        ({ type, status }) => KEY.has(type) && (status === 'happened' || status === 'ongoing'),
      );
      expect(current.map(({ type, status, rule }) => `${type} ${status} by ${rule}`)).toEqual([]);
    });
  });
}
