import { isLink } from '../../syntax/chunk.ts';
import { type Clauses, reduced, skip } from '../../syntax/clause.ts';
import type { Context } from '../context.ts';
import { BY_EFFECT, effectOf, type Verdict, verdict } from '../verdict.ts';
import { apply, combineAbove, type StatusAt, verbOfObject } from './governor.ts';

const STATIVE = /^(?:surround|besiege|encircle|control|hold|occupy|blockade)$/;

const AFTER = /^(?:after|following|by|since|upon|with|in|when|while|as|thus|before|on)$/;

export function gerund(context: Context, clauses: Clauses, at: number, statusAt: StatusAt): Verdict {
  const { chunks } = clauses;
  const { lexicon, ground } = context;
  const group = chunks[at];
  const start: Verdict = {
    ...verdict('happened', 'participle'),
    negated: group?.kind === 'vg' && group.negated,
  };
  let i = skip(chunks, at - 1, -1);
  let link = chunks[i];
  if (isLink(link, 'conjunction')) {
    for (let j = i - 1; j >= 0; j -= 1) {
      const left = chunks[j];
      if (left?.kind === 'vg') return { ...statusAt(j), present: false };
    }
  }
  if (isLink(link, 'comma')) {
    i = skip(chunks, i - 1, -1);
    link = undefined;
  }
  if (isLink(link, 'preposition') || isLink(link, 'subordinator')) {
    if (/^(?:without|instead of|rather than)$/.test(link.word))
      return { ...start, is: 'void', why: [link.word] };
    if (/^(?:close to|closer to|near|on the verge of|on the brink of)$/.test(link.word)) {
      // "are close to being surrounded"
      const stands = group?.kind === 'vg' && STATIVE.test(group.lemma);
      return { ...start, is: stands || isPastBefore(clauses, i) ? 'void' : 'open', why: [link.word] };
    }
    const left = chunks[skip(chunks, i - 1, -1)];
    const leftAt = skip(chunks, i - 1, -1);
    const entry =
      left?.kind === 'vg'
        ? effectOf(context, left)
        : left?.kind === 'np'
          ? (lexicon.nounEffect(ground.tokens[left.head]?.norm ?? '') ??
            lexicon.adjectiveEffect(ground.tokens[left.head]?.norm ?? ''))
          : undefined;
    if (/^(?:after|following|by|since|upon|with|when|while|as|before)$/.test(link.word))
      return inherited(context, clauses, { ...start, why: [`${link.word} -ing`] }, i, statusAt);
    if (entry !== undefined && left?.kind === 'vg') return apply(clauses, start, entry, leftAt, statusAt);
    // "has no intention of leaving"
    if (entry !== undefined && left?.kind === 'np' && ground.tokens[left.first]?.norm === 'no')
      return { ...start, is: 'void', why: ['no'] };
    if (entry !== undefined) {
      const verb = verbOfObject(clauses, leftAt);
      const mine: Verdict = { ...start, is: BY_EFFECT[entry.effect](start), why: [entry.id] };
      return verb < 0 ? mine : combineAbove(context, clauses, mine, verb, statusAt);
    }
    if (/^(?:from|of|for)$/.test(link.word)) {
      // "prevented the group from entering", "accused the army of violating"
      for (let j = i - 1; j >= Math.max(0, i - 5); j -= 1) {
        const verb = chunks[j];
        if (verb?.kind !== 'vg') continue;
        const above = effectOf(context, verb);
        if (above !== undefined && (link.word === 'from' || above.id === 'accuse'))
          return apply(clauses, start, above, j, statusAt);
        if (link.word === 'from') return { ...start, is: 'void' };
        break;
      }
    }
    if (AFTER.test(link.word)) return inherited(context, clauses, start, i, statusAt);
    return { ...start, is: 'open', why: [`${link.word} -ing`] };
  }
  const near = chunks[i];
  // "considers its rival controlling the border a threat"
  const opinion = chunks[skip(chunks, i - 1, -1)];
  if (near?.kind === 'np' && link !== undefined && opinion?.kind === 'vg' && OPINES.test(opinion.lemma))
    return { ...start, is: 'void', why: [opinion.lemma] };
  // "voiced reservations about its rival moving in"
  const doubt = isLink(opinion, 'preposition')
    ? chunks[skip(chunks, skip(chunks, i - 1, -1) - 1, -1)]
    : undefined;
  if (near?.kind === 'np' && doubt?.kind === 'np' && DOUBTS.test(ground.tokens[doubt.head]?.norm ?? ''))
    return { ...start, is: 'void', why: ['reservations'] };
  // "tried to attack the positions surrounding the town": the positions do, whatever came of the attack.
  const besieges = group?.kind === 'vg' && group.lemma === 'besiege';
  const stands = !besieges || isPresentBefore(clauses, at);
  if (
    near?.kind === 'np' &&
    group?.kind === 'vg' &&
    STATIVE.test(group.lemma) &&
    link !== undefined &&
    stands
  )
    // "the area surrounding the palace"
    return !besieges && ground.actorAt[near.head] === undefined && near.actors.length === 0
      ? { ...start, is: 'void', why: ['lies around'] }
      : { ...start, is: 'ongoing', present: true };
  if (near?.kind === 'vg') {
    // "kept advancing", not "kept them from advancing"
    const entry = near.lemma === 'keep' ? lexicon.verbEffect('keep on') : effectOf(context, near);
    if (entry !== undefined) return apply(clauses, start, entry, i, statusAt);
  }
  return inherited(context, clauses, start, i + 1, statusAt);
}

const DOUBTS = /^(?:reservations?|concerns?|objections?|fears?|worry|worries|unease|opposition)$/;
const OPINES = /^(?:consider|regard|view|oppose|fear|resent|reject|tolerate)$/;

/** "holds half of the town, besieging the people there" goes on; "seized the road, besieging the town" came about. */
function isPresentBefore({ chunks }: Clauses, at: number): boolean {
  for (let i = at - 1; i >= 0; i -= 1) {
    const chunk = chunks[i];
    if (chunk?.kind === 'vg') return chunk.form === 'present';
  }
  return false;
}

/** "came close to taking the town": it did not come to that. */
function isPastBefore({ chunks }: Clauses, at: number): boolean {
  const verb = chunks[skip(chunks, at - 1, -1)];
  return verb?.kind === 'vg' && verb.form === 'past';
}

/** Whether the noun phrase between a verb and the participle behind it is a draft that the verb decides on. */
const isDraft = ({ chunks, ground: { tokens } }: Clauses, verb: number, from: number): boolean =>
  chunks
    .slice(verb + 1, from)
    .some(
      (chunk) =>
        chunk.kind === 'np' &&
        /^(?:resolution|draft|proposal|plan|motion|bill|statement|request)$/.test(
          tokens[chunk.head]?.norm ?? '',
        ),
    );

/** A participle that hangs on the sentence's verb to its left. */
function inherited(
  context: Context,
  clauses: Clauses,
  mine: Verdict,
  from: number,
  statusAt: StatusAt,
): Verdict {
  const { chunks } = clauses;
  for (let j = from - 1; j >= 0; j -= 1) {
    const left = chunks[j];
    if (left?.kind !== 'vg' || reduced(clauses, j)) continue;
    const entry = effectOf(context, left);
    if (entry?.effect === 'say') return { ...mine, speech: [j] };
    const above = statusAt(j);
    // "vetoed a draft resolution calling for a truce": what it calls for falls with it.
    if (entry?.effect === 'failed' && isDraft(clauses, j, from))
      return { ...mine, is: 'failed', why: [entry.id] };
    // "has been unable to cut the road by taking the town": what fails takes its means with it.
    const means = isLink(chunks[from], 'preposition') && chunks[from].word === 'by';
    // "could not be eased by announcing a truce": nobody says that it was.
    if (means && above.why.includes('could not'))
      return { ...mine, is: 'void', why: [...mine.why, 'could not'] };
    const carried = above.is === 'void' || above.is === 'denied' || (means && above.is === 'failed');
    const is = carried ? above.is : above.is === 'open' ? 'open' : mine.is;
    return { ...mine, is, speech: above.speech, why: [...mine.why, ...above.why] };
  }
  return mine;
}
