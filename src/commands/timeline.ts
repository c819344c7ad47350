import { z } from 'zod';
import type { Message } from '../model/message.ts';
import { addDays, day, dayOf } from '../model/time.ts';
import { renderTimeline, type TimelineAnswer } from '../render/inquiries.ts';
import { defineCommand, type Question } from './definition.ts';
import { optionalDays, placeName } from './inputs.ts';
import { findKnownPlace } from './place.ts';

/** As many happenings fit one message. */
const LIMIT = 20;
const EARLIEST = day('1900-01-01');

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
  return {
    answer: { place, incidents, full: incidents.length === LIMIT, ...(days !== undefined && { from }) },
  };
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
