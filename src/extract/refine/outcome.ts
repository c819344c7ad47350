import type { Status } from '../../model/statement.ts';
import type { FrameEntry } from '../lexicon/entries.ts';
import type { Context } from '../propose/context.ts';
import type { Proposal } from '../propose/proposal.ts';
import { headIs } from '../propose/heads.ts';
import { wordsOf } from '../propose/verdict.ts';
import { type Chunk, isLink, type NounPhrase, type VerbGroup } from '../syntax/chunk.ts';
import { type Clauses, rightSide, skip } from '../syntax/clause.ts';
import { subjectOf } from '../syntax/subject.ts';

/** What befell those who tried. */
export const DEFEATED =
  /^(?:kill|eliminate|execute|shoot|wound|injure|ambush|arrest|capture|trap|destroy|neutralise|neutralize)$/;
const STALLS = /^(?:stall|falter|founder|flounder|collapse)$/;
/** Whom a defender's bulletin counts when an attack is over: "killing most of the attackers". */
const ATTACKERS =
  /^(?:most|all|many|some|scores|dozens|members?|attackers|terrorists|militants|fighters|gunmen|infiltrators|them|number)$/;

/**
 * Whether the text says that what was tried for did not come about: who tried was beaten on the way, the attack was
 * repelled in the same sentence or the next, or "they failed". Reports tell that of attempts and attacks without
 * joining the two in one clause.
 */
export function cameToNothing(context: Context, proposal: Proposal): boolean {
  const clauses = context.sentences[proposal.sentence];
  if (clauses === undefined) return false;
  return (
    (clauses.chunks[proposal.at]?.kind === 'vg' && beatenBefore(context, clauses, proposal.at)) ||
    repelledAfter(context, clauses, proposal.at + 1, false, launchedBy(context, clauses, proposal.at)) ||
    repelledNext(context, proposal) ||
    ambushed(context, proposal)
  );
}

const LAUNCHES = /^(?:launch|intensify|mount|stage|step up|carry out|conduct|wage|continue|resume)$/;

/** "intensified its attacks on the town, killing 23 fighters": who attacks kills, nobody is beaten back. */
function launchedBy({ ground: { tokens } }: Context, { chunks }: Clauses, at: number): boolean {
  const attack = chunks[at];
  if (attack?.kind !== 'np') return false;
  if (/^(?:its|their)$/.test(tokens[attack.first]?.norm ?? '')) return true;
  let left = skip(chunks, at - 1, -1);
  // "intensified its missile and ground attacks"
  if (isLink(chunks[left], 'conjunction')) left = skip(chunks, skip(chunks, left - 1, -1) - 1, -1);
  const verb = chunks[left];
  return verb?.kind === 'vg' && !verb.passive && LAUNCHES.test(verb.lemma);
}

/** "tried to slip into the town", and the sentence beside it: "62 fighters were killed in an ambush". */
function ambushed(
  { sentences, ground: { tokens } }: Context,
  { type, sentence, verdict }: Proposal,
): boolean {
  if (type !== 'advance' || !verdict.why.includes('attempt')) return false;
  return [sentence - 1, sentence, sentence + 1].some((beside) => {
    const chunks = sentences[beside]?.chunks ?? [];
    return chunks.some(
      (chunk, i) =>
        chunk.kind === 'np' &&
        tokens[chunk.head]?.norm === 'ambush' &&
        isLink(chunks[i - 1], 'preposition') &&
        chunks
          .slice(0, i)
          .some(
            (verb) => verb.kind === 'vg' && /^(?:kill|eliminate|claim)$/.test(verb.lemma) && !verb.negated,
          ),
    );
  });
}

/**
 * An offensive that failed is ground not made, and what it was to take stays as it was; one on positions somewhere in a region
 * has no town for its goal.
 */
export const turnedBack = (
  proposal: Proposal,
  frame: Pick<FrameEntry, 'status'>,
  status: Status,
): Proposal =>
  proposal.type === 'control' &&
  frame.status === 'planned' &&
  (status === 'failed' || (proposal.part && proposal.how !== 'named'))
    ? { ...proposal, type: 'advance' }
    : proposal;

/** "The army halted its offensive": it was not beaten. Said of their own attack these are no verbs of defence. */
export function endsOwnAttack(context: Context, { rule, sentence, at }: Proposal): boolean {
  const chunks = context.sentences[sentence]?.chunks ?? [];
  const [verb, attack] = [chunks[at], chunks[at + 1]];
  return (
    rule === 'repel' &&
    verb?.kind === 'vg' &&
    /^(?:stop|halt|abort)$/.test(verb.lemma) &&
    attack?.kind === 'np' &&
    /^(?:its|their|his)$/.test(context.reading.tokens[attack.first]?.norm ?? '')
  );
}

/** Verbs of defence are those whose own pattern is a failed advance: "repel", "thwart". */
export const repels = (context: Context, group: VerbGroup): boolean =>
  [group.particle === undefined ? group.lemma : `${group.lemma} ${group.particle}`, group.lemma].some(
    (verb) =>
      context.lexicon.verbFrames(verb).some((frame) => frame.type === 'advance' && frame.status === 'failed'),
  ) && !/^(?:stop|block|confront|counter|prevent|crush)$/.test(group.lemma);

/** "were killed while trying to enter", "killed fighters who tried to enter". */
export function beatenBefore(context: Context, clauses: Clauses, at: number): boolean {
  const { chunks } = clauses;
  let linked = false;
  for (let i = at - 1; i >= 0; i -= 1) {
    const chunk = chunks[i];
    if (isLink(chunk, 'break', 'conjunction')) return false;
    if (isLink(chunk, 'relative', 'subordinator') || (isLink(chunk, 'preposition') && chunk.word === 'as'))
      linked = true;
    if (chunk?.kind !== 'vg') continue;
    if (DEFEATED.test(chunk.lemma) || repels(context, chunk)) {
      if (chunk.negated || chunk.modal !== undefined || chunk.form === 'infinitive') return false;
      // "killed two guards while trying to enter": they who killed tried.
      const struck = chunks.slice(i + 1, at).some(({ kind }) => kind === 'np');
      return (
        chunk.passive || (struck && ((linked && trier(clauses, i, at)) || triesRightBehind(clauses, i, at)))
      );
    }
    if (chunk.form !== 'gerund' && chunk.lemma !== 'try' && chunk.lemma !== 'attempt') return false;
  }
  return false;
}

/** Whether somebody else than the subject of the verb at `i` tries at `at`. */
function trier({ chunks }: Clauses, i: number, at: number): boolean {
  for (let j = i + 1; j < at; j += 1) {
    const link = chunks[j];
    if (isLink(link, 'relative')) return true;
    if (isLink(link, 'subordinator') || (isLink(link, 'preposition') && link.word === 'as'))
      return chunks[skip(chunks, j + 1)]?.kind === 'np';
  }
  return false;
}

/** "beat back a group trying to enter": what the verb is done to stands right before the attempt. */
function triesRightBehind({ chunks }: Clauses, i: number, at: number): boolean {
  const tries = chunks.findIndex(
    (chunk, j) => j > i && j < at && chunk.kind === 'vg' && /^(?:try|attempt)$/.test(chunk.lemma),
  );
  const gerund = chunks[tries];
  const struck = chunks[tries - 1];
  return (
    gerund?.kind === 'vg' &&
    gerund.form === 'gerund' &&
    struck?.kind === 'np' &&
    struck.places.length === 0 &&
    chunks
      .slice(i + 1, tries)
      .every((chunk) => chunk.kind === 'np' || isLink(chunk, 'preposition', 'conjunction'))
  );
}

/** "…, but were repelled", "… but they failed", "…, killing most of the attackers", "…, leaving most of them dead". */
function repelledAfter(
  context: Context,
  clauses: Clauses,
  from: number,
  next: boolean,
  launched = false,
): boolean {
  const { chunks } = clauses;
  return chunks.some((chunk, i) => {
    if (i < from || chunk.kind !== 'vg' || chunk.negated || chunk.modal !== undefined) return false;
    const before = chunks[skip(chunks, i - 1, -1)];
    // "managed to repel the attack"
    const managed = before?.kind === 'vg' && /^(?:manage|succeed)$/.test(before.lemma) && !before.negated;
    if (chunk.form === 'infinitive' && !managed) return false;
    const { objects } = rightSide(clauses, i, true);
    const whom = objects[0];
    // "the attacks were unsuccessful", "ended in failure"
    if (/^(?:be|prove|end|remain)$/.test(chunk.lemma) && inVain(context, chunks, i))
      return subjectOf(clauses, i).candidates.some((list) => isAttack(context, clauses, list[0]?.np));
    if (STALLS.test(chunk.lemma))
      return isAttack(context, clauses, subjectOf(clauses, i).candidates[0]?.[0]?.np);
    if (chunk.lemma === 'fail')
      return !next || isAttack(context, clauses, subjectOf(clauses, i).candidates[0]?.[0]?.np);
    const dead =
      chunk.lemma === 'leave' &&
      wordsOf(context, { first: chunk.last, last: lastOf(chunks) }).includes('dead');
    if (chunk.form === 'gerund' && (DEFEATED.test(chunk.lemma) || dead))
      return (
        !next &&
        !launched &&
        whom !== undefined &&
        ATTACKERS.test(context.ground.tokens[whom.np.head]?.norm ?? '')
      );
    if (!repels(context, chunk)) return false;
    // A headline leaves out the auxiliary: "attack on the town thwarted".
    if (!chunk.passive && whom === undefined && chunk.participial && chunk.form === 'past')
      return subjectOf(clauses, i).candidates.some((list) => isAttack(context, clauses, list[0]?.np));
    const struck = chunk.passive ? subjectOf(clauses, i).candidates[0]?.[0]?.np : whom?.np;
    return struck === undefined ? chunk.passive : isAttack(context, clauses, struck);
  });
}

const lastOf = (chunks: readonly Chunk[]): number => chunks.at(-1)?.last ?? 0;

const VAIN = /^(?:unsuccessful|futile|vain|failure|failures|fruitless)$/;

const inVain = ({ ground: { tokens } }: Context, chunks: readonly Chunk[], at: number): boolean => {
  const behind = chunks.slice(at + 1, at + 3);
  return behind.some(({ first, last }) => tokens.slice(first, last).some(({ norm }) => VAIN.test(norm)));
};

/** "the attack", "it", "them". */
function isAttack(context: Context, { chunks }: Clauses, np: NounPhrase | undefined): boolean {
  if (np === undefined) return false;
  if (np.pronoun) return /^(?:it|they|them)$/.test(context.ground.tokens[np.head]?.norm ?? '');
  if (np.places.length > 0) return false;
  const argument = { np, at: chunks.indexOf(np) };
  return headIs(context, argument, 'assault') || np.actors.length > 0;
}

/** The sentence behind, where it names no other place. */
function repelledNext(context: Context, { sentence, places }: Proposal): boolean {
  const clauses = context.sentences[sentence + 1];
  if (clauses === undefined) return false;
  const elsewhere = clauses.chunks.some(
    (chunk) =>
      chunk.kind === 'np' &&
      chunk.places.some(
        ({ mention }) => !places.some((place) => (place.id ?? place.text) === (mention.id ?? mention.text)),
      ),
  );
  const first = clauses.chunks.find((chunk) => chunk.kind === 'np');
  if (elsewhere || first?.kind !== 'np' || !(first.definite || first.pronoun || first.actors.length > 0))
    return false;
  return repelledAfter(context, clauses, 0, true);
}
