import type { EffectEntry } from '../lexicon/entries.ts';
import { type Chunk, isFinite, isLink, type VerbGroup } from '../syntax/chunk.ts';
import { type Clauses, reduced, rightSide, skip } from '../syntax/clause.ts';
import type { Context } from './context.ts';
import { BY_EFFECT, effectOf, own, type Verdict, verdict, wordsOf } from './verdict.ts';

export { effectOf, type Verdict } from './verdict.ts';

const DEPTH = 6;
const ENABLES = /^(?:enable|allow|let|permit|help)$/;

/** Status of the verb group at `at`, from its own words and all that governs it. */
export function statusOf(context: Context, clauses: Clauses, at: number, depth = 0): Verdict {
  const group = clauses.chunks[at];
  if (group?.kind !== 'vg' || depth > DEPTH) return verdict('void', 'no verb');
  if (group.form === 'infinitive') return infinitive(context, clauses, at, depth);
  if (group.form === 'gerund' && !group.progressive) return gerund(context, clauses, at, depth);
  const mine = own(group);
  if (reduced(clauses, at)) return mine;
  if (inverted(context, clauses, at)) return { ...mine, is: 'void', why: [...mine.why, 'had'] };
  if (mine.is === 'open' && dependsOn(clauses, at)) return { ...mine, is: 'void', why: [...mine.why, 'if'] };
  const shared = sharedInfinitive(context, clauses, at, group);
  if (shared >= 0) return statusOf(context, clauses, shared, depth + 1);
  return under(context, clauses, mine, clauseStart(clauses, at), depth, at);
}

/** "Had the army taken the town, …" */
function inverted({ ground }: Context, { chunks }: Clauses, at: number): boolean {
  const first = chunks[0];
  const had =
    first?.kind === 'vg' &&
    first.lemma === 'have' &&
    /^(?:had|should)$/.test(ground.tokens[first.first]?.norm ?? '');
  return had && at > 0 && chunks.slice(1, at).every((chunk) => chunk.kind === 'np' || chunk.kind === 'date');
}

/** "if they break the siege, they will cut the road": what would come of something that has not come about. */
function dependsOn({ chunks }: Clauses, at: number): boolean {
  for (let i = at - 1; i >= 0; i -= 1) {
    if (isLink(chunks[i], 'condition')) return true;
    if (isLink(chunks[i], 'break', 'relative', 'complementizer')) return false;
  }
  return false;
}

/** "to push ahead and capture the town": the bare verb behind "and" goes with the infinitive or modal before it. */
function sharedInfinitive({ ground }: Context, { chunks }: Clauses, at: number, group: VerbGroup): number {
  if (group.last - group.first !== 1 || ground.tokens[group.head]?.norm !== group.lemma) return -1;
  let link = skip(chunks, at - 1, -1);
  // "would see fighters leave and the army take control"
  if (chunks[link]?.kind === 'np') link = skip(chunks, link - 1, -1);
  if (!isLink(chunks[link], 'conjunction')) return -1;
  const subject = chunks[skip(chunks, at - 1, -1)];
  if (subject?.kind === 'np' && (ground.tokens[subject.head]?.norm ?? '').endsWith('s')) return -1;
  for (let i = at - 1; i >= 0; i -= 1) {
    const left = chunks[i];
    if (left?.kind === 'vg' && (left.form === 'infinitive' || left.modal !== undefined)) return i;
    if (isLink(left, 'break', 'relative', 'complementizer')) return -1;
  }
  return -1;
}

/** Index of the first chunk of the clause whose verb is at `at`: its subject's first noun phrase. */
export function clauseStart({ chunks, ...rest }: Clauses, at: number): number {
  const clauses = { chunks, ...rest };
  let start = at;
  for (let i = at - 1; i >= 0; i -= 1) {
    const chunk = chunks[i];
    if (chunk === undefined) break;
    if (chunk.kind === 'vg' && !reduced(clauses, i)) {
      // "who runs the Observatory" inside the subject.
      if (isLink(chunks[skip(chunks, i - 1, -1)], 'relative')) {
        i = skip(chunks, i - 1, -1);
        continue;
      }
      // "troops fighting in the region seized the town"
      if (chunk.form === 'gerund' && !chunk.progressive && chunks[skip(chunks, i - 1, -1)]?.kind === 'np')
        continue;
      break;
    }
    if (isLink(chunk, 'complementizer', 'subordinator', 'condition', 'break', 'relative')) break;
    if (isLink(chunk, 'conjunction') && isVerbBefore(chunks, i)) break;
    if (isLink(chunk, 'preposition') && /^(?:after|before|since|until|till|as|despite)$/.test(chunk.word))
      break;
    start = i;
  }
  return start;
}

function isVerbBefore(chunks: readonly Chunk[], at: number): boolean {
  for (let i = at - 1; i >= 0; i -= 1) {
    const chunk = chunks[i];
    if (chunk?.kind === 'vg') return true;
    if (isLink(chunk, 'break')) return false;
  }
  return false;
}

/** Applies what stands before the clause that starts at `start`: "said that", "if", "denied that". */
function under(
  context: Context,
  clauses: Clauses,
  mine: Verdict,
  start: number,
  depth: number,
  at: number,
): Verdict {
  const { chunks } = clauses;
  let i = skip(chunks, start - 1, -1);
  const link = chunks[i];
  if (isLink(link, 'condition')) return { ...mine, is: 'void', why: [...mine.why, link.word] };
  if (isLink(link, 'subordinator')) {
    if (link.word === 'whether') return { ...mine, is: 'void', why: [...mine.why, link.word] };
    return mine;
  }
  if (isLink(link, 'relative')) return mine;
  if (isLink(link, 'preposition') && /^(?:until|till)$/.test(link.word))
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
      const above = statusOf(context, clauses, j, depth + 1);
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
          return aboveNoun(context, clauses, apply(context, clauses, mine, effect, -1, depth), noun, depth);
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
  return apply(context, clauses, mine, effect, i, depth);
}

function nounEffectAt(
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

export function apply(
  context: Context,
  clauses: Clauses,
  mine: Verdict,
  entry: EffectEntry,
  at: number,
  depth: number,
): Verdict {
  const governor = clauses.chunks[at];
  let is = BY_EFFECT[entry.effect](mine);
  const why = [...mine.why, entry.id];
  const speech = entry.effect === 'say' || entry.effect === 'denied' ? [...mine.speech, at] : mine.speech;
  if (governor?.kind !== 'vg') return { ...mine, is, why, speech };
  if (governor.negated && (entry.effect === 'real' || entry.effect === 'begun')) is = 'failed';
  else if (governor.negated && entry.effect === 'say') is = 'void';
  // "the gain enables troops to besiege the city": they may now, nothing says that they do.
  else if (
    ENABLES.test(governor.lemma) &&
    governor.form === 'present' &&
    !governor.perfect &&
    is === 'happened'
  )
    is = 'open';
  if (depth > DEPTH) return { ...mine, is, why, speech };
  const above = statusOf(context, clauses, at, depth + 1);
  const outer = above.is;
  if (entry.effect === 'say' || entry.effect === 'denied') {
    // "may have said", "if they say": nothing is said.
    return { ...mine, is: outer === 'void' ? 'void' : is, why, speech: [...speech, ...above.speech] };
  }
  if (outer === 'void' || outer === 'denied' || outer === 'failed') is = outer;
  else if (outer === 'open' && is !== 'failed') is = 'open';
  return { ...mine, is, why: [...why, ...above.why], speech: [...speech, ...above.speech], present: false };
}

function infinitive(context: Context, clauses: Clauses, at: number, depth: number): Verdict {
  const { chunks } = clauses;
  const { lexicon, ground } = context;
  const group = chunks[at];
  const start: Verdict = {
    ...verdict('happened', 'infinitive'),
    negated: group?.kind === 'vg' && group.negated,
  };
  let i = skip(chunks, at - 1, -1);
  const link = chunks[i];
  // "has yet to take the town"
  if (isLink(link, 'conjunction') && link.word === 'yet') return { ...start, is: 'void', why: ['yet to'] };
  if (isLink(link, 'conjunction')) {
    // "to take A and to take B"
    for (let j = i - 1; j >= 0; j -= 1) {
      const left = chunks[j];
      if (left?.kind === 'vg' && left.form === 'infinitive') return statusOf(context, clauses, j, depth + 1);
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
      const entry = effectOf(context, chunk);
      // "were told to leave": an order, no report.
      // "a halt starting on Thursday to allow convoys in": what it is for.
      const apart = entry?.effect === 'begun' && chunks.slice(i + 1, at).some(({ kind }) => kind === 'date');
      if (entry !== undefined && chunk.lemma !== 'tell' && !apart)
        return apply(context, clauses, start, entry, i, depth);
      return combineAbove(context, clauses, { ...start, is: 'open', why: ['purpose'] }, i, depth);
    }
    if (chunk.kind === 'np') {
      const norm = ground.tokens[chunk.head]?.norm ?? '';
      const entry = lexicon.adjectiveEffect(norm) ?? lexicon.nounEffect(norm);
      if (entry !== undefined) {
        const failed = wordsOf(context, chunk).some((word) =>
          /^(?:failed|unsuccessful|abortive|foiled|thwarted|botched|fruitless|futile|ineffective)$/.test(
            word,
          ),
        );
        const mine: Verdict = failed
          ? { ...start, is: 'failed', why: ['failed attempt'] }
          : { ...start, is: BY_EFFECT[entry.effect](start), why: [entry.id] };
        if (mine.is === 'open' && cameOff(context, clauses, at))
          return { ...mine, is: 'failed', why: [...mine.why, 'fell through'] };
        const verb = verbOfObject(clauses, i);
        const above = chunks[verb];
        // "was not able to enter"
        if (above?.kind === 'vg' && above.negated && entry.effect === 'real')
          return { ...mine, is: 'failed', why: [...mine.why, 'not'] };
        return verb < 0 ? mine : combineAbove(context, clauses, mine, verb, depth);
      }
    } else if (isLink(chunk, 'break', 'relative', 'complementizer', 'subordinator', 'condition')) break;
  }
  return { ...start, is: 'open', why: ['purpose'] };
}

const STALLS = /^(?:fail|stall|falter|founder|flounder|collapse|backfire)$/;

/** "the attempt to take the town failed", "a plan to enter it was foiled": what is said of the noun behind the infinitive. */
function cameOff(context: Context, clauses: Clauses, at: number): boolean {
  const { objects, adjuncts, end } = rightSide(clauses, at, true);
  const last = [...objects, ...adjuncts.flatMap(({ args }) => args)].at(-1);
  const next = skip(clauses.chunks, Math.max(end, (last?.at ?? at) + 1));
  const verb = clauses.chunks[next];
  if (verb?.kind !== 'vg' || verb.negated || verb.modal !== undefined || !isFinite(verb)) return false;
  if (STALLS.test(verb.lemma)) return true;
  return verb.passive && effectOf(context, verb)?.effect === 'failed';
}

/** The verb whose object (or copula complement) the noun phrase at `at` is. */
function verbOfObject({ chunks }: Clauses, at: number): number {
  const left = skip(chunks, at - 1, -1);
  if (chunks[left]?.kind === 'vg') return left;
  if (isLink(chunks[left], 'preposition')) {
    const above = skip(chunks, left - 1, -1);
    if (chunks[above]?.kind === 'vg') return above;
  }
  return -1;
}

/** "repelled an attempt to", "abandoned plans to", "succeeded in its bid to": the verb above has the last word. */
function combineAbove(context: Context, clauses: Clauses, mine: Verdict, at: number, depth: number): Verdict {
  const governor = clauses.chunks[at];
  if (governor?.kind !== 'vg') return mine;
  const entry = effectOf(context, governor);
  const above = statusOf(context, clauses, at, depth + 1);
  let is = mine.is;
  if (entry?.effect === 'failed') is = 'failed';
  else if (entry?.effect === 'denied') is = 'denied';
  else if (entry?.id === 'succeed') is = above.is;
  if (above.is === 'void' || above.is === 'failed') is = above.is;
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
  depth: number,
): Verdict {
  const np = clauses.chunks[at];
  if (np?.kind === 'np' && /^(?:no|false|unconfirmed)$/.test(context.ground.tokens[np.first]?.norm ?? ''))
    return { ...mine, is: 'void', why: [...mine.why, 'no word'] };
  const verb = verbOfObject(clauses, at);
  const above = clauses.chunks[verb];
  // "it is not true that …"
  if (above?.kind === 'vg' && above.lemma === 'be' && above.negated)
    return { ...mine, is: 'void', why: [...mine.why, 'not'] };
  return verb < 0 ? mine : combineAbove(context, clauses, mine, verb, depth);
}

const STATIVE = /^(?:surround|besiege|encircle|control|hold|occupy|blockade)$/;
const AFTER = /^(?:after|following|by|since|upon|with|in|when|while|as|thus|before|on)$/;

function gerund(context: Context, clauses: Clauses, at: number, depth: number): Verdict {
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
      if (left?.kind === 'vg') return { ...statusOf(context, clauses, j, depth + 1), present: false };
    }
  }
  if (isLink(link, 'comma')) {
    i = skip(chunks, i - 1, -1);
    link = undefined;
  }
  if (isLink(link, 'preposition') || isLink(link, 'subordinator')) {
    if (/^(?:without|instead of|rather than)$/.test(link.word))
      return { ...start, is: 'void', why: [link.word] };
    if (/^(?:close to|closer to|near|on the verge of|on the brink of)$/.test(link.word))
      return { ...start, is: isPastBefore(clauses, i) ? 'void' : 'open', why: [link.word] };
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
      return inherited(context, clauses, { ...start, why: [`${link.word} -ing`] }, i, depth);
    if (entry !== undefined && left?.kind === 'vg')
      return apply(context, clauses, start, entry, leftAt, depth);
    if (entry !== undefined) {
      const verb = verbOfObject(clauses, leftAt);
      const mine: Verdict = { ...start, is: BY_EFFECT[entry.effect](start), why: [entry.id] };
      return verb < 0 ? mine : combineAbove(context, clauses, mine, verb, depth);
    }
    if (/^(?:from|of|for)$/.test(link.word)) {
      // "prevented the group from entering", "accused the army of violating"
      for (let j = i - 1; j >= Math.max(0, i - 5); j -= 1) {
        const verb = chunks[j];
        if (verb?.kind !== 'vg') continue;
        const above = effectOf(context, verb);
        if (above !== undefined && (link.word === 'from' || above.id === 'accuse'))
          return apply(context, clauses, start, above, j, depth);
        if (link.word === 'from') return { ...start, is: 'void' };
        break;
      }
    }
    if (AFTER.test(link.word)) return inherited(context, clauses, start, i, depth);
    return { ...start, is: 'open', why: [`${link.word} -ing`] };
  }
  const near = chunks[i];
  // "tried to attack the positions surrounding the town": the positions do, whatever came of the attack.
  if (near?.kind === 'np' && group?.kind === 'vg' && STATIVE.test(group.lemma) && link !== undefined)
    // "the area surrounding the palace"
    return ground.actorAt[near.head] === undefined && near.actors.length === 0
      ? { ...start, is: 'void', why: ['lies around'] }
      : { ...start, is: 'ongoing', present: true };
  if (near?.kind === 'vg') {
    const entry = effectOf(context, near);
    if (entry !== undefined) return apply(context, clauses, start, entry, i, depth);
  }
  return inherited(context, clauses, start, i + 1, depth);
}

/** "came close to taking the town": it did not come to that. */
function isPastBefore({ chunks }: Clauses, at: number): boolean {
  const verb = chunks[skip(chunks, at - 1, -1)];
  return verb?.kind === 'vg' && verb.form === 'past';
}

/** A participle that hangs on the sentence's verb to its left. */
function inherited(context: Context, clauses: Clauses, mine: Verdict, from: number, depth: number): Verdict {
  const { chunks } = clauses;
  for (let j = from - 1; j >= 0; j -= 1) {
    const left = chunks[j];
    if (left?.kind !== 'vg' || reduced(clauses, j)) continue;
    const entry = effectOf(context, left);
    if (entry?.effect === 'say') return { ...mine, speech: [j] };
    const above = statusOf(context, clauses, j, depth + 1);
    // "has been unable to cut the road by taking the town": what fails takes its means with it.
    const means = isLink(chunks[from], 'preposition') && chunks[from].word === 'by';
    const carried = above.is === 'void' || above.is === 'denied' || (means && above.is === 'failed');
    const is = carried ? above.is : above.is === 'open' ? 'open' : mine.is;
    return { ...mine, is, speech: above.speech, why: [...mine.why, ...above.why] };
  }
  return mine;
}
