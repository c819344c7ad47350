import { isFinite, isLink } from './chunk.ts';
import { type Argument, type Clauses, isGround, reduced, rightSide, skip } from './clause.ts';
import { coordinated } from './coordination.ts';
import { previousVerb } from './previous.ts';
import { isOneSide } from './relative.ts';

export interface Subject {
  /** Best first: what the verb most likely goes with. */
  readonly candidates: readonly (readonly Argument[])[];
  /** The verb stands in a relative clause on this phrase. */
  readonly relative: boolean;
}

/** Who a verb group further out is said of. */
type SubjectOf = (clauses: Clauses, at: number, depth: number) => Subject;

/** "anybody leaving the city": the one who leaves. */
function isPerson({ ground }: Clauses, argument: Argument | undefined): boolean {
  const norm = argument === undefined ? '' : (ground.tokens[argument.np.head]?.norm ?? '');
  return /^(?:any|every|some|no)(?:body|one)$|^(?:those|people|civilians|residents|children)$/.test(norm);
}

/** Verbs whose object is to do what the infinitive says. */
const ORDERS =
  /^(?:want|urge|ask|order|tell|force|allow|enable|permit|expect|instruct|persuade|convince|invite|require|warn|advise|call|compel|prompt|give|push|beg)$/;

const isOperation = ({ ground }: Clauses, argument: Argument | undefined): boolean =>
  argument !== undefined &&
  /^(?:operations?|campaigns?|offensives?|battles?|assaults?|push|drive|bid|attempts?|efforts?|fight|plans?|move|attacks?|counteroffensive|claims?|promises?|pledges?|threats?)$/.test(
    ground.tokens[argument.np.head]?.norm ?? '',
  );

const REPELS = /^(?:repel|repulse|foil|thwart|beat|fend|defeat|crush|prevent)$/;

const TRIES = /^(?:try|attempt|seek|plan|prepare|move|head|flee|fight|leave|enter|live|stay)$/;

const OBJECT_OF =
  /^(?:accuse|suspect|blame|prevent|stop|keep|bar|block|ban|prohibit|hinder|deter|discourage)$/;

const GOES = /^(?:get|go|come|travel|head|cross|flee|escape|return|move|walk|make)$/;

/** Whether the phrase before an infinitive is where the verb at `at` says that somebody goes. */
function isWayTo(clauses: Clauses, at: number, phrase: readonly Argument[] | undefined): boolean {
  const verb = clauses.chunks[at];
  if (verb?.kind !== 'vg' || !GOES.test(verb.lemma)) return false;
  return rightSide(clauses, at, true).adjuncts.some(
    ({ prep, args }) => /^(?:to|into|towards?)$/.test(prep) && args.some(({ np }) => np === phrase?.[0]?.np),
  );
}

const inAmbush = ({ chunks, ground: { tokens } }: Clauses, from: number, to: number): boolean =>
  chunks.slice(from, to).some((chunk) => chunk.kind === 'np' && tokens[chunk.head]?.norm === 'ambush');

/** Subject of a non-finite verb: "forced ISIS to leave", "fighters trying to enter", "…, seizing the town". */
export function controller(clauses: Clauses, at: number, depth: number, subjectOf: SubjectOf): Subject {
  const { chunks } = clauses;
  const near: Argument[][] = [];
  let i = skip(chunks, at - 1, -1);
  const link = chunks[i];
  if (isLink(link, 'conjunction') && chunks[skip(chunks, i - 1, -1)] !== undefined) {
    const shared = previousVerb(clauses, i);
    if (shared >= 0) return subjectOf(clauses, shared, depth + 1);
  }
  if (isLink(link, 'preposition', 'subordinator') || isLink(link, 'comma')) i = skip(chunks, i - 1, -1);
  for (let hops = 0; hops < 12 && i >= 0; hops += 1, i = skip(chunks, i - 1, -1)) {
    const chunk = chunks[i];
    if (chunk?.kind === 'np') {
      const list = coordinated(clauses, i);
      near.push(near.length === 0 && isOneSide(clauses, list) ? list.slice(-1) : list);
    } else if (chunk?.kind === 'vg') {
      const above = subjectOf(clauses, i, depth + 1);
      const byPhrase = rightSide(clauses, i, false).adjuncts.find((adjunct) => adjunct.prep === 'by');
      const list = chunk.passive && byPhrase ? [byPhrase.args, ...above.candidates] : above.candidates;
      const gerund = chunks[at];
      const adjacent =
        gerund?.kind === 'vg' &&
        skip(chunks, at - 1, -1) >= 0 &&
        chunks[skip(chunks, at - 1, -1)]?.kind === 'np';
      // "killed most of the gunmen in an ambush while trying to enter": who walked into it tried.
      if (isLink(link, 'subordinator', 'preposition') && link.word === 'while' && inAmbush(clauses, i, at))
        return { candidates: [rightSide(clauses, i, true).objects], relative: false };
      // "accused the army of violating the truce", "barred aid from reaching the town": whom the verb is done to.
      if (!chunk.passive && OBJECT_OF.test(chunk.lemma) && isLink(link, 'preposition') && near.length > 0)
        return { candidates: near, relative: false };
      // "convoys were prevented by the group from reaching the town": the convoys.
      if (chunk.passive && OBJECT_OF.test(chunk.lemma) && isLink(link, 'preposition') && link.word === 'from')
        return { candidates: above.candidates, relative: false };
      // "ordering residents to leave": they are to leave, not who orders it.
      if (
        gerund?.kind === 'vg' &&
        gerund.form === 'infinitive' &&
        !chunk.passive &&
        ORDERS.test(chunk.lemma)
      ) {
        const whom = rightSide(clauses, i, true).objects;
        if (whom.length > 0) return { candidates: [whom], relative: false };
      }
      if (adjacent && isPerson(clauses, near[0]?.[0]))
        return { candidates: near.slice(0, 1), relative: false };
      // "travel to Turkey to leave Syria": who travels leaves.
      if (gerund?.kind === 'vg' && gerund.form === 'infinitive' && isWayTo(clauses, i, near[0]))
        return { candidates: list, relative: false };
      // "killed 20 militants as part of an operation to take the town": whoever runs the operation.
      // "foiled a rebel attempt to enter": the rebels'.
      const own = near[0]?.[0];
      if (own !== undefined && isOperation(clauses, own) && own.np.actors.length + own.np.owners.length > 0)
        return { candidates: [...near, ...list], relative: false };
      // "killed militants in their attempt to enter": the militants'.
      if (
        own !== undefined &&
        isOperation(clauses, own) &&
        clauses.ground.tokens[own.np.first]?.norm === 'their' &&
        near.length > 1
      )
        return { candidates: [...near.slice(1), ...list], relative: false };
      // "beat back a bid to enter the town": not whoever beats it back.
      if (REPELS.test(chunk.lemma) && !chunk.passive && isOperation(clauses, own))
        return { candidates: near, relative: false };
      if (gerund?.kind === 'vg' && gerund.form === 'infinitive' && isOperation(clauses, near[0]?.[0]))
        return { candidates: list, relative: false };
      // "hit the fighters in A, seizing B": a place before it seizes nothing.
      const idle =
        own !== undefined && isGround(clauses, own.np) && gerund?.kind === 'vg' && !TRIES.test(gerund.lemma);
      return { candidates: adjacent && !idle ? [...near, ...list] : [...list, ...near], relative: false };
    } else if (isLink(chunk, 'break', 'relative', 'complementizer')) break;
  }
  if (near.length === 0) {
    // A participle that opens the sentence: "After seizing the town, the army …".
    const main = chunks.findIndex(
      (chunk, index) => index > at && chunk.kind === 'vg' && isFinite(chunk) && !reduced(clauses, index),
    );
    if (main > at && depth < 3) return subjectOf(clauses, main, depth + 1);
  }
  return { candidates: near, relative: false };
}
