import type { ActorMention } from '../../model/actor.ts';
import { isFinite, isLink } from '../syntax/chunk.ts';
import { type Argument, type Clauses, skip, subjectOf } from '../syntax/clause.ts';
import type { Context } from './context.ts';
import { mention } from './forces.ts';
import type { Proposal } from './proposal.ts';
import { effectOf } from './status.ts';

/** Who says it, when the text attributes it: a speech verb above the clause, "according to", or one behind it. */
export function speakerOf(context: Context, clauses: Clauses, proposal: Proposal): ActorMention | undefined {
  for (const at of proposal.verdict.speech) {
    const speaker = subjectSpeaker(context, clauses, at);
    if (speaker !== undefined) return speaker;
  }
  return trailing(context, clauses, proposal) ?? accordingTo(context, clauses);
}

function subjectSpeaker(context: Context, clauses: Clauses, at: number): ActorMention | undefined {
  const subject = subjectOf(clauses, at).candidates[0];
  return subject && named(context, subject);
}

/** The speaker in a noun phrase: an actor it names, a capitalised name, or the words themselves ("activists"). */
function named(context: Context, args: readonly Argument[]): ActorMention | undefined {
  const np = args[0]?.np;
  if (np === undefined) return undefined;
  const actor = np.actors.at(-1);
  if (actor !== undefined) return mention(context, actor);
  if (np.pronoun) return undefined;
  const tokens = context.reading.tokens;
  const skipFirst =
    context.lexicon.wordClasses(tokens[np.first]?.norm ?? '').has('determiner') && np.last - np.first > 1;
  const first = tokens[np.first + (skipFirst ? 1 : 0)];
  const last = tokens[np.last - 1];
  return first && last && { text: context.reading.body.slice(first.start, last.end) };
}

/** "…, the Observatory said": a speech verb behind the clause with nothing of its own after it. */
function trailing(context: Context, clauses: Clauses, proposal: Proposal): ActorMention | undefined {
  const { chunks } = clauses;
  for (let i = proposal.at + 1; i < chunks.length; i += 1) {
    const group = chunks[i];
    if (group?.kind !== 'vg' || !isFinite(group) || effectOf(context, group)?.effect !== 'say') continue;
    const next = chunks[skip(chunks, i + 1)];
    const ends =
      next === undefined ||
      isLink(next, 'break', 'preposition', 'comma') ||
      (next.kind === 'np' && chunks[skip(chunks, skip(chunks, i + 1) + 1)] === undefined);
    if (!ends) return undefined;
    const before = chunks[skip(chunks, i - 1, -1)];
    if (before?.kind === 'np') return subjectSpeaker(context, clauses, i);
    // "…" said NAME
    return next?.kind === 'np' ? named(context, [{ np: next, at: i + 1 }]) : undefined;
  }
  return undefined;
}

function accordingTo(context: Context, clauses: Clauses): ActorMention | undefined {
  const at = clauses.chunks.findIndex(
    (chunk) => isLink(chunk, 'preposition') && chunk.word === 'according to',
  );
  const np = clauses.chunks[skip(clauses.chunks, at + 1)];
  return at >= 0 && np?.kind === 'np' ? named(context, [{ np, at: at + 1 }]) : undefined;
}
