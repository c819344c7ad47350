import { isFinite, isLink } from '../../syntax/chunk.ts';
import { type Clauses, reduced, rightSide, skip } from '../../syntax/clause.ts';
import { ordinalBefore } from '../../syntax/ordinal.ts';
import type { Context } from '../context.ts';
import { BY_EFFECT, effectOf, type Verdict, verdict, wordsOf } from '../verdict.ts';
import { apply, combineAbove, type StatusAt, verbOfObject } from './governor.ts';

export function infinitive(context: Context, clauses: Clauses, at: number, statusAt: StatusAt): Verdict {
  const { chunks } = clauses;
  const { lexicon, ground } = context;
  const group = chunks[at];
  const start: Verdict = {
    ...verdict('happened', 'infinitive'),
    negated: group?.kind === 'vg' && group.negated,
  };
  const nth = ordinalBefore(clauses, at);
  if (nth?.next === true) return { ...start, is: 'open', why: ['next'] };
  if (nth !== undefined) return nth.verb < 0 ? start : { ...start, is: statusAt(nth.verb).is };
  let i = skip(chunks, at - 1, -1);
  const link = chunks[i];
  // "has yet to take the town"
  if (isLink(link, 'conjunction') && link.word === 'yet') return { ...start, is: 'void', why: ['yet to'] };
  if (isLink(link, 'conjunction')) {
    // "to take A and to take B"
    for (let j = i - 1; j >= 0; j -= 1) {
      const left = chunks[j];
      if (left?.kind === 'vg' && left.form === 'infinitive') return statusAt(j);
      if (left?.kind === 'vg') break;
    }
    i = skip(chunks, i - 1, -1);
  }
  for (let hops = 0; i >= 0 && hops < 6; hops += 1, i = skip(chunks, i - 1, -1)) {
    const chunk = chunks[i];
    if (chunk === undefined) break;
    if (chunk.kind === 'vg') {
      // "an abortive offensive launched by the army to take the town": the offensive decides.
      if (reduced(clauses, i)) continue;
      // "used to hold the town": it no longer does.
      if (hops === 0 && chunk.lemma === 'use' && chunk.form === 'past' && !chunk.passive)
        return { ...start, is: 'void', why: ['used to'] };
      // "will have to leave the town"
      if (hops === 0 && chunk.lemma === 'have' && !chunk.negated)
        return { ...start, is: 'open', why: ['obligation'] };
      const entry = effectOf(context, chunk);
      // "were told to leave": an order, no report.
      // "a halt starting on Thursday to allow convoys in": what it is for.
      const apart = entry?.effect === 'begun' && chunks.slice(i + 1, at).some(({ kind }) => kind === 'date');
      if (entry !== undefined && chunk.lemma !== 'tell' && !apart)
        return apply(clauses, start, entry, i, statusAt);
      return combineAbove(context, clauses, { ...start, is: 'open', why: ['purpose'] }, i, statusAt);
    }
    if (chunk.kind === 'np') {
      const norm = ground.tokens[chunk.head]?.norm ?? '';
      const entry = lexicon.adjectiveEffect(norm) ?? lexicon.nounEffect(norm);
      // "the first convoy to enter the town", "the last to leave it"; not "the latest attempt to enter"
      if (entry === undefined && hops === 0 && wordsOf(context, chunk).some((word) => RANKED.test(word))) {
        const verb = verbOfObject(clauses, i);
        return verb < 0 ? start : combineAbove(context, clauses, start, verb, statusAt);
      }
      if (entry !== undefined) {
        // "any attempt to enter will be crushed", "there are no plans to leave"; but "denied any plan to withdraw"
        const [first = ''] = wordsOf(context, chunk);
        if (/^(?:any|no)$/.test(first)) {
          const governor = chunks[verbOfObject(clauses, i)];
          const denied = governor?.kind === 'vg' && effectOf(context, governor)?.effect === 'denied';
          return { ...start, is: denied ? 'denied' : 'void', why: [first] };
        }
        const failed = wordsOf(context, chunk).some((word) =>
          /^(?:failed|unsuccessful|abortive|foiled|thwarted|botched|fruitless|futile|ineffective)$/.test(
            word,
          ),
        );
        const mine: Verdict = failed
          ? { ...start, is: 'failed', why: ['failed attempt'] }
          : {
              ...start,
              is: BY_EFFECT[entry.effect](start),
              // "an attack to take the town": tried, whatever came of it.
              why: ASSAULTS.test(norm) ? [entry.id, 'attempt'] : [entry.id],
            };
        if (mine.is === 'open' && cameOff(context, clauses, at))
          return { ...mine, is: 'failed', why: [...mine.why, 'fell through'] };
        const verb = verbOfObject(clauses, i);
        const above = chunks[verb];
        // "was not able to enter"
        if (above?.kind === 'vg' && above.negated && entry.effect === 'real')
          return { ...mine, is: 'failed', why: [...mine.why, 'not'] };
        return verb < 0 ? mine : combineAbove(context, clauses, mine, verb, statusAt);
      }
    } else if (isLink(chunk, 'break', 'relative', 'complementizer', 'subordinator', 'condition')) break;
  }
  return { ...start, is: 'open', why: ['purpose'] };
}

const RANKED = /^(?:first|second|third|last|latest)$/;
const ASSAULTS = /^(?:attack|assault|offensive|counterattack|counteroffensive|raid|push|onslaught)$/;
const STALLS = /^(?:fail|stall|falter|founder|flounder|collapse|backfire)$/;

/** "the attempt to take the town failed", "a plan to enter it was foiled": what is said of the noun behind the infinitive. */
function cameOff(context: Context, clauses: Clauses, at: number): boolean {
  const { objects, adjuncts, end } = rightSide(clauses, at, true);
  const last = [...objects, ...adjuncts.flatMap(({ args }) => args)].at(-1);
  const next = skip(clauses.chunks, Math.max(end, (last?.at ?? at) + 1));
  const verb = clauses.chunks[next];
  if (verb?.kind !== 'vg' || verb.negated || verb.modal !== undefined || !isFinite(verb)) return false;
  if (STALLS.test(verb.lemma)) return true;
  // "the plan to take the town came to nothing"
  if (verb.lemma === 'come')
    return clauses.ground.tokens
      .slice(verb.last, verb.last + 2)
      .some(({ norm }) => /^(?:nothing|naught|nought)$/.test(norm));
  return verb.passive && effectOf(context, verb)?.effect === 'failed';
}
