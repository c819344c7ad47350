import type { ActorMention } from '../../model/actor.ts';
import type { Context } from './context.ts';
import type { Proposal } from './proposal.ts';

/** Who says it, when the text attributes it; nobody when the report says it in its own voice. */
export function speakerOf(context: Context, proposal: Proposal): ActorMention | undefined {
  const trigger = context.sentences[proposal.sentence]?.chunks[proposal.at];
  // "The rebels claim control of the town": it is their word.
  const claims = trigger?.kind === 'vg' && trigger.lemma === 'claim' && !trigger.passive;
  const claimed = claims || claimsToHave(context, proposal);
  if (claimed && proposal.to[0] !== undefined) return proposal.to[0];
  const found = context.speakerAt[trigger?.first ?? proposal.span.first];
  if (found === undefined) return undefined;
  const { name, id, text } = found;
  // "he added", "the source said": whoever it is, by its name.
  if (id === undefined || /^(?:he|she|it|they)$/i.test(text))
    return { text: name, ...(id !== undefined && { id }), name };
  return { text, id, name };
}

/** "The rebels claim to have taken the town", a day between them or not. */
function claimsToHave({ sentences }: Context, { sentence, at }: Proposal): boolean {
  const chunks = sentences[sentence]?.chunks ?? [];
  const trigger = chunks[at];
  if (trigger?.kind !== 'vg' || trigger.form !== 'infinitive') return false;
  const before = chunks[chunks[at - 1]?.kind === 'date' ? at - 2 : at - 1];
  return before?.kind === 'vg' && before.lemma === 'claim' && !before.passive;
}
