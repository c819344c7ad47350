import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { buildActors, parseActors, parseActorWords } from '../extract/actors.ts';
import type { Knowledge } from '../extract/extract.ts';
import { parseSpeakers } from '../extract/speakers.ts';
import { engineCache } from './cache.ts';
import { loadGazetteer } from './gazetteer.ts';
import { lexiconLanguages, loadLexicon } from './lexicon.ts';
import { lexiconValues } from './yaml-values.ts';

/**
 * Loads what reading needs: `config/gazetteer`, the actors and the lexicons of `config/lexicon`.
 * @param root folder that holds `config/`
 * @param gazetteers further folders of gazetteer tables, which go over the shipped ones
 * @throws ConfigError, LexiconError or GazetteerError, each naming file, place and remedy
 */
export async function loadKnowledge(root: string, gazetteers: readonly string[] = []): Promise<Knowledge> {
  const cache = engineCache(root);
  const values = lexiconValues(root, cache);
  const languages = await lexiconLanguages(root);
  const yaml = async (...path: string[]): Promise<unknown> => {
    const file = join('config', 'lexicon', ...path);
    return values.get(file) ?? parse(await readFile(join(root, file), 'utf8'));
  };
  const file = join('config', 'lexicon', 'actors.yaml');
  const words = await Promise.all(
    languages.map(async (language) =>
      parseActorWords(
        await yaml(language, 'actors.yaml'),
        join('config', 'lexicon', language, 'actors.yaml'),
      ),
    ),
  );
  const lexicons = await Promise.all(
    languages.map(async (language) => [language, await loadLexicon(root, language, values)] as const),
  );
  const speakers = await Promise.all(
    languages.map(
      async (language) =>
        [
          language,
          parseSpeakers(
            await yaml(language, 'speakers.yaml'),
            join('config', 'lexicon', language, 'speakers.yaml'),
          ),
        ] as const,
    ),
  );
  return {
    gazetteer: loadGazetteer([join(root, 'config', 'gazetteer'), ...gazetteers], cache),
    actors: buildActors(parseActors(await yaml('actors.yaml'), file), words),
    lexicons: new Map(lexicons),
    speakers: new Map(speakers),
  };
}
