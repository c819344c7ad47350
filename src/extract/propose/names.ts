import { kindsOf } from '../../gazetteer/words.ts';
import type { PlaceMention } from '../../model/place.ts';
import { isLink, type NounPhrase } from '../syntax/chunk.ts';
import { type Adjunct, type Clauses, reduced, rightSide, skip } from '../syntax/clause.ts';
import { capitalised } from '../syntax/ground.ts';
import { sameId, topicBefore } from './anaphora.ts';
import { COUNT } from './groups.ts';
import type { Context } from './context.ts';
import { AROUND, found, type Scene, type Where } from './where.ts';

const NUMBER_WORD =
  /^(?:six|seven|eight|nine|ten|eleven|twelve|several|many|various|dozens?|hundreds?|thousands?)$/;
const PARTLY =
  /^(?:parts?|areas|districts|neighbou?rhoods|suburbs|countryside|outskirts|eastern|western|northern|southern|rural|half|positions|villages|towns|edges?)$/;

/** "14 villages", "three towns", "dozens of". */
export function isCounted({ ground: { tokens } }: Context, np: NounPhrase): boolean {
  return tokens
    .slice(np.first, np.head)
    .some(({ kind, norm }) => kind === 'number' || COUNT[norm] !== undefined || NUMBER_WORD.test(norm));
}

/** Names in one phrase: "Syria's Raqqa" is Raqqa; "Nebabile Zahra" are two. */
export function named(context: Context, np: NounPhrase): Where {
  const free = np.places.filter((span) => context.ground.actorAt[span.last - 1] === undefined);
  const spans = free.length > 0 ? free : np.places;
  const kept = spans.filter(
    (span) =>
      !spans.some(
        (other) => other !== span && !sameId(other, span) && context.contains(span.mention, other.mention),
      ),
  );
  const use = kept.length > 0 ? kept : spans;
  const partly = context.ground.tokens
    .slice(np.first, np.last)
    .some(
      ({ norm, index }) =>
        PARTLY.test(norm) &&
        context.ground.placeAt[index]?.mention.name?.toLowerCase().includes(norm) !== true &&
        !(index === np.head && endsList(context, np, norm)),
    );
  return found(
    use.map((span) => span.mention),
    'named',
    partly || use.some((span) => span.part !== undefined),
  );
}

/** "Qadam and Tadamon neighborhoods": the kind of the places that are listed, not parts of them. */
function endsList({ ground: { tokens } }: Context, { first, places }: NounPhrase, word: string): boolean {
  const kinds = kindsOf(word);
  const isOne = places.every(
    ({ mention: { kind } }) => kind === undefined || kinds?.kinds.includes(kind) === true,
  );
  return kinds?.plural === true && isOne && /^(?:and|&|,)$/.test(tokens[first - 1]?.norm ?? '');
}

/** "Qamishli airport" as a gazetteer name covers the kind word; "a Homs checkpoint" only lies in Homs. */
export function coversHead({ ground }: Context, place: PlaceMention | undefined, np: NounPhrase): boolean {
  const head = ground.tokens[np.head];
  if (place === undefined || head === undefined) return false;
  // "al-Balaq mountain" is that mountain; "a Homs checkpoint" is no city.
  const kinds = kindsOf(head.norm)?.kinds ?? [];
  if (
    place.kind !== undefined &&
    (place.id === undefined ? kinds[0] === place.kind : kinds.includes(place.kind))
  )
    return true;
  const kind = /airport|base|camp|field|dam|crossing|road|square|mountain|hill/i;
  return place.end >= head.end || kind.test(place.name ?? place.text);
}

/** "the 21st Infantry Division": troops, and no place. */
const UNIT = /^(?:divisions?|brigades?|battalions?|regiments?|corps|companies|company|command|squadrons?)$/;
const BASE_KIND = /^(?:air|army|military|naval|navy)$/;
const PARTICLE = /^(?:al|el|as|ar|an|ad|ash|at|az|ez|es|de|da|do|dos|del|la|abu|umm|bin|[ei]|ul|u)$/;

/** Words with a capital that are no place's name: faiths and peoples, and what headlines and page furniture capitalise. */
const NO_NAME =
  /^(?:shiite|shia|sunni|alawite|druze|christian|muslim|islamic|yazidi|kurdish|arab|turkmen|assyrian|terrorists?|militants?|rebels?|according|double|disguised|framework|project|housing|youtube|twitter|facebook|photo|video|watch|read|related|breaking|update|exclusive|analysis|opinion|eid|ramadan|christmas|easter|nowruz|ashura)$/;

/** A capital, behind an article that was glued to it, too: "alKhadar". */
const startsName = (text: string): boolean => capitalised(text) || /^(?:a[ldnrstz]|ash|el)\p{Lu}/u.test(text);

/** Capitalised words before token `end` that the gazetteer does not know, used as a place. */
export function unknownName({ context, np, adjuncts, inner }: Scene, end: number): Where | undefined {
  const { tokens, lexicon, placeAt, ownerAt, actorAt } = context.ground;
  // "Passengers were evacuated": a capital that only opens the sentence.
  const opens = tokens[np.first - 1]?.sentence !== tokens[np.first]?.sentence;
  if (opens && np.last - np.first === 1 && (tokens[np.first]?.norm ?? '').endsWith('s')) return undefined;
  const isName = (at: number): boolean => {
    const token = tokens[at];
    if (token === undefined || at < np.first) return false;
    // "has taken Kutum, Karim Saleh said": the name of who says so.
    if (context.speaks(at)) return false;
    if (token.text === '-') return at > np.first;
    if (PARTICLE.test(token.norm)) return true;
    if (COUNT[token.norm] !== undefined || NUMBER_WORD.test(token.norm)) return false;
    if (NO_NAME.test(token.norm)) return false;
    if (ownerAt[at] !== undefined || actorAt[at] !== undefined || placeAt[at] !== undefined) return false;
    // "From Besieged Towns", in a headline.
    if (/(?:ed|ing)$/.test(token.norm) && lexicon.verb(token.norm) !== undefined) return false;
    return startsName(token.text) && !lexicon.wordClasses(token.norm).has('determiner');
  };
  // "Bagram air base": what kind of base, behind its name.
  let name = end;
  while (
    name > np.first &&
    BASE_KIND.test(tokens[name - 1]?.norm ?? '') &&
    !startsName(tokens[name - 1]?.text ?? '')
  )
    name -= 1;
  let first = name;
  while (isName(first - 1)) first -= 1;
  if (name < end && context.demonym(tokens[name - 1]?.norm ?? '') !== undefined) return undefined;
  if (first >= name || !startsName(tokens[name - 1]?.text ?? '')) return undefined;
  // "An area south of the town": an article that opens the sentence, not "An Nabk".
  if (tokens.slice(first, name).every(({ norm }) => PARTICLE.test(norm))) return undefined;
  if (UNIT.test(tokens[np.head]?.norm ?? '')) return undefined;
  const around = adjuncts.find(({ prep }) => AROUND.test(prep) && !/^(?:from|to)$/.test(prep));
  const container =
    (around && inner(around)?.places[0]) ?? np.places[0]?.mention ?? topicBefore(context, np.first)?.mention;
  return found([context.provisional({ first, last: name }, container)], 'provisional');
}

/** Verbs that say where a thing lies: "the roads leading to Tabqa", "an area extending between A and B". */
const LIES =
  /^(?:lead|link|connect|surround|overlook|border|extend|stretch|locate|situate|lie|spread|run|adjoin|neighbor|neighbour|pass)$/;

/** What a participle or a relative clause right behind the noun phrase says of where it lies. */
export function clauseAround(clauses: Clauses, at: number): readonly Adjunct[] {
  const { chunks } = clauses;
  let i = skip(chunks, at + 1);
  if (isLink(chunks[i], 'relative', 'complementizer')) i = skip(chunks, i + 1);
  // "areas rebels control in the north of X", "a village that the army took near X"
  const inside = chunks[i]?.kind === 'np';
  if (inside) i = skip(chunks, i + 1);
  const verb = chunks[i];
  if (verb?.kind !== 'vg') return [];
  // "a village held by the group in the north of X"
  if (reduced(clauses, i)) return rightSide(clauses, i, false).adjuncts.filter(({ prep }) => prep !== 'by');
  const { objects, adjuncts } = rightSide(clauses, i, true);
  if (inside && objects.length === 0) return adjuncts;
  if (!LIES.test(verb.lemma)) return [];
  return objects.length > 0 ? [{ prep: 'along', args: objects }, ...adjuncts] : adjuncts;
}

/** "three villages, from north to south: A, B and C", "three villages – A and B –". */
export function listedBehind({ clauses: { chunks }, end, resolve }: Scene): readonly PlaceMention[] {
  const mark = chunks[end];
  if (!isLink(mark, 'break') || !/^(?:[-–—:]|--)$/.test(mark.word)) return [];
  const list: PlaceMention[] = [];
  for (let i = end + 1; i < chunks.length; i += 1) {
    const chunk = chunks[i];
    if (isLink(chunk, 'conjunction', 'comma') || chunk?.kind === 'aside') continue;
    if (chunk?.kind !== 'np') break;
    const where = resolve({ np: chunk, at: i }, { provisional: true, topic: false });
    if (where === undefined) break;
    list.push(...where.places);
  }
  return list;
}

/** "its last bastion in the region, the town of Yabrud": the name behind the description. */
export function apposed({ context, clauses: { chunks }, end, resolve }: Scene): Where | undefined {
  const at = isLink(chunks[end], 'comma') ? end + 1 : end;
  const np = chunks[at];
  if (np?.kind !== 'np' || np.pronoun || np.actors.length > 0) return undefined;
  const classes = context.lexicon.nounClasses(context.ground.tokens[np.head]?.norm ?? '');
  if (np.places.length === 0 && !classes.has('settlement') && !classes.has('site')) return undefined;
  if (chunks[skip(chunks, at + 1)]?.kind === 'vg') return undefined;
  const where = resolve({ np, at }, { provisional: false, topic: false });
  return where?.how === 'named' ? where : undefined;
}
