import type { Incident } from '../model/incident.ts';
import type { Message } from '../model/message.ts';
import { renderManyIncidents, renderUnknownIncident } from '../render/inquiries.ts';
import type { CommandContext, Parameter } from './definition.ts';

export const incidentParameter: Parameter = {
  name: 'incident',
  summary: 'Its short name, or the reference, as the small print of its message gives them: k7f3qa',
  required: true,
  shown: 'INCIDENT',
  completion: { kind: 'incidents' },
};

/**
 * A message's reference, as its small print shows it on platforms that need one there: `ref k3vabcdefgh2`, with what may
 * stand before and after it when the whole line is copied.
 */
const REFERENCE = /(?:^|\s)(?:ref\s+)?([a-z2-7]{12})(?:\.\d+)?[+^]*$/iu;

async function meant(
  typed: string,
  { store, destination }: Pick<CommandContext, 'store' | 'destination'>,
): Promise<readonly Incident[]> {
  const named = await store.incidentsNamed(typed);
  const ref = REFERENCE.exec(typed.trim())?.[1]?.toLowerCase();
  return named.length > 0 || ref === undefined ? named : store.incidentsReferred(destination.id, ref);
}

type FoundIncident =
  | { readonly kind: 'incident'; readonly incident: Incident }
  | { readonly kind: 'ask'; readonly message: Message };

/**
 * The incident that a person means, or the question to ask back. `command`: what the buttons of a question run, of a
 * command that takes more than the incident's name: by that name.
 */
export async function findIncident(
  typed: string,
  command: string | ((name: string) => string),
  context: Pick<CommandContext, 'store' | 'show' | 'wording' | 'destination'>,
): Promise<FoundIncident> {
  const { store, show, wording } = context;
  const found = [...new Map((await meant(typed, context)).map((one) => [one.id, one])).values()];
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
