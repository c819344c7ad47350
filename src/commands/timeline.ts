import { z } from 'zod';
import type { Fact, Incident } from '../model/incident.ts';
import type { Message } from '../model/message.ts';
import { placeKeyOf, type PlaceKind, type PlaceRef } from '../model/place.ts';
import { addDays, day, dayOf, type Day } from '../model/time.ts';
import { renderTimeline, type TimelineAnswer } from '../render/inquiries.ts';
import { defineCommand, type Question } from './definition.ts';
import { optionalDays, placeName } from './inputs.ts';
import { findKnownPlace } from './place.ts';

/** As many happenings fit one message. */
const LIMIT = 20;
const EARLIEST = day('1900-01-01');

/** Of so much ground it is said too loosely what happened to it to stand for each place in it. */
const LOOSE: ReadonlySet<PlaceKind> = new Set(['governorate', 'country']);

/** What befell all of the ground that a place lies in: that it was taken, or cut off. */
async function aroundIt(
  place: PlaceRef,
  from: Day,
  { store, places, show }: Question,
): Promise<readonly Incident[]> {
  const regions = place.id === undefined ? [] : places.regionsOf(place.id);
  const keys = [...regions, ...place.within]
    .filter((id) => !LOOSE.has(places.get(id)?.kind ?? 'country'))
    .map(placeKeyOf);
  const concerns = ({ type, status, part, places: named }: Fact): boolean =>
    (type === 'control' || type === 'siege') &&
    (status === 'happened' || status === 'ongoing') &&
    !part &&
    named.some(({ key }) => keys.includes(key));
  const found = (await Promise.all(keys.map((key) => store.incidentsAt(key, LIMIT)))).flat();
  const shown = await Promise.all(
    [...new Map(found.map((one) => [one.id, one])).values()]
      .filter(({ lastActivity }) => dayOf(lastActivity) >= from)
      .map(show),
  );
  return shown
    .map((incident) => ({ ...incident, facts: incident.facts.filter(concerns), withdrawn: [] }))
    .filter(({ facts }) => facts.length > 0);
}

/** What `/timeline` takes, as typed. */
export const timelineInput = z.object({ place: placeName, days: optionalDays });

/** What happened, as data; or the question which place is meant, as a message. */
export async function askTimeline(
  { place: name, days }: z.output<typeof timelineInput>,
  context: Question,
): Promise<{ readonly answer: TimelineAnswer } | { readonly message: Message }> {
  const found = await findKnownPlace(name, 'timeline', context);
  if (found.kind === 'ask') return { message: found.message };
  const { place } = found;
  const today = dayOf(context.now);
  const from = days === undefined ? EARLIEST : addDays(today, -days);
  const all = await context.store.incidentsIn(place.key, { from, to: today, limit: LIMIT });
  const incidents = await Promise.all(all.map((incident) => context.show(incident)));
  const wider = await aroundIt(place, from, context);
  const around = wider.filter(({ id }) => !incidents.some((incident) => incident.id === id));
  const full = incidents.length === LIMIT;
  return { answer: { place, incidents, around, full, ...(days !== undefined && { from }) } };
}

export const timeline = defineCommand({
  name: 'timeline',
  summary: 'What happened in a place and what lies in it, in order',
  access: 'anyone',
  parameters: [
    {
      name: 'place',
      summary: 'In any spelling or script',
      required: true,
      shown: 'PLACE',
      completion: { kind: 'places' },
    },
    {
      name: 'days',
      keyword: 'days',
      summary: 'Only of so many days; the newest happenings of any time when left out',
      required: false,
      shown: 'NUMBER',
    },
  ],
  input: timelineInput,
  run: async (input, context) => {
    const asked = await askTimeline(input, context);
    return 'message' in asked ? asked.message : renderTimeline(asked.answer, context.wording);
  },
});
