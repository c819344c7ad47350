import type { PlaceMention } from '../../model/place.ts';
import type { Context } from './context.ts';
import { topicBefore } from './places.ts';
import type { Proposal } from './proposal.ts';

const MOVES = new Set(['withdrawal', 'evacuation', 'displacement']);
/** How many sentences back the place may stand that people leave. */
const REACH = 3;
/** Words of an organised move. With one in the sentence, people who "left" were taken out. */
const ORGANISED =
  /^(?:evacuat\w*|bus|buses|bussed|convoys?|ambulances?|swap|safe|batch|escorted|corridors?)$/;
const DEAL = /^(?:deal|agreement|accord|truce)$/;

/** Gives movements without a stated place the one that the report speaks of, and tells evacuation from flight. */
export function locateMovements(context: Context, proposals: readonly Proposal[]): Proposal[] {
  const found: Proposal[] = [];
  const evacuates = context.reading.tokens.some((token) =>
    /^evacuat(?:ed|ion|ions|ing|e|ees)$/.test(token.norm),
  );
  for (const proposal of proposals) {
    if (!MOVES.has(proposal.type)) {
      found.push(proposal);
      continue;
    }
    const taken = organised(context, proposal, evacuates);
    // People who merely left a place are no news.
    if (proposal.rule === 'people-leave' && !taken) continue;
    const typed = taken ? { ...proposal, type: 'evacuation' as const } : proposal;
    const places =
      typed.places.length > 0 || !leaves(context, typed) ? typed.places : placesBefore(context, found, typed);
    if (places.length > 0)
      found.push(places === typed.places ? typed : { ...typed, places, how: 'topic' as const });
  }
  return found;
}

/** Whether the words mean leaving one place for good, so that the place may be told elsewhere. */
function leaves(context: Context, { sentence, at, toPlaces }: Proposal): boolean {
  const chunk = context.sentences[sentence]?.chunks[at];
  if (chunk?.kind === 'np' || toPlaces.length > 0) return true;
  return (
    chunk?.kind === 'vg' &&
    /^(?:evacuate|bus|withdraw|retreat|pull|resume|begin|start|continue|complete|restart)$/.test(chunk.lemma)
  );
}

/** "left the towns under the deal", "left on buses": taken out, not driven out. */
function organised(context: Context, proposal: Proposal, evacuates: boolean): boolean {
  if (!/^(?:people-leave|leave-place|withdraw)$/.test(proposal.rule)) return false;
  const chunk = context.sentences[proposal.sentence]?.chunks[proposal.at];
  if (chunk?.kind !== 'vg' || !/^(?:leave|depart|exit)$/.test(chunk.lemma)) return false;
  const { first = 0, last = 0 } = context.reading.sentences[proposal.sentence] ?? {};
  const words = context.reading.tokens.slice(first, last).map((token) => token.norm);
  return (
    words.some((word) => ORGANISED.test(word)) ||
    (evacuates && (words.some((word) => DEAL.test(word)) || proposal.rule === 'people-leave'))
  );
}

/** Where the last movement before it left from, else the last place named: not where it goes. */
function placesBefore(
  context: Context,
  before: readonly Proposal[],
  proposal: Proposal,
): readonly PlaceMention[] {
  const last = before.findLast(
    (one) => MOVES.has(one.type) && one.places.length > 0 && proposal.sentence - one.sentence <= REACH,
  );
  if (last !== undefined && (last.type === 'evacuation') === (proposal.type === 'evacuation'))
    return last.places;
  const topic = topicBefore(context, proposal.span.first);
  if (topic === undefined) return [];
  const sentence = context.reading.tokens[topic.first]?.sentence ?? 0;
  const goal = proposal.toPlaces.some((place) => place.id !== undefined && place.id === topic.mention.id);
  return goal || proposal.sentence - sentence > REACH ? [] : [topic.mention];
}
