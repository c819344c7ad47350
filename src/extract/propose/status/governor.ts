import type { EffectEntry } from '../../lexicon/entries.ts';
import { isLink, type VerbGroup } from '../../syntax/chunk.ts';
import { type Clauses, skip } from '../../syntax/clause.ts';
import type { Context } from '../context.ts';
import { BY_EFFECT, effectOf, type Verdict } from '../verdict.ts';

/** The status of another verb group of the sentence, one step further out. */
export type StatusAt = (at: number) => Verdict;

export function nounEffectAt(
  { ground, lexicon }: Context,
  { chunks }: Clauses,
  at: number,
): EffectEntry | undefined {
  const np = chunks[at];
  if (np?.kind !== 'np') return undefined;
  // "rumours spread that": the second word can be a noun too.
  const [head, first] = [np.head, np.first].map((token) => ground.tokens[token]?.norm ?? '');
  const named = lexicon.nounEffect(head ?? '') ?? lexicon.adjectiveEffect(head ?? '');
  return named ?? (np.last - np.first === 2 ? lexicon.nounEffect(first ?? '') : undefined);
}

const ENABLES = /^(?:enable|allow|let|permit|help)$/;

const PREVENTS = /^(?:stop|prevent|halt|avert|forestall|block|avoid|deter|repel|foil|thwart)$/;

/** "failed to stop the fall of the town", "did not prevent it": it came about all the same. */
const isInVain = ({ negated, modal }: VerbGroup, outer: Verdict['is']): boolean =>
  outer === 'failed' || (negated && (modal === undefined || /^could(?:nt)?$/.test(modal)));

export function apply(
  clauses: Clauses,
  mine: Verdict,
  entry: EffectEntry,
  at: number,
  statusAt: StatusAt,
): Verdict {
  const governor = clauses.chunks[at];
  let is = BY_EFFECT[entry.effect](mine);
  const why = [...mine.why, entry.id];
  const speech = entry.effect === 'say' || entry.effect === 'denied' ? [...mine.speech, at] : mine.speech;
  if (governor?.kind !== 'vg') return { ...mine, is, why, speech };
  // "will not allow the town to fall": what somebody means to see to, not what failed.
  if (governor.negated && ENABLES.test(governor.lemma) && governor.modal !== undefined)
    return { ...mine, is: 'void', why, speech };
  if (governor.negated && (entry.effect === 'real' || entry.effect === 'begun')) is = 'failed';
  // "has not tried to retake it", "did not agree to leave": nothing comes of it.
  else if (governor.negated && (entry.effect === 'say' || entry.effect === 'open')) is = 'void';
  // "a deal allowing them to leave": they may.
  else if (
    ENABLES.test(governor.lemma) &&
    governor.form === 'gerund' &&
    !governor.progressive &&
    is === 'happened'
  )
    is = 'open';
  // "the gain enables troops to besiege the city": they may now, nothing says that they do.
  else if (
    ENABLES.test(governor.lemma) &&
    governor.form === 'present' &&
    !governor.perfect &&
    is === 'happened'
  )
    is = 'void';
  const above = statusAt(at);
  const outer = above.is;
  if (entry.effect === 'say' || entry.effect === 'denied') {
    // "may have said", "if they say": nothing is said.
    return { ...mine, is: outer === 'void' ? 'void' : is, why, speech: [...speech, ...above.speech] };
  }
  if (entry.effect === 'failed' && PREVENTS.test(governor.lemma) && isInVain(governor, outer)) is = mine.is;
  else if (outer === 'void' || outer === 'denied' || outer === 'failed') is = outer;
  // "bombed them to prevent them from advancing": neither came about yet.
  else if (outer === 'open' && entry.effect === 'failed') is = 'void';
  else if (outer === 'open' && is !== 'failed') is = 'open';
  // "are being forced to return"
  else if (outer === 'ongoing' && is === 'happened' && governor.passive) is = 'ongoing';
  return { ...mine, is, why: [...why, ...above.why], speech: [...speech, ...above.speech], present: false };
}

/** The verb whose object (or copula complement) the noun phrase at `at` is. */
export function verbOfObject({ chunks }: Clauses, at: number): number {
  let left = skip(chunks, at - 1, -1);
  // "rejected as false a claim that …"
  const as = chunks[left - 1];
  if (chunks[left]?.kind === 'np' && isLink(as, 'preposition') && as.word === 'as')
    left = skip(chunks, left - 2, -1);
  if (chunks[left]?.kind === 'vg') return left;
  if (isLink(chunks[left], 'preposition')) {
    const above = skip(chunks, left - 1, -1);
    if (chunks[above]?.kind === 'vg') return above;
  }
  return -1;
}

/** "repelled an attempt to", "abandoned plans to", "succeeded in its bid to": the verb above has the last word. */
export function combineAbove(
  context: Context,
  clauses: Clauses,
  mine: Verdict,
  at: number,
  statusAt: StatusAt,
): Verdict {
  const governor = clauses.chunks[at];
  if (governor?.kind !== 'vg') return mine;
  const entry = effectOf(context, governor);
  const above = statusAt(at);
  let is = mine.is;
  if (entry?.effect === 'failed') is = 'failed';
  // "have not fulfilled their pledge to lift the siege"
  else if (entry?.effect === 'real' && governor.negated) is = 'failed';
  // "rejected a demand to withdraw": it is not denied, it does not come about.
  else if (entry?.effect === 'denied' && mine.is === 'open' && governor.lemma === 'reject') is = 'failed';
  else if (entry?.effect === 'denied') is = 'denied';
  else if (entry?.id === 'succeed') is = above.is;
  // "paves the way for troops to enter": nothing says that they do.
  else if (/^(?:pave|open|clear)$/.test(governor.lemma)) is = 'void';
  if (above.is === 'void' || above.is === 'failed') is = above.is;
  // "would be able to leave"
  else if (above.is === 'open' && is === 'happened') is = 'open';
  return {
    ...mine,
    is,
    speech: above.speech,
    why: [...mine.why, ...(entry === undefined ? [] : [entry.id]), ...above.why],
  };
}

/** "rejected claims that …", "there are no reports of …", "reports that … were denied": the word around the noun. */
export function aboveNoun(
  context: Context,
  clauses: Clauses,
  mine: Verdict,
  at: number,
  statusAt: StatusAt,
): Verdict {
  const np = clauses.chunks[at];
  if (np?.kind === 'np' && /^(?:no|false|unconfirmed)$/.test(context.ground.tokens[np.first]?.norm ?? ''))
    return { ...mine, is: 'void', why: [...mine.why, 'no word'] };
  // "ended without agreement on a truce"
  const left = skip(clauses.chunks, at - 1, -1);
  const link = clauses.chunks[left];
  // "no confirmation of reports that …"
  const holder = isLink(link, 'preposition') && link.word === 'of' ? clauses.chunks[left - 1] : undefined;
  if (holder?.kind === 'np' && context.ground.tokens[holder.first]?.norm === 'no')
    return { ...mine, is: 'void', why: [...mine.why, 'no word'] };
  if (isLink(link, 'preposition') && link.word === 'without')
    return { ...mine, is: 'void', why: [...mine.why, 'without'] };
  const verb = verbOfObject(clauses, at);
  const above = clauses.chunks[verb];
  // "it is not true that …"
  if (above?.kind === 'vg' && above.lemma === 'be' && above.negated)
    return { ...mine, is: 'void', why: [...mine.why, 'not'] };
  return verb < 0 ? mine : combineAbove(context, clauses, mine, verb, statusAt);
}
