import { z } from 'zod';
import type { Message } from '../model/message.ts';
import { renderEvidence, sentenceAround, type EvidenceAnswer } from '../render/inquiries.ts';
import { defineCommand, type Question } from './definition.ts';
import { findIncident, incidentParameter } from './incident.ts';
import { given } from './inputs.ts';

/** What `/evidence` and `/why` take, as typed. */
export const incidentInput = z.object({ incident: given('incident') });

/** Each clause with what it stands on, as data; or why it cannot be said, as a message. */
export async function askEvidence(
  { incident: typed }: z.output<typeof incidentInput>,
  context: Question,
): Promise<{ readonly answer: EvidenceAnswer } | { readonly message: Message }> {
  const found = await findIncident(typed, 'evidence', context);
  if (found.kind === 'ask') return { message: found.message };
  const record = await context.store.incident(found.incident.id);
  const reports = new Map((record?.reports ?? []).map((report) => [report.id, report]));
  const incident = await context.show(found.incident);
  // Where it is shown by its district only, the reports' words would tell the rest.
  const shown = incident === found.incident ? (record?.statements ?? []) : [];
  const sentences = new Map(
    shown.flatMap(({ id, report, span }) => {
      const body = reports.get(report)?.body;
      return body === undefined ? [] : [[id, sentenceAround(body, span)] as const];
    }),
  );
  return { answer: { incident, reports, sentences } };
}

export const evidence = defineCommand({
  name: 'evidence',
  summary: 'What each clause of an alert stands on: the sentence, whose word, the outlet, link and time',
  access: 'anyone',
  parameters: [incidentParameter],
  input: incidentInput,
  run: async (input, context) => {
    const asked = await askEvidence(input, context);
    return 'message' in asked ? asked.message : renderEvidence(asked.answer, context.wording);
  },
});
