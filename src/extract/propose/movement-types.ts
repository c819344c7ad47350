import type { Chunk } from '../syntax/chunk.ts';
import { skip } from '../syntax/clause.ts';
import type { Context } from './context.ts';
import type { Proposal } from './proposal.ts';

/** Words of an organised move. With one in the sentence, people who "left" were taken out. */
const ORGANISED =
  /^(?:evacuat\w*|bus|buses|bussed|bused|convoys?|ambulances?|swap|safe|batch|escorted|corridors?|allowed|permitted)$/;
/** "told residents to leave": under an order. */
const ORDERS = /^(?:order|tell|instruct|command|direct)$/;
const DEAL = /^(?:deal|agreement|accord|truce)$/;
/** "under an unprecedented surrender deal" */
const DEAL_REACH = 6;

export const triggerOf = (context: Context, { sentence, at }: Proposal): Chunk | undefined =>
  context.sentences[sentence]?.chunks[at];

/** The lemma of the verb before an infinitive. */
export function governorOf(context: Context, { sentence, at }: Proposal): string {
  const before = context.sentences[sentence]?.chunks.slice(0, at).findLast(({ kind }) => kind === 'vg');
  return before?.kind === 'vg' ? before.lemma : '';
}

/** "has forced 6,000 residents to leave" */
export const isForced = (context: Context, proposal: Proposal): boolean =>
  /^(?:force|compel|oblige|drive)$/.test(governorOf(context, proposal));

/** "the town's Christian minorities have fled": no party that anybody knows, and a word for people. */
const isPopulace = ({ reading, lexicon }: Context, { from, span }: Proposal): boolean =>
  from.every(({ id }) => id === undefined) &&
  reading.tokens
    .slice(span.first, span.last)
    .some(({ norm }) => lexicon.nounClasses(norm).has('people') && !lexicon.nounClasses(norm).has('troops'));

/** "72 hours", "a day" to leave */
const TERM = /^(?:hours?|days?|weeks?|minutes)$/;
const norms = ({ reading: { tokens } }: Context, { last }: Chunk): string => tokens[last - 1]?.norm ?? '';

/** "civilians were killed as they fled": "they" are no force. */
function civiliansBefore(context: Context, { sentence, at }: Proposal): boolean {
  const chunks = context.sentences[sentence]?.chunks ?? [];
  const { tokens } = context.reading;
  // "as they tried to flee"
  const they = chunks.findLastIndex(
    (chunk, i) => i < at && chunk.kind !== 'vg' && !(chunk.kind === 'np' && TERM.test(norms(context, chunk))),
  );
  const subject = chunks[they];
  const norm = subject?.kind === 'np' && subject.pronoun ? tokens[subject.head]?.norm : undefined;
  if (norm !== 'they' && norm !== 'them') return false;
  // "residents said the group gave them three days to leave": not the group.
  const verb = chunks.findLastIndex((chunk, i) => i < they && chunk.kind === 'vg');
  const end = norm === 'them' && verb > 0 ? skip(chunks, verb - 1, -1) : they;
  const who = chunks
    .slice(0, end)
    .findLast(
      (chunk) =>
        chunk.kind === 'np' &&
        (chunk.actors.length > 0 ||
          context.lexicon.nounClasses(tokens[chunk.head]?.norm ?? '').has('people')),
    );
  return who?.kind === 'np' && who.actors.length === 0;
}

/** Without an organiser people who left a place fled it; with one they were taken out. */
export function typeOf(context: Context, proposal: Proposal, evacuates: boolean): Proposal {
  if (proposal.type === 'withdrawal' && (civiliansBefore(context, proposal) || isPopulace(context, proposal)))
    return { ...proposal, type: 'displacement', from: [] };
  if (proposal.rule === 'people-arrive') return evacuates ? { ...proposal, type: 'evacuation' } : proposal;
  if (!/^(?:people-leave|leave-place|withdraw)$/.test(proposal.rule)) return proposal;
  const taken = organised(context, proposal, evacuates);
  if (taken) return { ...proposal, type: 'evacuation' };
  return proposal.rule === 'people-leave' ? { ...proposal, type: 'displacement' } : proposal;
}

/** "left the towns under the deal", "left on buses": taken out, not driven out. */
function organised(context: Context, proposal: Proposal, evacuates: boolean): boolean {
  const chunk = triggerOf(context, proposal);
  if (chunk?.kind !== 'vg' || !/^(?:leave|depart|exit)$/.test(chunk.lemma)) return false;
  const { first = 0, last = 0 } = context.reading.sentences[proposal.sentence] ?? {};
  const words = context.reading.tokens.slice(first, last).map((token) => token.norm);
  return (
    (chunk.form === 'infinitive' && ORDERS.test(governorOf(context, proposal))) ||
    words.some((word) => ORGANISED.test(word)) ||
    words.some(
      (word, at) => word === 'under' && words.slice(at, at + DEAL_REACH).some((one) => DEAL.test(one)),
    ) ||
    (evacuates && (words.some((word) => DEAL.test(word)) || proposal.rule === 'people-leave'))
  );
}
