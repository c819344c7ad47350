import { type Chunk, isFinite, isLink } from '../syntax/chunk.ts';
import { type Clauses, reduced, skip } from '../syntax/clause.ts';
import { seen } from '../syntax/seen.ts';
import type { Context } from './context.ts';
import { clauseStart, dependsOn, inverted, sharedInfinitive } from './status/clause.ts';
import { gerund } from './status/gerund.ts';
import { aboveNoun, apply, nounEffectAt, type StatusAt } from './status/governor.ts';
import { infinitive } from './status/infinitive.ts';
import { effectOf, own, type Verdict, verdict } from './verdict.ts';

const DEPTH = 6;

/** Status of the verb group at `at`, from its own words and all that governs it. */
export function statusOf(context: Context, clauses: Clauses, at: number, depth = 0): Verdict {
  const group = clauses.chunks[at];
  if (group?.kind !== 'vg' || depth > DEPTH) return verdict('void', 'no verb');
  const statusAt = (other: number): Verdict => statusOf(context, clauses, other, depth + 1);
  if (group.form === 'infinitive') return infinitive(context, clauses, at, statusAt);
  if (group.form === 'gerund' && !group.progressive) return gerund(context, clauses, at, statusAt);
  const mine = own(group);
  if (reduced(clauses, at)) return mine;
  if (inverted(clauses, at)) return { ...mine, is: 'void', why: [...mine.why, 'had'] };
  if (mine.is === 'open' && dependsOn(clauses, at)) return { ...mine, is: 'void', why: [...mine.why, 'if'] };
  const object = seen(clauses, at);
  if (object !== undefined) return statusAt(object.by);
  const shared = sharedInfinitive(clauses, at, group);
  if (shared >= 0) return statusAt(shared);
  return under(context, clauses, mine, clauseStart(clauses, at), statusAt, at);
}

const isPast = (chunk: Chunk | undefined): boolean =>
  chunk?.kind === 'vg' && chunk.form === 'past' && chunk.modal === undefined;

/** Whether the next verb says what would be. */
function wouldFollow({ chunks }: Clauses, at: number): boolean {
  const next = chunks.find((chunk, i) => i > at && (chunk.kind === 'vg' || isLink(chunk, 'break')));
  return next?.kind === 'vg' && next.modal === 'would';
}

/** Whether what the clause before `at` tells is still to come. */
function comesAfter({ chunks }: Clauses, at: number): boolean {
  const main = chunks.slice(0, at).findLast((chunk) => chunk.kind === 'vg' && isFinite(chunk));
  return main?.kind === 'vg' && /^(?:will|would|shall|could|may|might)$/.test(main.modal ?? '');
}

/** Whether the verb before `at` puts an end to who or what would go on. */
function isStopped({ chunks }: Clauses, at: number, start: number): boolean {
  const who = chunks[start];
  if (who?.kind !== 'np' || !who.pronoun) return false;
  const verb = chunks.slice(0, at).findLast(({ kind }) => kind === 'vg');
  return verb?.kind === 'vg' && !verb.negated && STOPS.test(verb.lemma);
}

const STOPS =
  /^(?:destroy|kill|stop|intercept|arrest|repel|shoot|foil|thwart|blow|defuse|neutralise|neutralize)$/;

/** Applies what stands before the clause that starts at `start`: "said that", "if", "denied that". */
function under(
  context: Context,
  clauses: Clauses,
  mine: Verdict,
  start: number,
  statusAt: StatusAt,
  at: number,
): Verdict {
  const { chunks } = clauses;
  let i = skip(chunks, start - 1, -1);
  const link = chunks[i];
  if (isLink(link, 'condition')) return { ...mine, is: 'void', why: [...mine.why, link.word] };
  if (isLink(link, 'subordinator')) {
    // "when the town falls", "that when the town fell it would be spared", "will be tried once the town has fallen"
    const toCome = mine.present || (isPast(chunks[at]) && wouldFollow(clauses, at)) || comesAfter(clauses, i);
    if (/^(?:when|once)$/.test(link.word) && toCome)
      return { ...mine, is: 'void', why: [...mine.why, `${link.word} … would`] };
    if (link.word === 'whether') return { ...mine, is: 'void', why: [...mine.why, link.word] };
    return mine;
  }
  if (isLink(link, 'relative')) return mine;
  // "the car was destroyed before it entered": it never did.
  if (isLink(link, 'preposition', 'subordinator') && link.word === 'before' && isStopped(clauses, i, start))
    return { ...mine, is: 'void', why: [...mine.why, 'before'] };
  // "ruled out a truce before its rival leaves the city"
  if (
    isLink(link, 'preposition', 'subordinator') &&
    link.word === 'before' &&
    mine.present &&
    chunks.slice(0, i).some(isPast)
  )
    return { ...mine, is: 'open', why: [...mine.why, link.word] };
  // "until they are driven out" is still to come, "until the army took it" is past.
  if (isLink(link, 'preposition') && /^(?:until|till)$/.test(link.word) && !isPast(chunks[at]))
    return { ...mine, is: 'open', why: [...mine.why, link.word] };
  // "a deal that was reached": a relative clause.
  if (isLink(link, 'complementizer') && start === at && chunks[skip(chunks, i - 1, -1)]?.kind === 'np')
    return mine;
  if (isLink(link, 'complementizer')) i = skip(chunks, i - 1, -1);
  if (isLink(link, 'conjunction')) {
    // Second of two clauses: what governs the first governs it too.
    for (let j = i - 1; j >= 0; j -= 1) {
      const left = chunks[j];
      if (left?.kind !== 'vg' || !isFinite(left) || reduced(clauses, j)) continue;
      if (effectOf(context, left)?.effect === 'say') return { ...mine, speech: [j] };
      const above = statusAt(j);
      const open = above.is === 'void' || above.is === 'denied' ? above.is : mine.is;
      return {
        ...mine,
        is:
          chunks[at]?.kind === 'vg' &&
          start === at &&
          above.is === 'open' &&
          own(chunks[at]).is === 'happened'
            ? mine.is
            : open,
        speech: above.speech,
      };
    }
    return mine;
  }
  const governor = chunks[i];
  if (governor?.kind !== 'vg' || i < 0) {
    // "the deal that was reached" tells of the deal, "the plan that rebels leave" of a plan.
    if (governor?.kind === 'np' && isLink(link, 'complementizer') && start !== at) {
      // "a claim by the army that …"
      const before = skip(chunks, i - 1, -1);
      const holder = isLink(chunks[before], 'preposition') ? skip(chunks, before - 1, -1) : -1;
      for (const noun of [i, holder]) {
        const effect = nounEffectAt(context, clauses, noun);
        if (effect !== undefined)
          return aboveNoun(context, clauses, apply(clauses, mine, effect, -1, statusAt), noun, statusAt);
      }
    }
    return mine;
  }
  const effect = effectOf(context, governor);
  // "rumours spread that …": the verb says nothing, its subject does.
  const told = isLink(link, 'complementizer')
    ? nounEffectAt(context, clauses, skip(chunks, i - 1, -1))
    : undefined;
  if (told?.effect === 'void') return { ...mine, is: 'void', why: [...mine.why, told.id] };
  if (effect === undefined) return mine;
  return apply(clauses, mine, effect, i, statusAt);
}
