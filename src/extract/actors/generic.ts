import type { ActorId } from '../../model/ids.ts';
import type { ActorSpan, Token } from '../../model/reading.ts';
import type { ActorLexicon, Generic } from './lexicon.ts';

/** How many sentences back "the extremists" may point. */
const REACH = 6;
/** Words that a side has for all its enemies: they mean one of them only where no other is named. */
const ANYBODY = /^(?:terrorists|militants)$/;
const DEFINITE = new Set(['the', 'these', 'those', 'this', 'that']);

function genericAt(tokens: readonly Token[], span: ActorSpan, lexicon: ActorLexicon): Generic | undefined {
  for (const value of lexicon.names.match(tokens, span.first)?.values ?? [])
    if (value.use === 'modifier' || value.use === 'word') return value.generic;
  return undefined;
}

/** The first mention of each party that a report names. */
export function partiesNamed(spans: readonly ActorSpan[], tokens: readonly Token[]): ActorSpan[] {
  const first = new Map<ActorId, ActorSpan>();
  for (const span of spans)
    if (!span.generic && span.role === 'party' && span.id !== undefined && !first.has(span.id))
      if (!isKin(tokens, span)) first.set(span.id, span);
  return [...first.values()];
}

/**
 * Whom a generic word means inside its report: the last party named before it that fits ("the extremists" after ISIS,
 * "the group" after any group), within six sentences. Only definite words point back; "militants" without an article
 * stay a bloc. `undefined`: nobody fits, or it needs no resolution.
 * @param spans all actors of the report, in text order
 * @param named `partiesNamed` of them
 */
export function resolveGeneric(
  span: ActorSpan,
  spans: readonly ActorSpan[],
  tokens: readonly Token[],
  lexicon: ActorLexicon,
  named: readonly ActorSpan[] = partiesNamed(spans, tokens),
): ActorId | undefined {
  if (!span.generic) return undefined;
  const generic = genericAt(tokens, span, lexicon);
  if (generic === undefined) return undefined;
  const first = tokens[span.first];
  const definite = DEFINITE.has(first?.norm ?? '') || DEFINITE.has(tokens[span.first - 1]?.norm ?? '');
  // A role that the country fills ("the army") means that party and points to nobody else.
  if (!definite || first === undefined || span.role === 'party') return undefined;
  const meant = (earlier: ActorSpan): boolean => fits(earlier, generic, lexicon) && !isKin(tokens, earlier);
  if (ANYBODY.test(generic.role) && named.filter(meant).length > 1) return undefined;
  for (let i = indexBefore(spans, span.first); i >= 0; i -= 1) {
    const earlier = spans[i];
    if (earlier === undefined || first.sentence - (tokens[earlier.first]?.sentence ?? 0) > REACH)
      return undefined;
    if (meant(earlier)) return earlier.id;
  }
  return undefined;
}

/** "an al-Qaeda offshoot", "the al-Qaeda-linked group": a name that only tells where another comes from. */
const isKin = (tokens: readonly Token[], span: ActorSpan): boolean =>
  tokens
    .slice(span.last, span.last + 2)
    .some((token) =>
      /^(?:affiliates?|offshoots?|splinter|branch|linked|inspired|breakaway)$/.test(token.norm),
    );

function fits(span: ActorSpan, generic: Generic, lexicon: ActorLexicon): boolean {
  if (span.generic || span.role !== 'party' || span.id === undefined) return false;
  const tags = lexicon.get(span.id)?.tags;
  return tags !== undefined && [...generic.tags].some((tag) => tags.has(tag));
}

/** Index of the last span that ends at or before the token; -1 when none does. */
function indexBefore(spans: readonly ActorSpan[], token: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.last ?? Infinity) <= token) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
