import type { TokenSpan } from '../../model/reading.ts';
import type { Chunk, NounPhrase } from './chunk.ts';
import { capitalised, classesAt, type Ground, nounsAt } from './ground.ts';

const NO_SPANS: readonly never[] = [];

/** The marks that cover tokens of a phrase, each once; most phrases have none. */
function within<T extends TokenSpan>(
  at: readonly (T | undefined)[],
  first: number,
  last: number,
): readonly T[] {
  let found: T[] | undefined;
  for (let i = first; i < last; i += 1) {
    const span = at[i];
    if (span === undefined || found?.includes(span) === true) continue;
    if (found === undefined) found = [span];
    else found.push(span);
  }
  return found ?? NO_SPANS;
}

const DEFINITE: ReadonlySet<string> = new Set('the this that these those its their his her'.split(' '));

export function nounPhrase(ground: Ground, first: number, last: number): NounPhrase {
  const { tokens } = ground;
  let head = last - 1;
  while (
    head > first &&
    (tokens[head]?.kind === 'mark' ||
      (tokens[head]?.kind === 'number' && tokens[head - 1]?.kind === 'word') ||
      classesAt(ground, head).has('adverb') ||
      isParticle(ground, head))
  )
    head -= 1;
  return {
    kind: 'np',
    first,
    last,
    head,
    places: within(ground.placeAt, first, last),
    actors: within(ground.actorAt, first, last),
    owners: within(ground.ownerAt, first, last),
    figures: within(ground.figureAt, first, last),
    pronoun: isPronoun(ground, first) && head === first,
    definite: DEFINITE.has(tokens[first]?.norm ?? ''),
  };
}

/** "took the town back": the verb's, behind its object. */
const isParticle = (ground: Ground, at: number): boolean =>
  ground.tokens[at]?.norm === 'back' &&
  (ground.placeAt[at - 1] !== undefined || nounsAt(ground, at - 1).size > 0);

/** A quotation mark right behind a determiner, or before the noun that the quoted words describe. */
export function insideQuote(ground: Ground, at: number, open: number): boolean {
  const { tokens } = ground;
  if (!QUOTE.test(tokens[at]?.text ?? '')) return false;
  const before = classesAt(ground, at - 1);
  if (open === at - 1 && (before.has('determiner') || before.has('possessive'))) return true;
  const opened = tokens.slice(Math.max(0, open - 1), at).some((token) => QUOTE.test(token.text));
  return opened && nounsAt(ground, at + 1).size > 0;
}

const QUOTE = /^["“”„«»'‘’]$/;

/** "control Damascus rebels often fire": behind a verb and a bare place a party opens a clause of its own. */
export function startsParty(
  { actorAt, placeAt, tokens, lexicon }: Ground,
  at: number,
  open: number,
  chunks: readonly Chunk[],
): boolean {
  if (actorAt[at]?.first !== at || at === open) return false;
  const place = placeAt[at - 1];
  const left = chunks.at(-1);
  // "killed in Idlib Syrian army regains": without its comma.
  const leads = left?.kind === 'vg' || (left?.kind === 'link' && left.word === 'in');
  if (place?.first === open && place.last === at && leads) return true;
  // "the areas rebels control": who acts in a relative clause without a pronoun.
  const before = tokens[at - 1];
  const classes = lexicon.nounClasses(before?.norm ?? '');
  return (
    !capitalised(before?.text ?? '') &&
    (classes.has('settlement') || classes.has('site')) &&
    !classes.has('troops')
  );
}

/** "the town SOHR said": a speaker's name right behind a noun is no part of it, the comma got lost. */
export function startsSpeaker(ground: Ground, at: number): boolean {
  const actor = ground.actorAt[at];
  if (actor?.first !== at || actor.role !== 'speaker') return false;
  const classes = nounsAt(ground, at - 1);
  return classes.has('settlement') || classes.has('site');
}

/** "took back the village two days after it fell": how long after is no part of what was taken. */
export function startsMeasure(ground: Ground, at: number, open: number): boolean {
  const { tokens } = ground;
  const token = tokens[at];
  if (at === open || !(token?.kind === 'number' || MEASURES.test(token?.norm ?? ''))) return false;
  return (
    /^(?:hours?|days?|weeks?|months?|years?)$/.test(tokens[at + 1]?.norm ?? '') &&
    /^(?:after|before|later|earlier|ago)$/.test(tokens[at + 2]?.norm ?? '') &&
    (ground.placeAt[at - 1] !== undefined || nounsAt(ground, at - 1).size > 0)
  );
}

const MEASURES = /^(?:one|two|three|four|five|six|seven|eight|nine|ten|several|some|few)$/;

const TIME = /^(?:minutes|hours|days|weeks|months|years)$/;
const EARLIER = /^(?:before|after|later|earlier)$/;

/** Whether the word at `at` cannot belong to the open phrase: a new determiner or a pronoun. */
export function startsNew(ground: Ground, at: number, open: number): boolean {
  const { actorAt, placeAt, tokens } = ground;
  const classes = classesAt(ground, at);
  // "left the town of A hours before it fell"
  if (
    placeAt[at - 1] !== undefined &&
    TIME.test(tokens[at]?.norm ?? '') &&
    EARLIER.test(tokens[at + 1]?.norm ?? '')
  )
    return true;
  if (!classes.has('determiner') && !classes.has('pronoun')) {
    // "the city Syrian troops": an actor that follows a place without a blank word between them opens its own phrase.
    const pronoun = isPronoun(ground, open) && open === at - 1;
    return (
      pronoun &&
      !classesAt(ground, open).has('determiner') &&
      (actorAt[at] !== undefined || placeAt[at] === undefined)
    );
  }
  const previous = classesAt(ground, at - 1);
  // "all the towns", "half the city"
  return !(previous.has('determiner') || nounsAt(ground, at - 1).has('fraction'));
}

/** "US" is spelt like "us" and is none. */
export const isPronoun = (ground: Ground, at: number): boolean =>
  classesAt(ground, at).has('pronoun') &&
  ground.actorAt[at] === undefined &&
  ground.placeAt[at] === undefined &&
  ground.tokens[at]?.text !== 'US';
