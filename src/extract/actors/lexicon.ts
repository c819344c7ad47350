import type { Actor, ActorIndex } from '../../model/actor.ts';
import { actorId, type ActorId } from '../../model/ids.ts';
import type { ActorEntry, ActorFile, ActorWords, GenericEntry } from './schema.ts';
import { normalise } from '../norm.ts';
import { expand, NameTrie } from './trie.ts';

/** What a name in the trie is: how it has to be used to be an actor. */
export type NameUse =
  | {
      readonly use: 'name';
      readonly actor: LexiconActor;
      readonly local: boolean;
      /** It means the actor only where the report also names it in full. */
      readonly echo?: true;
    }
  /** An adjective: an actor before a head word. */
  | { readonly use: 'demonym'; readonly actor: LexiconActor }
  /** The name of its country: an actor as an owner before a head word, "Iraq's forces". */
  | { readonly use: 'country'; readonly actor: LexiconActor }
  /** A person: an actor before a head word, or behind "loyal to". */
  | { readonly use: 'leader'; readonly actor: LexiconActor }
  /** A person who speaks for it. */
  | { readonly use: 'voice'; readonly actor: LexiconActor }
  /** The capital that speaks for it: "Damascus said". A place everywhere else. */
  | { readonly use: 'seat'; readonly actor: LexiconActor }
  | { readonly use: 'modifier'; readonly generic: Generic }
  | { readonly use: 'word'; readonly generic: Generic };

export interface LexiconActor extends Actor {
  readonly countries: readonly string[];
  /** Countries in whose wars it fights without being of them (ISO 3166-1 alpha-2). */
  readonly theatres: readonly string[];
  readonly tags: ReadonlySet<string>;
  /** The name ACLED codes it by. */
  readonly code?: string;
}

export interface Generic {
  readonly id: string;
  /** The bloc that it is where nothing known stands for it; absent for "the group". */
  readonly bloc?: ActorId;
  readonly role: string;
  readonly tags: ReadonlySet<string>;
  readonly notBefore: readonly (readonly string[])[];
  readonly notAfter: ReadonlySet<string>;
}

/** Words around names, of all languages loaded. */
export interface WordSets {
  readonly armies: ReadonlySet<string>;
  readonly heads: ReadonlySet<string>;
  readonly tails: ReadonlySet<string>;
  readonly fillers: ReadonlySet<string>;
  readonly holders: ReadonlySet<string>;
  readonly backers: ReadonlySet<string>;
  readonly compounds: ReadonlySet<string>;
}

/** All actors by id, by name and by the generic words for them. */
export interface ActorLexicon extends ActorIndex {
  get(id: ActorId): LexiconActor | undefined;
  readonly names: NameTrie<NameUse>;
  readonly words: WordSets;
  /** What a role ("government", "rebels") stands for in a country (ISO 3166-1 alpha-2). */
  role(country: string, role: string): ActorId | undefined;
}

function actorOf(entry: ActorEntry): LexiconActor {
  const alignment = entry.alignment ?? (entry.kind === 'party' ? entry.id : undefined);
  return {
    id: actorId(entry.id),
    name: entry.name,
    kind: entry.kind,
    parents: entry.parents.map(actorId),
    allies: entry.allies.map(actorId),
    countries: entry.countries,
    theatres: entry.theatres,
    tags: new Set(entry.tags),
    ...(alignment === undefined ? {} : { alignment: actorId(alignment) }),
    ...(entry.reliability === undefined ? {} : { reliability: entry.reliability }),
    ...(entry.valid.to === undefined ? {} : { validTo: entry.valid.to }),
    ...(entry.becomes === undefined ? {} : { becomes: actorId(entry.becomes) }),
    ...(entry.code === undefined ? {} : { code: entry.code }),
  };
}

const blocOf = (id: ActorId, entry: GenericEntry): LexiconActor => ({
  id,
  name: entry.name,
  kind: 'bloc',
  parents: [],
  allies: [],
  countries: [],
  theatres: [],
  tags: new Set(entry.tags),
  generic: true,
});

const genericOf = (entry: GenericEntry): Generic => ({
  id: entry.id,
  ...(entry.role === 'none' ? {} : { bloc: actorId(entry.bloc ?? entry.id) }),
  role: entry.role,
  tags: new Set(entry.tags),
  notBefore: entry.not_before.map((phrase) => phrase.split(' ').map(normalise)),
  notAfter: new Set(entry.not_after.map(normalise)),
});

function addNames(names: NameTrie<NameUse>, entry: ActorEntry, actor: LexiconActor): void {
  for (const alias of entry.aliases) names.add(alias, { use: 'name', actor, local: false });
  for (const alias of entry.local) names.add(alias, { use: 'name', actor, local: true });
  for (const alias of entry.echoes) names.add(alias, { use: 'name', actor, local: true, echo: true });
  for (const demonym of entry.demonyms) names.add(demonym, { use: 'demonym', actor });
  for (const voice of entry.voices) names.add(voice, { use: 'voice', actor });
  for (const seat of entry.seats) names.add(seat, { use: 'seat', actor });
  for (const leader of entry.leaders)
    for (const title of ['', 'president ', 'general ', 'field marshal ', 'syrian president '])
      names.add(title + leader, { use: 'leader', actor });
}

const COUNTRIES = new Intl.DisplayNames(['en'], { type: 'region' });

/** Builds the index over one actor file and the actor words of any number of languages. */
export function buildActors(file: ActorFile, languages: readonly ActorWords[]): ActorLexicon {
  const names = new NameTrie<NameUse>();
  const byId = new Map<ActorId, LexiconActor>();
  for (const entry of file.actors) {
    const actor = actorOf(entry);
    byId.set(actor.id, actor);
    addNames(names, entry, actor);
  }
  for (const [country, { government }] of Object.entries(file.roles)) {
    const actor = government === undefined ? undefined : byId.get(actorId(government));
    const name = COUNTRIES.of(country);
    if (actor !== undefined && name !== undefined)
      names.add(name.replace(/ \(.*\)/, ''), { use: 'country', actor });
  }
  for (const entry of languages.flatMap((language) => language.generics)) {
    const generic = genericOf(entry);
    if (generic.bloc !== undefined && !byId.has(generic.bloc))
      byId.set(generic.bloc, blocOf(generic.bloc, entry));
    for (const modifier of entry.modifiers) names.add(modifier, { use: 'modifier', generic });
    for (const word of entry.words) names.add(word, { use: 'word', generic });
  }
  const all = (key: keyof WordSets): ReadonlySet<string> =>
    new Set(languages.flatMap((language) => language[key].flatMap(expand).map(normalise)));
  return {
    get: (id) => byId.get(id),
    names,
    words: {
      armies: all('armies'),
      heads: all('heads'),
      tails: all('tails'),
      fillers: all('fillers'),
      holders: all('holders'),
      backers: all('backers'),
      compounds: all('compounds'),
    },
    role: (country, role) => {
      const id = file.roles[country]?.[role];
      return id === undefined ? undefined : actorId(id);
    },
  };
}
