import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/config/knowledge.ts';
import { extract, type Knowledge } from '../../src/extract/extract.ts';
import { instant } from '../../src/model/time.ts';
import { brief } from './brief.ts';

interface Sample {
  readonly text: string;
  readonly published: string;
  readonly language: string;
  readonly states: string[];
}

/**
 * Texts with what each states: `@ 2018-05-20 en` says when the texts below it were published and in what language; a
 * text is one line (`\n` in it breaks it); an indented line below it is one statement in the form of `brief`, none
 * means that nothing is stated. A line that starts with `# ` is a comment.
 */
function samplesOf(file: string): Sample[] {
  const samples: Sample[] = [];
  let published = '';
  let language = 'en';
  for (const line of readFileSync(join(import.meta.dirname, file), 'utf8').split('\n')) {
    if (line.trim() === '' || line.startsWith('# ')) continue;
    const setting = /^@ (\d{4}-\d{2}-\d{2})(?: ([a-z]{2}))?$/.exec(line);
    if (setting !== null) {
      published = `${setting[1] ?? ''}T12:00:00Z`;
      language = setting[2] ?? 'en';
    } else if (line.startsWith(' ')) samples.at(-1)?.states.push(line.trim());
    else samples.push({ text: line.replaceAll('\\n', '\n'), published, language, states: [] });
  }
  return samples;
}

/** One test for each text of a file beside this one: it states what stands below it, and nothing else. */
export function statesWhatItSays(name: string, file: string, least: number): void {
  const samples = samplesOf(file);

  describe(name, () => {
    let knowledge: Knowledge;
    beforeAll(async () => {
      knowledge = await loadKnowledge(resolve(import.meta.dirname, '..', '..'));
    });

    it(`has at least ${least} texts`, () => {
      expect(samples.length).toBeGreaterThanOrEqual(least);
    });

    it.each(samples)('$published $text', ({ text, published, language, states }) => {
      const found = extract({ body: text, language, published: instant(published) }, knowledge);
      expect(found.map(brief)).toEqual(states);
    });
  });
}
