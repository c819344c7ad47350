import type { Incident } from '../model/incident.ts';
import type { Message } from '../model/message.ts';
import { begun, datedClause, headlineOf } from './clause.ts';
import { sourceLines, type RenderContext } from './sources.ts';
import { label, say, sayReason } from './strings.ts';

/** A reply that tells in full what its thread left out while it could have put people in danger. */
export const renderReleased = (incident: Incident, context: RenderContext): Message => ({
  tone: 'update',
  headline: label(context.strings, 'update.released', {
    clause: headlineOf(incident, context, { after: true }),
  }),
  blocks: [
    {
      kind: 'list',
      lines: incident.facts.map((fact) =>
        say(context.strings, 'root.fact', {
          clause: begun(datedClause(fact, context)),
          reason: sayReason(fact.why, context.strings),
        }),
      ),
    },
    { kind: 'context', lines: sourceLines(incident.facts, context) },
  ],
});
