import type { ActorMention } from '../../model/actor.ts';
import type { ActorSpan } from '../../model/reading.ts';
import { isLink, type NounPhrase } from '../syntax/chunk.ts';
import { type Argument, type Clauses, rightSide, skip } from '../syntax/clause.ts';
import { capitalised } from '../syntax/ground.ts';
import type { Context } from './context.ts';
import { partyAhead, partyBefore } from './meant.ts';

/** Whether phrases can be an armed party: they are, they may be (a name nobody knows, a pronoun), they are not. */
export interface Forces {
  readonly are: 'forces' | 'maybe' | 'not';
  readonly actors: readonly ActorMention[];
}

const NOT: Forces = { are: 'not', actors: [] };
const MAYBE: Forces = { are: 'maybe', actors: [] };

export function mention(context: Context, span: ActorSpan): ActorMention {
  const tokens = context.reading.tokens;
  const text = context.reading.body.slice(tokens[span.first]?.start ?? 0, tokens[span.last - 1]?.end ?? 0);
  const name = span.id === undefined ? undefined : context.actors.get(span.id)?.name;
  return { text, ...(span.id !== undefined && { id: span.id }), ...(name !== undefined && { name }) };
}

/** The parties that a phrase names before its head: "the SDF offensive", "a government siege". */
export function ownersIn(context: Context, { np }: Argument): ActorMention[] {
  const spans = [...np.actors, ...np.owners].filter(
    (span) => span.role !== 'speaker' && span.epithet !== 'backer' && span.first <= np.head,
  );
  return spans.sort((a, b) => a.first - b.first).map((span) => mention(context, span));
}

/** The parties among coordinated phrases. */
export function forcesOf(context: Context, clauses: Clauses, list: readonly Argument[], depth = 0): Forces {
  const found = list.map((argument) => forceOf(context, clauses, argument, depth));
  const actors = distinct(found.flatMap((force) => force.actors));
  if (found.some((force) => force.are === 'forces')) return { are: 'forces', actors };
  if (found.some((force) => force.are === 'maybe')) return { are: 'maybe', actors };
  return NOT;
}

export function distinct(actors: readonly ActorMention[]): ActorMention[] {
  return actors.filter(
    (actor, index) =>
      actors.findIndex((other) => (other.name ?? other.text) === (actor.name ?? actor.text)) === index,
  );
}

/** Prepositions that lead from a word for fighters to whose they are. */
const WHOSE = /^(?:of|from|belonging to|including|for|with)$/;

function forceOf(context: Context, clauses: Clauses, argument: Argument, depth: number): Forces {
  const { np, at } = argument;
  const { ground, lexicon } = context;
  const head = ground.tokens[np.head];
  if (head === undefined || depth > 2) return NOT;
  if (np.pronoun) {
    if (!/^(?:it|they|them|themselves|who)$/.test(head.norm)) return MAYBE;
    // "allowed them to leave": who acts by the infinitive.
    const next = clauses.chunks[at + 1];
    const acts = next?.kind === 'vg' && next.form === 'infinitive';
    const back = partyBefore(context, np.first, (head.norm === 'them' && !acts) || givesWay(clauses, at));
    const party = back ?? (head.norm === 'it' ? partyAhead(context, clauses, at) : undefined);
    return party === undefined ? MAYBE : { are: 'forces', actors: [mention(context, party)] };
  }
  const named = ground.actorAt[np.head];
  const span = named ?? ground.ownerAt[np.head];
  const classes = lexicon.nounClasses(head.norm);
  const described = one(context, np) ? describedParty(context, clauses, argument, depth) : undefined;
  if (described !== undefined) return described;
  // "terrorist groups affiliated to the Front": the groups.
  const band = head.norm === 'affiliated' ? np.actors.find(({ last }) => last === np.head) : undefined;
  if (band !== undefined) return { are: 'forces', actors: [mention(context, band)] };
  // "a former al-Qaeda affiliate": whoever that is, it is not al-Qaeda.
  if (named === undefined && KIN.test(head.norm)) return MAYBE;
  // "the army and its allies": the allies are not the army.
  if (/^(?:allies|ally|partners|proxies|backers)$/.test(head.norm))
    return ownersOf(context, clauses, argument, depth) ?? { are: 'forces', actors: [] };
  const owner = ownedBy(context, argument);
  // "ordered his men out of the town"
  if (owner !== undefined && (span?.generic === true || classes.has('troops') || head.norm === 'men'))
    return { are: 'forces', actors: [mention(context, owner)] };
  if (span !== undefined && span.role !== 'speaker') {
    const whose =
      span.generic || named === undefined ? ownersOf(context, clauses, argument, depth) : undefined;
    if (whose !== undefined) return whose;
    const parties = np.actors.filter(
      (actor) => acts(actor) && !isKin(context, actor) && !isPatron(context, actor, np),
    );
    if (parties.length === 0) return { are: 'forces', actors: [mention(context, span)] };
    return { are: 'forces', actors: parties.map((actor) => mention(context, actor)) };
  }
  if (span !== undefined) return NOT;
  // "a group whose members tried to enter": the group.
  const whose = clauses.chunks[skip(clauses.chunks, at - 1, -1)];
  const group = clauses.chunks[skip(clauses.chunks, at - 2, -1)];
  if (classes.has('troops') && isLink(whose, 'relative') && whose.word === 'whose' && group?.kind === 'np')
    return forceOf(context, clauses, { np: group, at: skip(clauses.chunks, at - 2, -1) }, depth + 1);
  if (classes.has('troops') || classes.has('fraction') || np.figures.length > 0) {
    const parties = np.actors.filter((actor) => acts(actor) && !isKin(context, actor));
    if (parties.length > 0) return { are: 'forces', actors: parties.map((actor) => mention(context, actor)) };
    // "an armed terrorist group"
    const owners = /^groups?$/.test(head.norm) ? ownersIn(context, argument) : [];
    if (owners.length > 0) return { are: 'forces', actors: owners };
    for (const { prep, args } of rightSide(clauses, at, false).adjuncts) {
      if (!WHOSE.test(prep)) continue;
      const inner = forcesOf(context, clauses, args, depth + 1);
      if (inner.are === 'forces') return inner;
    }
    // "dozens were killed before the rest fled": the rest of them.
    const rest = /^(?:rest|remainder)$/.test(head.norm) ? partyBefore(context, np.first) : undefined;
    if (rest !== undefined) return { are: 'forces', actors: [mention(context, rest)] };
    return classes.has('troops') ? { are: 'forces', actors: [] } : NOT;
  }
  // "the rebel assault", "Israeli tanks", "Russian claims to have taken the town", "the army's plan to retake it"
  if (
    classes.has('custody') ||
    classes.has('assault') ||
    classes.has('column') ||
    lexicon.nounEffect(head.norm) !== undefined
  ) {
    const owners = ownersIn(context, argument);
    if (owners.length > 0) return { are: 'forces', actors: owners };
  }
  if (classes.size > 0) return NOT;
  if (
    capitalised(head.text) &&
    ground.placeAt[np.head] === undefined &&
    np.last - np.first >= 2 &&
    np.first !== 0
  ) {
    if (namesOperation(context, np)) return MAYBE;
    return {
      are: 'maybe',
      actors: [{ text: ground.body.slice(nameStart(context, np.first, np.head), head.end) }],
    };
  }
  return NOT;
}

/** "the army will fight the rebels until they leave": whom it fights. */
function givesWay({ chunks }: Clauses, at: number): boolean {
  const link = chunks[skip(chunks, at - 1, -1)];
  const verb = chunks[skip(chunks, at + 1)];
  return (
    isLink(link, 'preposition', 'subordinator') &&
    /^(?:until|till|unless)$/.test(link.word) &&
    verb?.kind === 'vg' &&
    /^(?:leave|surrender|withdraw|retreat|flee|pull|quit)$/.test(verb.lemma)
  );
}

const OPERATION = /^(?:operation|campaign|offensive|battle|drive|codenamed|dubbed|called|named)$/;
/** How many tokens around a name tell that it is an operation's: "an operation called the River's Anger". */
const NAME_REACH = 3;

/** "the Anger of the River operation", "a campaign called Spring Storm": nobody who fights. */
const namesOperation = ({ ground: { tokens } }: Context, np: NounPhrase): boolean =>
  tokens
    .slice(Math.max(0, np.first - NAME_REACH), np.last + NAME_REACH + 1)
    .some((token) => OPERATION.test(token.norm));

/** Descents, no deeds: "al-Qaeda's Syrian branch" is not al-Qaeda. */
const KIN = /^(?:affiliates?|affiliated|offshoots?|splinter|branch|franchise)$/;

/** "the PKK's Syrian affiliate PYD", "Al Qaeda affiliate Al Nusra Front": only the last acts. */
function isKin({ ground: { tokens } }: Context, { last }: ActorSpan): boolean {
  const behind = [last, last + 1, last + 2].map((at) => tokens[at]?.norm ?? '');
  return (
    KIN.test(behind[0] ?? '') ||
    (/^(?:syrian|iraqi|local|-|s)$/.test(behind[0] ?? '') && KIN.test(behind[1] ?? ''))
  );
}

/** "backed by Russia's military support Assad's government …": whoever lends support does not act. */
const isPatron = ({ ground: { tokens } }: Context, { last }: ActorSpan, { head }: NounPhrase): boolean =>
  tokens.slice(last, head).some(({ norm }) => /^(?:support|backing|assistance|help)$/.test(norm));

/** Neither a speaker nor the patron of "US-backed fighters". */
const acts = (actor: ActorSpan): boolean => actor.role !== 'speaker' && actor.epithet !== 'backer';

/** "an alliance", "a group". */
const one = ({ ground }: Context, np: NounPhrase): boolean =>
  /^an?$/.test(ground.tokens[np.first]?.norm ?? '') &&
  /^(?:alliance|coalition|group|militia|force|faction|movement|army|offshoot|affiliate|branch|wing|arm|splinter|ally)$/.test(
    ground.tokens[np.head]?.norm ?? '',
  );

/** "the SDF, a US-backed alliance": the party before it; "an alliance of rebels known as the Front": its name. */
function describedParty(
  context: Context,
  clauses: Clauses,
  { at }: Argument,
  depth: number,
): Forces | undefined {
  const { chunks } = clauses;
  let left = skip(chunks, at - 1, -1);
  if (isLink(chunks[left], 'comma')) left = skip(chunks, left - 1, -1);
  const before = chunks[left];
  const party = before?.kind === 'np' ? context.ground.actorAt[before.head] : undefined;
  if (before?.kind === 'np' && party?.role === 'party' && !party.generic)
    return forceOf(context, clauses, { np: before, at: left }, depth + 1);
  const name = nameBehind(context, clauses, at);
  return name && { are: 'forces', actors: [mention(context, name)] };
}

/** "… known as the Army of Conquest". */
function nameBehind({ ground }: Context, { chunks }: Clauses, at: number): ActorSpan | undefined {
  for (let i = at + 1; i < Math.min(chunks.length, at + 10); i += 1) {
    const chunk = chunks[i];
    if (chunk?.kind === 'vg' && !/^(?:know|call|name|dub)$/.test(chunk.lemma)) return undefined;
    if (isLink(chunk, 'preposition') && chunk.word === 'including') return undefined;
    if (chunk?.kind !== 'vg') continue;
    const after = skip(chunks, i + 1);
    const link = chunks[after];
    const np = chunks[isLink(link, 'preposition') && link.word === 'as' ? skip(chunks, after + 1) : after];
    return np?.kind === 'np' ? ground.actorAt[np.head] : undefined;
  }
  return undefined;
}

/** "fighters from the Free Army", "insurgents including the Front": whose they are. */
function ownersOf(context: Context, clauses: Clauses, argument: Argument, depth: number): Forces | undefined {
  for (const { prep, args } of rightSide(clauses, argument.at, false).adjuncts) {
    if (!WHOSE.test(prep) || prep === 'with' || prep === 'for') return undefined;
    const inner = forcesOf(context, clauses, args, depth + 1);
    if (inner.are !== 'forces') continue;
    // "rebels including the Front": the rebels, the Front among them.
    const all = prep === 'including' ? context.ground.actorAt[argument.np.head] : undefined;
    return all === undefined || all.role === 'speaker'
      ? inner
      : { are: 'forces', actors: distinct([mention(context, all), ...inner.actors]) };
  }
  return undefined;
}

/** "their fighters", "its forces": the party named before. */
export const ownedBy = (context: Context, { np }: Argument): ActorSpan | undefined =>
  np.actors.every((actor) => actor.generic) &&
  /^(?:its|their|his)$/.test(context.ground.tokens[np.first]?.norm ?? '')
    ? partyBefore(context, np.first)
    : undefined;

/** Offset at which the capitalised run that ends at `head` starts. */
function nameStart({ ground }: Context, first: number, head: number): number {
  let at = head;
  while (
    at > first &&
    (capitalised(ground.tokens[at - 1]?.text ?? '') ||
      /^(?:al|el|-)$/.test(ground.tokens[at - 1]?.norm ?? ''))
  )
    at -= 1;
  return ground.tokens[at]?.start ?? 0;
}
