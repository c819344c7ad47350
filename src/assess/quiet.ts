import type { Incident, IncidentFamily, Update } from '../model/incident.ts';
import { updateId } from '../model/ids.ts';
import type { Instant } from '../model/time.ts';
import { idOf } from './id.ts';
import { reason } from './reasons.ts';

/** Days without a word after which an incident is closed: no account of a later day can be linked to it any more (`link.ts`). */
export const QUIET_DAYS: Readonly<Record<IncidentFamily, number>> = { ground: 7, movement: 14 };

/** An incident that has fallen silent, closed. One of which nobody was told, or nothing is left, is closed without an update. */
export function closeQuiet(
  incident: Incident,
  now: Instant,
): { readonly incident: Incident; readonly update?: Update } {
  const [lead] = incident.facts;
  if (incident.revision === 0 || !lead) return { incident: { ...incident, state: 'closed' } };
  const newest = incident.facts.flatMap(({ claims }) => claims).reduce((a, b) => (b.at > a.at ? b : a));
  const revision = incident.revision + 1;
  const days = QUIET_DAYS[incident.family];
  return {
    incident: { ...incident, state: 'closed', revision },
    update: {
      id: updateId(idOf('u', [incident.id, 'quiet', String(revision)])),
      incident: incident.id,
      revision,
      report: newest.report,
      at: now,
      kinds: ['closed'],
      changes: [{ kind: 'quiet', fact: lead.id, days }],
      broadcast: false,
      reason: reason('match.quiet', { days }),
    },
  };
}
