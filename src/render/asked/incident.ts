import { shortIdOf, type Incident } from '../../model/incident.ts';
import type { Action, Line, Message } from '../../model/message.ts';
import { dayOf } from '../../model/time.ts';
import { headlineOf } from '../clause.ts';
import { separated, strong, text, untrusted } from '../inline.ts';
import type { Wording } from '../names.ts';
import { date, label, type Strings } from '../strings.ts';

/** "#k7f3qa". */
export const named = ({ id }: Pick<Incident, 'id'>): string => `#${shortIdOf(id)}`;

/** The incident's page on the desk, with all of what a message has only the beginning of. */
export const pageOf = ({ id }: Pick<Incident, 'id'>, strings: Strings): Action => ({
  kind: 'open',
  label: label(strings, 'action.page', {}),
  path: `/incidents/${id}`,
});

const listed = (incident: Incident, wording: Wording): Line =>
  separated(
    [
      [strong(named(incident))],
      [text(headlineOf(incident, wording))],
      [text(date(dayOf(incident.lastActivity), wording.strings))],
    ],
    ' · ',
  );

/** What a button runs, without the slash: by a command's name, or made from the incident's. */
type Runs = string | ((name: string) => string);

const choose = (command: Runs, incidents: readonly Incident[]): readonly Action[] =>
  incidents.slice(0, 5).map((incident) => ({
    kind: 'command',
    label: named(incident),
    command: `/${typeof command === 'string' ? `${command} ${shortIdOf(incident.id)}` : command(shortIdOf(incident.id))}`,
  }));

function choices(
  tone: Message['tone'],
  headline: string,
  command: Runs,
  incidents: readonly Incident[],
  wording: Wording,
): Message {
  return {
    tone,
    headline,
    blocks:
      incidents.length === 0
        ? []
        : [
            { kind: 'list', lines: incidents.map((incident) => listed(incident, wording)) },
            { kind: 'actions', actions: choose(command, incidents) },
          ],
  };
}

/** Several incidents' names begin so: which one is meant? `command`: without the slash. */
export const renderManyIncidents = (
  asked: { readonly typed: string; readonly command: Runs; readonly choices: readonly Incident[] },
  wording: Wording,
): Message =>
  choices(
    'answer',
    label(wording.strings, 'incident.many', { typed: untrusted(asked.typed) }),
    asked.command,
    asked.choices,
    wording,
  );

/** No incident is called so; `recent` are the newest ones. */
export const renderUnknownIncident = (
  asked: { readonly typed: string; readonly command: Runs; readonly recent: readonly Incident[] },
  wording: Wording,
): Message =>
  choices(
    'error',
    label(wording.strings, 'incident.unknown', { typed: untrusted(asked.typed) }),
    asked.command,
    asked.recent,
    wording,
  );
