import { z } from 'zod';
import { aroundOf, holdingsIn } from '../assess/ledger/inherit.ts';
import { siegeOn } from '../assess/ledger/siege.ts';
import type { ControlQuery } from '../model/control.ts';
import type { ReportId } from '../model/ids.ts';
import type { Incident } from '../model/incident.ts';
import type { Message } from '../model/message.ts';
import { placeKeyOf, type PlaceRef } from '../model/place.ts';
import { addDays, dayOf, type Day, type Instant } from '../model/time.ts';
import { renderMistake, renderStatus, type StatusAnswer } from '../render/answers.ts';
import { defineCommand, type Command, type CommandContext } from './definition.ts';
import { optionalDay, placeName } from './inputs.ts';
import { findKnownPlace } from './place.ts';

/** What happened longer ago is history, not the state of things. */
const RECENT_DAYS = 14;
const RECENT_LIMIT = 5;
/** Among so many of a place's newest happenings a siege of it is sought. */
const SIEGE_LIMIT = 50;

const endOf = (day: Day): Instant => `${day}T23:59:59.999Z` as Instant;

interface Asked {
  readonly at?: Day | undefined;
  readonly known?: Day | undefined;
}

/** What is asked of the ledger. Known on a day means: as things stood for us at its end, about that day unless said otherwise. */
function queryOf({ at, known }: Asked, now: Instant): ControlQuery & { readonly at: Day } {
  return { at: at ?? known ?? dayOf(now), ...(known !== undefined && { known: endOf(known) }) };
}

const reportsOf = (incidents: readonly Incident[]): readonly ReportId[] => [
  ...new Set(
    incidents.flatMap(({ facts, withdrawn = [] }) =>
      [...facts, ...withdrawn].flatMap(({ claims }) => claims.map(({ report }) => report)),
    ),
  ),
];

/** What the question takes of its context. */
type Lookups = Pick<CommandContext, 'store' | 'places' | 'wording' | 'now' | 'show'>;

/** How a place stands, as data. */
export async function answerOf(place: PlaceRef, asked: Asked, context: Lookups): Promise<StatusAnswer> {
  const { store, places, now } = context;
  const members = (place.id === undefined ? [] : places.membersOf(place.id)).map(placeKeyOf);
  const query = queryOf(asked, now);
  // Incidents are kept in their latest form only: which of them were told by an earlier time they cannot say.
  const window = { from: addDays(query.at, -RECENT_DAYS), to: query.at, limit: RECENT_LIMIT };
  // Who cuts off a region cuts off what lies in it.
  const cutOff = [place.key, ...(place.id === undefined ? [] : places.regionsOf(place.id).map(placeKeyOf))];
  const [rows, wide, incidents, sieges] = await Promise.all([
    store.controlIn(place.key, query),
    store.controlOf([...aroundOf(place, places), ...members], query),
    asked.known === undefined ? store.incidentsIn(place.key, window) : [],
    Promise.all(cutOff.map((key) => store.incidentsAt(key, SIEGE_LIMIT))),
  ]);
  const siege = siegeOn(
    cutOff,
    await Promise.all(sieges.flat().map((incident) => context.show(incident))),
    query.at,
    query.known && (await store.heardBy(reportsOf(sieges.flat()), query.known)),
  );
  const recent = await Promise.all(
    incidents.filter(({ past }) => past !== true).map((incident) => context.show(incident)),
  );
  const known = [...new Map([...rows, ...wide].map((row) => [row.id, row])).values()];
  const { held, inside } = holdingsIn(place, known, places, context.wording.actors);
  const earliest = held.length === 0 && inside.length === 0 ? await store.earliestIn(place.key) : undefined;
  return {
    place,
    held,
    inside,
    recent,
    ...(siege && { siege }),
    now,
    ...(asked.at === undefined && asked.known === undefined ? {} : { at: query.at }),
    ...(query.known !== undefined && { known: query.known }),
    ...(earliest !== undefined && { earliest }),
  };
}

/** What `/status` takes, as typed. */
export const statusInput = z.object({ place: placeName, at: optionalDay, known: optionalDay });

/** What is known, as data; or why it cannot be said, or the question which place is meant, as a message. */
export async function askStatus(
  { place, at, known }: z.output<typeof statusInput>,
  context: Lookups,
): Promise<{ readonly answer: StatusAnswer } | { readonly message: Message }> {
  const today = dayOf(context.now);
  const ahead = [at, known].find((asked) => asked !== undefined && asked > today);
  if (ahead !== undefined)
    return {
      message: renderMistake({ kind: 'future_date', typed: ahead, usage: status.usage }, context.wording),
    };
  const found = await findKnownPlace(place, 'status', context);
  if (found.kind === 'ask') return { message: found.message };
  return { answer: await answerOf(found.place, { at, known }, context) };
}

export const status: Command = defineCommand({
  name: 'status',
  summary: 'Who holds a place and what lies in it, how sure that is, and on whose word',
  access: 'anyone',
  parameters: [
    {
      name: 'place',
      summary: 'In any spelling or script; add what it lies in when several places bear the name',
      required: true,
      shown: 'PLACE',
      completion: { kind: 'places' },
    },
    {
      name: 'at',
      keyword: 'at',
      summary: 'The day asked about; today when left out',
      required: false,
      shown: 'DATE',
    },
    {
      name: 'known',
      keyword: 'known',
      summary: 'As it was known on that day',
      required: false,
      shown: 'DATE',
    },
  ],
  input: statusInput,
  run: async (input, context) => {
    const asked = await askStatus(input, context);
    return 'message' in asked ? asked.message : renderStatus(asked.answer, context.wording);
  },
});
