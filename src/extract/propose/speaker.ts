import type { ActorMention } from '../../model/actor.ts';
import { speakerAt } from '../speakers.ts';
import type { Context } from './context.ts';
import type { Proposal } from './proposal.ts';

/** Who says it, when the text attributes it; nobody when the report says it in its own voice. */
export function speakerOf(context: Context, proposal: Proposal): ActorMention | undefined {
  const trigger = context.sentences[proposal.sentence]?.chunks[proposal.at];
  const found = speakerAt(context.attributions, trigger?.first ?? proposal.span.first);
  return found && { text: found.name, ...(found.id !== undefined && { id: found.id }), name: found.name };
}
