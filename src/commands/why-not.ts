import { z } from 'zod';
import type { DestinationId } from '../model/ids.ts';
import type { Incident, Reason } from '../model/incident.ts';
import type { Message } from '../model/message.ts';
import {
  renderWhyNot,
  renderWhichReport,
  sentenceAround,
  type Outcome,
  type WhyNotAnswer,
} from '../render/inquiries.ts';
import { unwanted } from '../route/filter.ts';
import { incidentPlaces } from '../route/places.ts';
import { defineCommand, type Question } from './definition.ts';
import { given } from './inputs.ts';
import { findReport } from './named-report.ts';
import type { ReportTrail } from './ports.ts';

/** Why a channel was not told of an incident, as its subscriptions stand now; undefined when it would be. */
async function untold(
  incident: Incident,
  destination: DestinationId,
  { store, places, now }: Question,
): Promise<Reason | undefined> {
  const here = await store.toldIn(incident.id, destination);
  if (here?.mutedUntil !== undefined && here.mutedUntil > now) return { key: 'route.muted', values: {} };
  const concerned = new Set(incidentPlaces(incident, { places }));
  const covering = (await store.subscriptionsOf(destination)).filter(
    ({ place }) => place === undefined || concerned.has(place),
  );
  const reasons = covering.map((subscription) => unwanted(incident, subscription));
  if (reasons.length === 0) return { key: 'route.no_subscription', values: {} };
  return reasons.includes(undefined) ? undefined : reasons[0];
}

/** What became of each statement of a judged report. */
async function outcomesOf(
  trail: ReportTrail,
  context: Question,
  anywhere: boolean,
): Promise<readonly Outcome[]> {
  const { store, destination } = context;
  return Promise.all(
    trail.decisions.map(async (decision): Promise<Outcome> => {
      const statement = trail.statements.find(({ id }) => id === decision.statement);
      const quote = statement === undefined ? '' : sentenceAround(trail.report.body, statement.span);
      if (decision.incident === undefined) return { quote, reason: decision.reason, kind: 'kept' };
      const known = (await store.incident(decision.incident))?.incident;
      if (!known) return { quote, reason: decision.reason, kind: 'kept' };
      const incident = await context.show(known);
      // The report's own words, and reasons of matching, would tell what is held back.
      const told = incident === known ? { quote, reason: decision.reason } : { quote: '' };
      const update = trail.updates.find((one) => one.incident === decision.incident);
      if (!update) return { ...told, kind: 'silent', incident };
      if (anywhere) return { ...told, kind: 'alerted', incident };
      const here = await store.toldIn(incident.id, destination.id);
      if (here?.told.some((one) => one.update.id === update.id)) return { ...told, kind: 'told', incident };
      const why = await untold(known, destination.id, context);
      return { ...told, kind: 'untold', incident, ...(why && { why }) };
    }),
  );
}

/** What `/why-not` takes, as typed. */
export const whyNotInput = z.object({ report: given('report') });

/**
 * How far the report came and what stopped it, as data; or the question which report is meant.
 * @param anywhere asked of no channel: where its alerts went is left open
 */
export async function askWhyNot(
  { report: typed }: z.output<typeof whyNotInput>,
  context: Question,
  anywhere = false,
): Promise<{ readonly answer: WhyNotAnswer } | { readonly message: Message }> {
  const found = await findReport(typed, context.store);
  if (found.kind === 'several')
    return { message: renderWhichReport({ typed, choices: found.choices }, context.wording) };
  if (found.kind === 'unknown') return { answer: { kind: 'not_received', typed } };
  const trail = await context.store.trail(found.report.id);
  if (!trail) return { answer: { kind: 'not_received', typed } };
  const { report, state, duplicateOf, withdrawn, error } = trail;
  const destination = context.destination.name;
  if (duplicateOf) return { answer: { kind: 'duplicate', report, of: duplicateOf } };
  if (state === 'baseline') return { answer: { kind: 'baseline', report } };
  if (state === 'quarantined') return { answer: { kind: 'quarantined', report, error: error ?? '' } };
  if (state === 'accepted' || state === 'retrying' || state === 'read')
    return { answer: { kind: 'waiting', report, stage: state } };
  const outcomes = await outcomesOf(trail, context, anywhere);
  return { answer: { kind: 'judged', report, withdrawn, outcomes, destination } };
}

export const whyNot = defineCommand({
  name: 'why-not',
  summary: 'Why a report gave no alert here: where on its way it ended, and by which rule',
  access: 'anyone',
  parameters: [
    {
      name: 'report',
      summary: 'Its address, or its id',
      required: true,
      shown: 'URL',
    },
  ],
  input: whyNotInput,
  run: async (input, context) => {
    const asked = await askWhyNot(input, context);
    return 'message' in asked ? asked.message : renderWhyNot(asked.answer, context.wording);
  },
});
