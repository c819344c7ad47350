import type { Incident } from '../model/incident.ts';
import type { Message } from '../model/message.ts';
import { renderManyIncidents, renderUnknownIncident } from '../render/inquiries.ts';
import type { CommandContext, Parameter } from './definition.ts';

export const incidentParameter: Parameter = {
  name: 'incident',
  summary: 'Its short name, as the small print of its message gives it: k7f3qa',
  required: true,
  shown: 'INCIDENT',
  completion: { kind: 'incidents' },
};

type FoundIncident =
  | { readonly kind: 'incident'; readonly incident: Incident }
  | { readonly kind: 'ask'; readonly message: Message };

/** The incident that a person means, or the question to ask back. `command`: what the buttons of a question run. */
export async function findIncident(
  typed: string,
  command: string,
  { store, show, wording }: Pick<CommandContext, 'store' | 'show' | 'wording'>,
): Promise<FoundIncident> {
  const found = [...new Map((await store.incidentsNamed(typed)).map((one) => [one.id, one])).values()];
  const [only, ...others] = found;
  if (only && others.length === 0) return { kind: 'incident', incident: only };
  const asked = { typed, command };
  return {
    kind: 'ask',
    message: only
      ? renderManyIncidents({ ...asked, choices: await Promise.all(found.map(show)) }, wording)
      : renderUnknownIncident(
          { ...asked, recent: await Promise.all((await store.recentIncidents(5)).map(show)) },
          wording,
        ),
  };
}
