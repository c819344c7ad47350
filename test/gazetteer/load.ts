import { join } from 'node:path';
import { engineCache } from '../../src/config/cache.ts';
import { loadGazetteer, readTables } from '../../src/config/gazetteer.ts';
import { segment } from '../../src/extract/segment.ts';
import type { Gazetteer } from '../../src/gazetteer/gazetteer.ts';
import { findPlaces } from '../../src/gazetteer/resolve/find.ts';
import type { GazetteerRow } from '../../src/gazetteer/row.ts';
import type { PlaceSpan } from '../../src/model/reading.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'config', 'gazetteer');

/** The shipped gazetteer: built once for a test file. */
export const shipped: Gazetteer = loadGazetteer([folder], engineCache(root));

/** The rows of the shipped tables, without the towns of the world. */
export const shippedRows = (): GazetteerRow[] => readTables([folder]);

export function placesIn(text: string, gazetteer: Gazetteer = shipped): PlaceSpan[] {
  const { tokens, sentences } = segment(text);
  return findPlaces(text, tokens, sentences, gazetteer);
}

/** `words of the text → id`, or `→ ?container` of a provisional place. */
export const resolved = (text: string): string[] =>
  placesIn(text).map(({ mention }) => `${mention.text} → ${mention.id ?? `?${mention.within ?? ''}`}`);
