import type { PlaceMention } from '../../model/place.ts';
import type { TokenSpan } from '../../model/reading.ts';
import { rightSide } from '../syntax/clause.ts';
import { firstFrom } from '../offsets.ts';
import { anaphor } from './anaphora.ts';
import type { Context } from './context.ts';
import { isLandmark } from './landmarks.ts';
import type { Proposal } from './proposal.ts';
import { uniquePlaces } from './filled.ts';

const MOVES = new Set(['withdrawal', 'evacuation', 'displacement']);
/** How many sentences back the place may stand that people leave. */
const REACH = 3;
const DIRECTION = /^(?:north|south|east|west|central)\w*$/;

/** People leave where they are: "residents of A fled to B", unless the words say from where. */
export function fromHome(proposal: Proposal): Proposal {
  const { how, toPlaces, home = [] } = proposal;
  // "from towns to Aleppo": not from where they go.
  const places =
    how === 'named'
      ? proposal.places
      : proposal.places.filter(({ id }) => id === undefined || !toPlaces.some((goal) => goal.id === id));
  if (places.length > 0 && !/^(?:topic|anaphor)$/.test(how)) return { ...proposal, places };
  const left = home.filter(
    (place) => !toPlaces.some((goal) => goal.id !== undefined && goal.id === place.id),
  );
  return left.length === 0 ? { ...proposal, places } : { ...proposal, places: left, how: 'named' };
}

/** "evacuated from four towns": those that the report has people leave. */
export function countedTowns(
  context: Context,
  proposals: readonly Proposal[],
  { type, sentence, at, how }: Proposal,
): readonly PlaceMention[] {
  const clauses = context.sentences[sentence];
  if (type !== 'evacuation' || clauses === undefined || how === 'named') return [];
  const { tokens } = context.reading;
  const counted = rightSide(clauses, at, false)
    .adjuncts.filter(({ prep }) => /^(?:from|out of)$/.test(prep))
    .flatMap(({ args }) => args)
    .some(
      ({ np }) =>
        /^(?:towns|villages|areas|districts|cities|suburbs|neighbou?rhoods)$/.test(
          tokens[np.head]?.norm ?? '',
        ) &&
        tokens
          .slice(np.first, np.head)
          .some(({ norm }) => /^(?:two|three|four|five|six|both|[2-6])$/.test(norm)),
    );
  if (!counted) return [];
  const left = proposals.filter(
    (one) => one.type === 'evacuation' && one.how === 'named' && one.places.length > 0,
  );
  return uniquePlaces(left.flatMap((one) => one.places).filter(({ kind }) => kind !== 'country'));
}

/** Where the last movement before it left from, else the last place named: not where it goes. */
export function placesBefore(
  context: Context,
  before: readonly Proposal[],
  proposal: Proposal,
): readonly PlaceMention[] {
  const told = (one: Proposal): boolean =>
    MOVES.has(one.type) && one.places.length > 0 && one.verdict.is !== 'void';
  // "the evacuees were stranded": those of the evacuation that was told, however long ago, and not of the last place.
  if (proposal.rule.startsWith('evacuees-'))
    return before.findLast((one) => one.type === 'evacuation' && told(one))?.places ?? [];
  const last = before.findLast((one) => told(one) && proposal.sentence - one.sentence <= REACH);
  if (last !== undefined && (last.type === 'evacuation') === (proposal.type === 'evacuation'))
    return last.places;
  const place =
    (villageOf(context, proposal) ?? topicOf(context, before, proposal) ?? leadOf(context, proposal))
      ?.mention ?? laterIn(context, proposal);
  return place === undefined ? [] : [place];
}

/** "all villagers have fled": the village that the report spoke of. */
function villageOf(context: Context, { span, toPlaces }: Proposal): Named | undefined {
  const { tokens } = context.reading;
  if (!tokens.slice(span.first, span.last).some(({ norm }) => norm === 'villagers')) return undefined;
  const back = anaphor(context, span.first, 'village');
  const goes = toPlaces.some(({ id }) => id !== undefined && id === back?.mention.id);
  return back?.mention.kind === 'city' || goes ? undefined : back;
}

/** "30 people escaped to B", told at the end of a report on A: the place that it names first. */
function leadOf(context: Context, { people, toPlaces }: Proposal): Named | undefined {
  if (people === undefined || toPlaces.length === 0) return undefined;
  const first = context.places.find(
    (span) => span.mention.kind !== 'country' && span.mention.id !== undefined && !isLandmark(context, span),
  );
  return toPlaces.some(({ id }) => id === first?.mention.id) ? undefined : first;
}

/** A place that the text names, by a mark of its own or only by the words around it ("seized Xxx"). */
interface Named extends TokenSpan {
  readonly mention: PlaceMention;
}

/** The last place named before it that it does not go to; of "a town in a province" the town. */
export function topicOf(
  context: Context,
  before: readonly Proposal[],
  proposal: Proposal,
): Named | undefined {
  const { tokens } = context.reading;
  const sentenceOf = (span: Named): number => tokens[span.first]?.sentence ?? 0;
  const trigger = context.sentences[proposal.sentence]?.chunks[proposal.at];
  const end = Math.max(proposal.span.first, trigger?.first ?? 0);
  const marked: readonly Named[] = context.places.filter(
    ({ first, part, mention }) =>
      mention.kind !== 'country' || part === 'direction' || DIRECTION.test(tokens[first - 1]?.norm ?? ''),
  );
  const near = [...marked, ...unmarked(context, before)]
    .filter(
      (span) =>
        span.last <= end &&
        proposal.sentence - sentenceOf(span) <= REACH &&
        !proposal.toPlaces.some((place) => place.id !== undefined && place.id === span.mention.id),
    )
    .sort((a, b) => a.first - b.first);
  const known = near.filter(({ mention }) => mention.id !== undefined);
  const last = known.findLast((span) => !isLandmark(context, span)) ?? known.at(-1) ?? near.at(-1);
  if (last === undefined) return undefined;
  const wide = /^(?:governorate|region|district|subdistrict|country)$/.test(last.mention.kind ?? '');
  const inner = near.findLast(
    (span) =>
      (wide || sentenceOf(span) === sentenceOf(last)) &&
      span !== last &&
      span.mention.id !== last.mention.id &&
      context.contains(last.mention, span.mention),
  );
  return inner ?? last;
}

/** Places of earlier proposals that no gazetteer knows. */
function unmarked({ reading: { tokens } }: Context, before: readonly Proposal[]): readonly Named[] {
  return before
    .filter(({ how }) => how === 'provisional')
    .flatMap(({ places, span }) =>
      places
        .filter(({ id }) => id === undefined)
        .map((mention) => {
          const first = firstFrom(tokens, Math.max(mention.start, tokens[span.first]?.start ?? 0));
          return { first, last: first + 1, mention };
        }),
    );
}

/** "Thousands were evacuated after floods in Hunan": the place behind it, where none stands before it. */
function laterIn({ places, reading, country }: Context, proposal: Proposal): PlaceMention | undefined {
  const { sentence, people, toPlaces } = proposal;
  if (people === undefined || toPlaces.length > 0) return undefined;
  const here = places.filter(({ first }) => reading.tokens[first]?.sentence === sentence);
  const named = here.find(({ mention }) => mention.kind !== 'country') ?? here[0];
  return named?.mention ?? country;
}
