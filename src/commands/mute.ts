import { z } from 'zod';
import { shortIdOf } from '../model/incident.ts';
import { instant, type Instant } from '../model/time.ts';
import { renderMuted } from '../render/channel-answers.ts';
import { defineCommand } from './definition.ts';
import { findIncident, incidentParameter } from './incident.ts';
import { given, optionalWord } from './inputs.ts';

const HOUR_MS = 3_600_000;

/** For how long a thread may be muted, and how many hours that is. */
const SPANS = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24 } as const;
type Span = keyof typeof SPANS;
const WORDS = Object.keys(SPANS) as readonly Span[];

const untilOf = (span: Span, now: Instant): Instant => instant(Date.parse(now) + SPANS[span] * HOUR_MS);

export const mute = defineCommand({
  name: 'mute',
  summary: 'No more replies here on one happening, but for corrections; its message stays up to date',
  access: 'manager',
  parameters: [
    incidentParameter,
    {
      name: 'span',
      keyword: 'for',
      summary: `For an ${WORDS.join(', ')}; a day when left out`,
      required: false,
      shown: 'SPAN',
      completion: { kind: 'words', words: WORDS },
    },
  ],
  input: z.object({ incident: given('incident'), span: optionalWord(WORDS) }),
  run: async ({ incident: typed, span = 'day' }, context) => {
    const { store, destination, now, wording } = context;
    const found = await findIncident(typed, 'mute', context);
    if (found.kind === 'ask') return found.message;
    const { id } = found.incident;
    const until = untilOf(span, now);
    const done = await store.mute(id, destination.id, until);
    return renderMuted({ done, destination: destination.name, until, incident: shortIdOf(id) }, wording);
  },
});

export const unmute = defineCommand({
  name: 'unmute',
  summary: 'Replies here again on a happening that was muted',
  access: 'manager',
  parameters: [incidentParameter],
  input: z.object({ incident: given('incident') }),
  run: async ({ incident: typed }, context) => {
    const { store, destination, wording } = context;
    const found = await findIncident(typed, 'unmute', context);
    if (found.kind === 'ask') return found.message;
    const { id } = found.incident;
    const done = await store.mute(id, destination.id);
    return renderMuted({ done, destination: destination.name, incident: shortIdOf(id) }, wording);
  },
});
