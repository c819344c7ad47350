import { isLink, type VerbGroup } from '../syntax/chunk.ts';
import { type Clauses, skip } from '../syntax/clause.ts';
import type { Context } from './context.ts';
import { statusOf } from './status.ts';
import { aboveNoun, apply, type StatusAt } from './status/governor.ts';
import { BY_EFFECT, effectOf, type Is, own, type Verdict, verdict, wordsOf } from './verdict.ts';

/** "reports of the capture of the town by rebels were untrue" */
function provedFalse(context: Context, { chunks }: Clauses, at: number): boolean {
  const right = chunks.findIndex(
    (chunk, i) => i > at && (chunk.kind === 'vg' || isLink(chunk, 'break', 'comma')),
  );
  const verb = chunks[right];
  if (verb?.kind !== 'vg' || !/^(?:be|prove|turn)$/.test(verb.lemma) || verb.negated) return false;
  const words = wordsOf(context, { first: verb.first, last: verb.last + FALSE_REACH });
  return words.some((word) => FALSE.test(word));
}

const FALSE_REACH = 4;
const FALSE = /^(?:false|untrue|incorrect|wrong|baseless|unfounded|fabricated|fake)$/;

/** Status of a noun ("the capture of", "an offensive on") at chunk `at`, from what governs it. */
export function nounStatus(context: Context, clauses: Clauses, at: number, standing: boolean): Verdict {
  const { chunks } = clauses;
  const { lexicon, ground } = context;
  const np = chunks[at];
  const statusAt: StatusAt = (other) => statusOf(context, clauses, other, 2);
  let mine = verdict('happened', 'noun');
  if (np?.kind === 'np') {
    const words = wordsOf(context, np);
    if (
      words.some((word) =>
        /^(?:planned|imminent|possible|potential|expected|future|proposed|eventual|final|looming|impending|attempted)$/.test(
          word,
        ),
      )
    )
      mine = { ...mine, is: 'open', why: ['adjective'] };
    if (
      words.some((word) =>
        /^(?:failed|unsuccessful|abortive|foiled|thwarted|botched|fruitless|futile|ineffective)$/.test(word),
      )
    )
      mine = { ...mine, is: 'failed', why: ['adjective'] };
    if (words.some((word) => /^(?:no|any|alleged)$/.test(word)))
      mine = { ...mine, is: 'void', why: ['adjective'] };
  }
  let left = skip(chunks, at - 1, -1);
  // "called for a truce and unhindered access": what governs the first governs the second.
  if (isLink(chunks[left], 'conjunction') && chunks[skip(chunks, left - 1, -1)]?.kind === 'np') {
    const first = skip(chunks, skip(chunks, left - 1, -1) - 1, -1);
    if (isLink(chunks[first], 'preposition') || chunks[first]?.kind === 'vg') left = first;
  }
  const link = chunks[left];
  if (isLink(link, 'preposition')) {
    if (
      /^(?:before|until|till|without|in preparation for|ahead of|towards?|against|despite|in case of)$/.test(
        link.word,
      ) &&
      link.word !== 'despite'
    )
      return { ...mine, is: link.word === 'before' ? mine.is : 'open', why: [...mine.why, link.word] };
    const holderAt = holderOf(context, clauses, skip(chunks, left - 1, -1));
    const holder = chunks[holderAt];
    if (holder?.kind === 'np') {
      const norm = ground.tokens[holder.head]?.norm ?? '';
      // "calling for the imposition of a truce"
      if (link.word === 'of' && BRINGS_ABOUT.test(norm)) {
        const above = nounStatus(context, clauses, holderAt, standing);
        return { ...mine, is: above.is, speech: above.speech, why: [...mine.why, ...above.why] };
      }
      const entry = lexicon.nounEffect(norm) ?? lexicon.adjectiveEffect(norm);
      if (entry !== undefined && provedFalse(context, clauses, at))
        return { ...mine, is: 'denied', why: [...mine.why, entry.id, 'false'] };
      if (entry !== undefined)
        return aboveNoun(
          context,
          clauses,
          { ...mine, is: BY_EFFECT[entry.effect](mine), why: [...mine.why, entry.id] },
          holderAt,
          statusAt,
        );
    }
    // "denied that a deal had been reached on the evacuation": what the deal is on.
    if (holder?.kind === 'vg' && /^(?:on|for|about|over)$/.test(link.word)) {
      const deal = chunks[skip(chunks, holderAt - 1, -1)];
      const agreed =
        deal?.kind === 'np' ? lexicon.nounEffect(ground.tokens[deal.head]?.norm ?? '') : undefined;
      if (agreed?.effect === 'open' && holder.passive)
        return apply(clauses, mine, agreed, holderAt, statusAt);
    }
    if (holder?.kind === 'vg' && /^(?:at|for|on|in|of|to|from|with|about)$/.test(link.word)) {
      const entry = effectOf(context, holder);
      if (entry !== undefined) return apply(clauses, mine, entry, holderAt, statusAt);
    }
    return mine;
  }
  // "a centre for monitoring the truce": a body by its name.
  if (link?.kind === 'vg' && link.form === 'gerund' && OVERSEES.test(link.lemma))
    return { ...mine, is: 'void', why: [...mine.why, link.lemma] };
  if (link?.kind === 'vg') {
    const entry = effectOf(context, link);
    if (entry !== undefined && entry.effect !== 'say') return apply(clauses, mine, entry, left, statusAt);
    const above = statusOf(context, clauses, left);
    // "its goal is the capture of the town"
    const subject = link.lemma === 'be' ? chunks[skip(chunks, left - 1, -1)] : undefined;
    const goal =
      subject?.kind === 'np' ? lexicon.nounEffect(ground.tokens[subject.head]?.norm ?? '') : undefined;
    if (goal?.effect === 'open') return { ...mine, is: 'open', why: [...mine.why, goal.id] };
    if (above.is === 'void' || above.is === 'open')
      return { ...mine, is: above.is, why: [...mine.why, ...above.why] };
    mine = { ...mine, speech: entry?.effect === 'say' ? [left] : above.speech };
    if (entry?.effect !== 'say') return mine;
  }
  // What stands ("the truce in Homs may …") is not made open by what may come of it.
  if (standing) return mine;
  const right = chunks.findIndex((chunk, index) => index > at && chunk.kind === 'vg');
  const verb = chunks[right];
  // "the capture of the town would open the road": what would come of it, were it to come about.
  if (verb?.kind === 'vg' && verb.modal !== undefined)
    return {
      ...mine,
      is: verb.modal === 'would' && said(clauses, at, right) ? 'void' : own(verb).is,
      why: [...mine.why, `modal ${verb.modal}`],
    };
  // "the withdrawal from the town is not on the agenda"
  if (verb?.kind === 'vg' && verb.lemma === 'be' && verb.negated && said(clauses, at, right)) {
    const words = wordsOf(context, { first: verb.first, last: verb.last + AGENDA_REACH });
    if (words.some((word) => AGENDA.test(word)))
      return { ...mine, is: 'void', why: [...mine.why, 'not on the agenda'] };
  }
  // "the fall of the town is critical to the plan"
  const rated =
    verb?.kind === 'vg' &&
    verb.form === 'present' &&
    (verb.lemma === 'be' || (verb.lemma === 'make' && verb.passive));
  if (rated && said(clauses, at, right)) {
    const words = wordsOf(context, { first: verb.first, last: chunks[right + 1]?.last ?? verb.last });
    if (words.some((word) => DEMANDED.test(word)))
      return { ...mine, is: 'open', why: [...mine.why, 'demanded'] };
    if (words.some((word) => WEIGHED.test(word)))
      return { ...mine, is: 'void', why: [...mine.why, 'weighed'] };
  }
  // "humanitarian access to the town remains limited"
  if (verb?.kind === 'vg' && np?.kind === 'np' && said(clauses, at, right)) {
    const around = wordsOf(context, { first: verb.first, last: chunks[right + 1]?.last ?? verb.last });
    if (wordsOf(context, np).includes('access') && around.some((word) => CURTAILED.test(word)))
      return { ...mine, is: 'failed', why: [...mine.why, 'curtailed'] };
  }
  // "the withdrawal from the town has been put off": the verb is said of the noun.
  // "the evacuation from the town failed", "the withdrawal has not begun"
  if (verb?.kind === 'vg' && /^(?:happened|open)$/.test(mine.is) && said(clauses, at, right)) {
    // "had to be called off"
    const next = chunks[right + 1];
    const had = verb.lemma === 'have' && next?.kind === 'vg' && next.form === 'infinitive' && next.passive;
    const is = becameOf(had ? next : verb, mine.is, wordsOf(context, verb));
    if (is !== undefined) return { ...mine, is, why: [...mine.why, 'fell through'] };
  }
  return mine;
}

/** "a call by the agency for a truce": the call, not the agency that makes it. */
function holderOf({ lexicon, ground }: Context, { chunks }: Clauses, at: number): number {
  const by = skip(chunks, at - 1, -1);
  const link = chunks[by];
  const what = skip(chunks, by - 1, -1);
  const np = chunks[what];
  const made = isLink(link, 'preposition') && /^(?:by|from)$/.test(link.word) && np?.kind === 'np';
  return made && lexicon.nounEffect(ground.tokens[np.head]?.norm ?? '')?.effect === 'open' ? what : at;
}

/** What its verb says became of what a noun names: put off, called off, never come about; nothing when it says no such thing. */
function becameOf(verb: VerbGroup, is: Is, words: readonly string[]): Is | undefined {
  const name = verb.particle === undefined ? verb.lemma : `${verb.lemma} ${verb.particle}`;
  if (verb.passive) {
    if (verb.negated) return undefined;
    if (CALLED_OFF.test(name)) return 'failed';
    return is === 'happened' && PUT_OFF.test(name) ? 'open' : undefined;
  }
  if (!verb.negated) return FAILS.test(name) ? 'failed' : undefined;
  // "did not take place": its day is past; "has not taken place", "has not begun": it may yet.
  if (words.some((word) => /^(?:did|didnt)$/.test(word)) && COMES_ABOUT.test(name)) return 'failed';
  return BEGINS.test(verb.lemma) ? 'open' : undefined;
}

const AGENDA = /^(?:agenda|table|cards|option|question|true)$/;
const AGENDA_REACH = 4;
const BRINGS_ABOUT = /^(?:imposition|implementation|introduction|establishment|enforcement)$/;
const OVERSEES = /^(?:monitor|observe|oversee|supervise|verify|coordinate)$/;
const FAILS = /^(?:fail|collapse|falter|founder|flounder|stall|fall through|fall apart)$/;
const COMES_ABOUT = /^(?:take place|take|happen|materialise|materialize|go ahead|go)$/;
const BEGINS = /^(?:begin|start|commence|resume|take|happen|materialise|materialize|go)$/;
const WEIGHED =
  /^(?:critical|crucial|key|vital|essential|important|necessary|central|decisive|inevitable|imminent|likely|unlikely|possible)$/;
/** What is asked for is still to come. */
const DEMANDED = /^(?:overdue|urgent|needed|required|compulsory|mandatory|obligatory)$/;
const CURTAILED =
  /^(?:limited|restricted|denied|refused|blocked|hampered|obstructed|difficult|impossible|cut)$/;
const PUT_OFF = /^(?:postpone|delay|suspend|pause|plan|expect|schedule|put|put off|put back|hold up)$/;
const CALLED_OFF = /^(?:cancel|call off|halt|block|prevent|abort|scrap|shelve|abandon|thwart|foil)$/;

/** Whether only what belongs to the noun stands between it and the verb. */
const said = ({ chunks }: Clauses, at: number, verb: number): boolean =>
  chunks
    .slice(at + 1, verb)
    .every(
      (chunk) => chunk.kind === 'np' || chunk.kind === 'date' || isLink(chunk, 'preposition', 'conjunction'),
    );
