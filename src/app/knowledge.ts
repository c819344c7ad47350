import type { PlaceFinder } from '../commands/ports.ts';
import { loadKnowledge } from '../config/knowledge.ts';
import { readStrings } from '../config/locales.ts';
import type { Knowledge } from '../extract/extract.ts';
import type { Wording } from '../render/names.ts';

/** All that is read from `config/` and does not change while the bot runs. */
export interface Learnt {
  readonly reader: Knowledge;
  readonly wording: Wording;
  readonly places: PlaceFinder;
}

/** @throws ConfigError that names file, line and key of what is wrong */
export async function learn(root: string): Promise<Learnt> {
  const reader = await loadKnowledge(root);
  const places = reader.gazetteer;
  return { reader, places, wording: { strings: readStrings(root), places, actors: reader.actors } };
}
