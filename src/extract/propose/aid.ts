import type { PlaceMention } from '../../model/place.ts';
import { subjectOf } from '../syntax/subject.ts';
import type { Context } from './context.ts';
import { leadingAt } from './landmarks.ts';
import { topicBefore } from './places.ts';
import type { Proposal } from './proposal.ts';

/** How many sentences back the place may stand that aid is for. */
const REACH = 2;

/** Places aid that the words do not, and reads "no convoy has entered" as a failure. */
export function locateAid(context: Context, proposals: readonly Proposal[]): Proposal[] {
  const relief: number[] = [];
  return proposals.flatMap((proposal) => {
    if (proposal.type !== 'aid_access') return [proposal];
    // "A second convoy was turned back": of relief, as the one before was.
    const goesOn = relief.some((sentence) => proposal.sentence - sentence <= REACH);
    if (!isRelief(context, proposal) && !(goesOn && carriesOn(context, proposal))) return [];
    relief.push(proposal.sentence);
    const turned = noneGotIn(context, proposal)
      ? { ...proposal, verdict: { ...proposal.verdict, negated: true } }
      : proposal;
    if (forTruce(context, turned)) return [];
    // "did not reach the civilians besieged in A"
    const home = turned.home ?? [];
    if (turned.places.length === 0 && home.length > 0) return [{ ...turned, places: home, how: 'named' }];
    if (turned.places.length > 0) {
      // "entering Moadamiyah in rural Damascus"
      const inner = turned.places.filter(
        (place) => !turned.places.some((other) => other.id !== place.id && context.contains(place, other)),
      );
      return [{ ...turned, places: inner }];
    }
    if (turned.rule === 'aid-kept-out') {
      const bound = boundFor(context, turned);
      return bound === undefined ? [] : [{ ...turned, places: [bound], how: 'named' as const }];
    }
    const topic = topicBefore(context, turned.span.first);
    const sentence = topic && context.reading.tokens[topic.first]?.sentence;
    if (topic === undefined || sentence === undefined || turned.sentence - sentence > REACH) return [];
    // "evacuated from A, and aid is due to enter": of one sentence, there.
    const how = sentence === turned.sentence ? 'anaphor' : 'topic';
    return [{ ...turned, places: [topic.mention], how }];
  });
}

/** "a convoy bound for Kutum was turned back": where what was kept out was going. */
function boundFor(context: Context, { span }: Proposal): PlaceMention | undefined {
  const { tokens } = context.reading;
  return context.places.findLast(
    ({ first, last, mention }) =>
      mention.kind !== 'country' &&
      first >= span.first &&
      last <= span.last &&
      /^(?:for|to|into|towards?)$/.test(tokens[leadingAt(tokens, first)]?.norm ?? ''),
  )?.mention;
}

/** "a pause to allow aid into the city": that is the truce's purpose, and told with it. */
function forTruce({ reading }: Context, { sentence, verdict, rule }: Proposal): boolean {
  const { first = 0, last = 0 } = reading.sentences[sentence] ?? {};
  return (
    verdict.is === 'open' &&
    rule !== 'aid-access-noun' &&
    reading.tokens
      .slice(first, last)
      .some(({ norm }) => /^(?:truces?|ceasefires?|fire|pauses?|halt|lull|cessation)$/.test(norm))
  );
}

/** "No convoy", "none of the aid", "little food": the subject says that nothing came. */
function noneGotIn(context: Context, { sentence, at }: Proposal): boolean {
  const clauses = context.sentences[sentence];
  const group = clauses?.chunks[at];
  if (clauses === undefined || group?.kind !== 'vg') return false;
  return subjectOf(clauses, at).candidates.some((list) =>
    list.some(({ np }) => /^(?:no|none|little|neither)$/.test(context.reading.tokens[np.first]?.norm ?? '')),
  );
}

/** "the convoy", "another truck": what the words before were about. */
const carriesOn = ({ reading: { tokens } }: Context, { span }: Proposal): boolean =>
  /^(?:the|another|other|both|one|two|three|its|their)$/.test(tokens[span.first]?.norm ?? '') ||
  /^(?:second|third|other|first)$/.test(tokens[span.first + 1]?.norm ?? '');

const RELIEF =
  /^(?:aid|humanitarian|relief|assistance|food|medicines?|medical|suppl(?:y|ies)|vaccines?|flour|sorghum|wheat|grain|rice|un|icrc|crescent|agency|agencies|rations?)$/;

/** Whether the words are of relief: any truck enters a town, any worker reaches it. */
function isRelief(context: Context, { sentence, span }: Proposal): boolean {
  const { first = 0 } = context.reading.sentences[sentence] ?? {};
  const start = Math.max(first, span.first - 6);
  return (
    context.reading.tokens.slice(start, span.last).some((token) => RELIEF.test(token.norm)) ||
    // "the siege was eased, but no convoy has arrived"
    context.reading.tokens
      .slice(first, span.last)
      .some(({ norm }) => /^(?:siege|blockade|besieged)$/.test(norm)) ||
    context.ground.actorAt
      .slice(start, span.last)
      .some((actor) => actor?.id !== undefined && context.actors.get(actor.id)?.tags.has('relief') === true)
  );
}
