import { createHash } from 'node:crypto';
import { placeId, type PlaceId } from '../model/ids.ts';
import type { Place, PlaceIndex } from '../model/place.ts';
import type { Token } from '../model/reading.ts';
import type { Spelling } from '../model/spelling.ts';
import { assemble, type Entry } from './assemble.ts';
import { Spellings } from './fold.ts';
import { lookupName, type PlaceLookup } from './lookup.ts';
import { matchNames, type NameHit } from './match.ts';
import { compileNames, type CompiledNames, NameIndex } from './names.ts';
import type { GazetteerRow } from './row.ts';
import { Suggestions } from './suggest.ts';

const SUGGESTIONS = 5;

/** All places by id and by name. Immutable; a new table makes a new gazetteer. */
export interface Gazetteer extends PlaceIndex {
  /** Hash of the rows: equal versions answer alike. */
  readonly version: string;
  /** How many places it has. */
  readonly size: number;
  /** Every place, for tables and tests; in no order to rely on. */
  readonly places: () => Iterable<Place>;
  /** Every name in a text, overlapping ones included, in order of its first token. */
  match(tokens: readonly Token[]): NameHit[];
  /** ISO code of the country whose adjective or people the word is ("Syrian"), in folded form. */
  demonym(norm: string): string | undefined;
  /** `demonym` of a token, by how it is written; null for none. */
  demonymOf(spelling: Spelling): string | null;
  /** The capital of a country by its ISO code: of several seats of government the largest. */
  capital(country: string): Place | undefined;
  /** `name`: any spelling in any script, a place's id, or a name with what it lies in: `Hajin, Deir Ezzor`. */
  lookup(name: string): PlaceLookup;
  /** Places whose names begin like `prefix`, best known first, then those that come near it. */
  complete(prefix: string, limit: number): readonly Place[];
}

function versionOf(rows: readonly GazetteerRow[]): string {
  const hash = createHash('sha256');
  for (const row of rows)
    hash.update(
      [row.id, row.name, row.nameAr, row.kind, row.lat, row.lon, row.parent, row.admin1, row.geonames].join(
        '\t',
      ) + [...row.variants, '', ...row.demonyms].join('|'),
    );
  return hash.digest('hex').slice(0, 12);
}

/** A gazetteer put together, as plain data that can be kept. */
export interface CompiledGazetteer {
  readonly version: string;
  readonly entries: readonly Entry[];
  readonly names: CompiledNames;
}

/**
 * Puts the base of towns and the tables over it together. Of two rows with one id the later counts, so a user's table may
 * correct a shipped one.
 */
export function compileGazetteer(rows: readonly GazetteerRow[]): CompiledGazetteer {
  const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
  const spellings = new Spellings();
  const entries = assemble(distinct, spellings);
  return {
    version: versionOf(distinct),
    entries: entries.map(({ place, curated, weight }) => ({ place, curated, weight })),
    names: compileNames(entries, spellings),
  };
}

function capitalsOf(entries: readonly Entry[]): ReadonlyMap<string, Place> {
  const capitals = new Map<string, Place>();
  for (const { place } of entries) {
    const known = place.capital === true ? capitals.get(place.country) : place;
    if (known === undefined || (place.capital === true && (place.population ?? 0) > (known.population ?? 0)))
      capitals.set(place.country, place);
  }
  return capitals;
}

/** The gazetteer of what `compileGazetteer` made. */
export function openGazetteer(compiled: CompiledGazetteer): Gazetteer {
  const { version, entries } = compiled;
  const byId = new Map<PlaceId, Place>(entries.map(({ place }) => [place.id, place]));
  const names = new NameIndex(entries, compiled.names);
  const capitals = capitalsOf(entries);
  const get = (id: PlaceId): Place | undefined => byId.get(id);
  const suggestions = new Suggestions(names);
  const complete = (prefix: string, limit: number): readonly Place[] => suggestions.of(prefix, limit);
  return {
    version,
    size: entries.length,
    places: () => entries.map((entry) => entry.place),
    get,
    contains: (container, id) => container === id || get(id)?.within.includes(container) === true,
    match: (tokens) => matchNames(tokens, names),
    demonym: (norm) => names.demonym(norm),
    demonymOf: names.demonymOf,
    capital: (country) => capitals.get(country),
    lookup: (name) => {
      const place = get(placeId(name.trim()));
      return place === undefined
        ? lookupName(names, name, (text) => complete(text, SUGGESTIONS))
        : { kind: 'found', place };
    },
    complete,
  };
}

/** The gazetteer of the base of towns and the tables over it. */
export const buildGazetteer = (rows: readonly GazetteerRow[]): Gazetteer =>
  openGazetteer(compileGazetteer(rows));
