import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PlaceFinder } from '../commands/ports.ts';
import { loadKnowledge } from '../config/knowledge.ts';
import { readStrings } from '../config/locales.ts';
import { readRegions } from '../config/regions.ts';
import type { Knowledge } from '../extract/extract.ts';
import type { Wording } from '../render/names.ts';

/** All that is read from `config/` and does not change while the bot runs. */
export interface Learnt {
  readonly reader: Knowledge;
  readonly wording: Wording;
  readonly places: PlaceFinder;
}

/** Where the places that a user brought in are kept: tables that go over the shipped ones. */
export const userGazetteer = (dataDir: string): string => join(dataDir, 'gazetteer');

/** What reading needs, the user's own places included. @throws ConfigError, LexiconError or GazetteerError */
export function learnReading(root: string, dataDir?: string): Promise<Knowledge> {
  const folder = dataDir === undefined ? undefined : userGazetteer(dataDir);
  return loadKnowledge(root, folder !== undefined && existsSync(folder) ? [folder] : []);
}

/** @throws ConfigError that names file, line and key of what is wrong */
export async function learn(root: string, dataDir?: string): Promise<Learnt> {
  const reader = await learnReading(root, dataDir);
  const places = { ...reader.gazetteer, ...readRegions(root, reader.gazetteer) };
  return { reader, places, wording: { strings: readStrings(root), places, actors: reader.actors } };
}
