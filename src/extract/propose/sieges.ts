import { near, topicBefore } from './anaphora.ts';
import type { Context } from './context.ts';
import type { Proposal } from './proposal.ts';

/**
 * "The siege was lifted", "reached troops besieged in the town, breaking the siege": of the place that the sentence tells to be
 * besieged, else of the one named before.
 */
export function locateSieges(context: Context, proposals: readonly Proposal[]): readonly Proposal[] {
  const told = new Set<Proposal>();
  const located = proposals.map((one) => {
    if (one.rule !== 'lift-the-siege') return one;
    const siege = proposals.find(
      (other) => other.type === 'siege' && other.sentence === one.sentence && other.at < one.at,
    );
    if (siege !== undefined) {
      told.add(siege);
      return { ...one, places: siege.places, how: siege.how, part: siege.part, to: siege.to };
    }
    const back = topicBefore(context, one.span.first);
    return back !== undefined && near(context, back, one.span.first)
      ? { ...one, places: [back.mention], how: 'anaphor' as const }
      : one;
  });
  return located.filter((one) => !told.has(one));
}
