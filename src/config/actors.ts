import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseActors } from '../extract/actors.ts';
import { closest } from './suggest.ts';

const FILE = join('config', 'lexicon', 'actors.yaml');

/**
 * Ids of the lexicon's actors that `written` may be meant to be: those of its name, else those whose id or name it is like.
 * @throws LexiconError
 */
export function likelyActors(root: string, written: string): readonly string[] {
  const { actors } = parseActors(parse(readFileSync(join(root, FILE), 'utf8')), FILE);
  const names = (actor: (typeof actors)[number]): readonly string[] =>
    [actor.id, actor.name, ...actor.aliases].map((name) => name.toLowerCase());
  const called = (name: string) => actors.filter((actor) => names(actor).includes(name)).map(({ id }) => id);
  const word = written.toLowerCase().trim();
  const exact = called(word);
  if (exact.length > 0) return exact;
  const near = closest(word, actors.flatMap(names));
  return near === undefined ? [] : called(near);
}
