import { type Chunk, isFinite, isLink, type VerbGroup } from '../syntax/chunk.ts';
import { type Clauses, reduced, skip } from '../syntax/clause.ts';
import type { Context } from './context.ts';
import { headNorm } from './heads.ts';

/**
 * What a verb of flight tells: the sentence's news; how people came to where they are (`past`); that they were hit on
 * the way (`thwarted`); or nothing but whom the sentence is about (`mention`): "a camp for people fleeing the war".
 */
export type Telling = 'news' | 'past' | 'thwarted' | 'mention';

const HARMS =
  /^(?:kill|execute|shoot|behead|massacre|murder|hit|strike|target|attack|bomb|shell|ambush|arrest|detain|abduct|kidnap|capture|wound|injure|intercept)$/;
/** With these the people's flight is what is told: "sent thousands fleeing", "saw families leaving". */
const SHOWS =
  /^(?:see|watch|send|leave|force|drive|prompt|cause|keep|set|film|show|report|record|count|register)$/;
/** What people do who have arrived. */
const STAYS =
  /^(?:find|shelter|live|stay|arrive|reach|seek|settle|sleep|camp|remain|crowd|gather|take|return|wait|cross)$/;
/** "the number of people displaced by the fighting has risen to 40,000": a count of flight is its news. */
const GROWS =
  /^(?:rise|reach|exceed|pass|surpass|top|grow|climb|increase|swell|stand|total|double|triple|surge|hit|jump)$/;
const RAISES = /^(?:bring|take|raise|push)$/;
const STOPPED = /^(?:turn back|turn away|send back|push back|stop|block|intercept|catch)$/;
const RETURNS = /^(?:return|come|go|begin|start)$/;
const TRIES = /^(?:try|attempt|seek|want|hope|wait|head)$/;

/** What the verb group at `at` tells, by the noun phrase that it describes and what governs that phrase. */
export function tellingOf(context: Context, clauses: Clauses, at: number): Telling {
  const { chunks } = clauses;
  const trigger = chunks[at];
  if (trigger?.kind !== 'vg') return 'news';
  const before = skip(chunks, at - 1, -1);
  // "civilians trying to flee": the trying describes them.
  const tries = chunks[before];
  if (trigger.form === 'infinitive' && tries?.kind === 'vg' && TRIES.test(tries.lemma))
    return described(context, clauses, before, tries, at);
  return described(context, clauses, at, trigger, at);
}

function described(context: Context, clauses: Clauses, at: number, group: VerbGroup, last: number): Telling {
  const phrase = phraseBefore(clauses, at, group);
  // "over 48,000 people newly displaced"
  if (phrase < 0 || group.adverbs.some((word) => /^(?:newly|recently)$/.test(word))) return 'news';
  if (isHosted(context, clauses, phrase)) return 'mention';
  const told = byPlace(context, clauses, phrase, group, last);
  // "assistance for the families displaced by the fighting"
  return told === 'mention' && group.lemma === 'displace' ? 'past' : told;
}

/** "is home to thousands displaced by fighting nearby", "the arrival of people fleeing": where the report is, they come to. */
function isHosted(context: Context, clauses: Clauses, phrase: number): boolean {
  const { chunks } = clauses;
  const top = topOf(clauses, phrase);
  const came = chunks[top];
  if (came?.kind === 'np' && /^(?:arrivals?|influx|inflow)$/.test(headNorm(context, came))) return true;
  const link = chunks[skip(chunks, top - 1, -1)];
  const home = chunks[skip(chunks, top - 2, -1)];
  return (
    isLink(link, 'preposition') &&
    link.word === 'to' &&
    home?.kind === 'np' &&
    headNorm(context, home) === 'home'
  );
}

function byPlace(
  context: Context,
  clauses: Clauses,
  phrase: number,
  group: VerbGroup,
  last: number,
): Telling {
  const { chunks } = clauses;
  const top = topOf(clauses, phrase);
  const left = skip(chunks, top - 1, -1);
  const governor = chunks[left];
  // "brought the number of people displaced to 40,000"
  const count = chunks[top];
  const raised = count?.kind === 'np' && /^(?:number|total|tally)$/.test(headNorm(context, count));
  if (governor?.kind === 'vg' && raised && RAISES.test(governor.lemma)) return 'news';
  if (governor?.kind === 'vg') return underVerb(context, chunks, left, governor);
  if (isLink(governor, 'preposition'))
    return /^(?:with|amid|as|after|while)$/.test(governor.word) ? 'news' : 'mention';
  // "people displaced from A who had been living in B began returning": not what is said of them on the way.
  const main = chunks.findIndex(
    (chunk, index) =>
      index > last &&
      chunk.kind === 'vg' &&
      isFinite(chunk) &&
      !reduced(clauses, index) &&
      !isWho(chunks[skip(chunks, index - 1, -1)]),
  );
  const verb = chunks[main];
  if (
    verb?.kind !== 'vg' ||
    chunks.slice(last + 1, main).some((chunk) => opensClause(chunk) && !isWho(chunk))
  )
    return 'news';
  if (GROWS.test(verb.lemma)) return 'news';
  // "people fleeing the town were turned back"
  if (
    verb.passive &&
    STOPPED.test(verb.particle === undefined ? verb.lemma : `${verb.lemma} ${verb.particle}`)
  )
    return 'thwarted';
  if (group.form === 'past' && RETURNS.test(verb.lemma)) return 'past';
  const old = group.lemma === 'displace' || group.anterior;
  if (!STAYS.test(verb.lemma) || verb.passive) return 'mention';
  return old ? 'past' : 'news';
}

const isWho = (chunk: Chunk | undefined): boolean => isLink(chunk, 'relative') && chunk.word === 'who';

/** Words behind which a verb belongs to another clause: "thousands displaced as clashes resume". */
const opensClause = (chunk: Chunk): boolean =>
  isLink(chunk, 'relative', 'subordinator', 'complementizer', 'break') ||
  (isLink(chunk, 'preposition') && /^(?:as|after|before|since|until)$/.test(chunk.word));

function underVerb(context: Context, chunks: readonly Chunk[], at: number, verb: VerbGroup): Telling {
  if (verb.lemma === 'be') {
    const subject = chunks[skip(chunks, at - 1, -1)];
    const there = subject?.kind === 'np' && context.ground.tokens[subject.head]?.norm === 'there';
    return there ? 'news' : 'past';
  }
  if (HARMS.test(verb.lemma)) return verb.negated || verb.modal !== undefined ? 'mention' : 'thwarted';
  return SHOWS.test(verb.lemma) || verb.passive ? 'news' : 'mention';
}

/** Index of the noun phrase that a relative clause or a participle at `at` describes; -1 where it describes none. */
function phraseBefore({ chunks }: Clauses, at: number, group: VerbGroup): number {
  let left = skip(chunks, at - 1, -1);
  const link = chunks[left];
  const relative =
    (isLink(link, 'relative') && link.word === 'who') ||
    (isLink(link, 'complementizer') && link.word === 'that');
  if (relative) {
    left = skip(chunks, left - 1, -1);
    // "…, who fled": told beside the rest, in full.
    return chunks[left]?.kind === 'np' ? left : -1;
  }
  // "shelling of the town displaced 300 families": a verb with an object describes nobody.
  const object = chunks[at + 1];
  const acts = group.lemma === 'displace' && object?.kind === 'np' && object.first === group.last;
  const participle =
    (group.form === 'gerund' && !group.progressive) ||
    (group.form === 'past' &&
      group.participial &&
      group.lemma === 'displace' &&
      !acts &&
      !group.passive &&
      !group.perfect);
  return participle && chunks[left]?.kind === 'np' ? left : -1;
}

/** "dozens of people", "men and women": the first noun phrase of the whole. */
function topOf({ chunks }: Clauses, at: number): number {
  let top = at;
  for (let hops = 0; hops < 4; hops += 1) {
    const left = skip(chunks, top - 1, -1);
    const link = chunks[left];
    const joins =
      isLink(link, 'conjunction', 'comma') ||
      (isLink(link, 'preposition') && /^(?:of|from|in)$/.test(link.word));
    const holder = joins ? skip(chunks, left - 1, -1) : -1;
    if (chunks[holder]?.kind !== 'np') return top;
    top = holder;
  }
  return top;
}
