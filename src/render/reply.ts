import type { Change, Fact, Incident, Update, UpdateKind } from '../model/incident.ts';
import type { Line, Message } from '../model/message.ts';
import { begun, clauseOf, datedClause, headlineOf } from './clause.ts';
import { figureLine, otherFigures } from './figures.ts';
import { untrusted } from './inline.ts';
import { placeNames, type Wording } from './names.ts';
import { sourceLine, type RenderContext } from './sources.ts';
import { label, plain, say, sayReason } from './strings.ts';

type Teller<C extends Change> = (change: C, fact: Fact, wording: Wording) => Line;

function figure(change: Extract<Change, { kind: 'figure' }>, fact: Fact, wording: Wording): Line {
  const { strings } = wording;
  const values = {
    clause: clauseOf(fact, wording),
    now: figureLine(change.now, strings),
    origin: untrusted(change.origin),
  };
  if (change.was)
    return say(strings, 'change.figure_was', { ...values, was: figureLine(change.was, strings) });
  const others = otherFigures(fact.claims, change.origin, strings);
  return others.length > 0
    ? say(strings, 'change.figure_beside', { ...values, others })
    : say(strings, 'change.figure', values);
}

/** One line for each difference: what was, what is now, on whose word. */
const CHANGES: { readonly [K in Change['kind']]: Teller<Extract<Change, { kind: K }>> } = {
  new_fact: (_, fact, wording) =>
    say(wording.strings, 'change.new_fact', {
      clause: begun(datedClause(fact, wording)),
      reason: sayReason(fact.why, wording.strings),
    }),
  status: ({ was, now }, fact, wording) =>
    say(wording.strings, 'change.status', {
      clause: begun(datedClause(fact, wording)),
      was: say(wording.strings, `status_name.${was}`, {}),
      now: say(wording.strings, `status_name.${now}`, {}),
      reason: sayReason(fact.why, wording.strings),
    }),
  phase: ({ was }, fact, wording) => {
    const values = {
      clause: begun(datedClause(fact, wording)),
      reason: sayReason(fact.why, wording.strings),
    };
    return was === undefined
      ? say(wording.strings, 'change.phase_first', values)
      : say(wording.strings, 'change.phase', {
          ...values,
          was: say(wording.strings, `phase_name.${was}`, {}),
        });
  },
  figure,
  place: ({ places }, fact, wording) =>
    say(wording.strings, 'change.place', {
      clause: begun(clauseOf(fact, wording)),
      places: placeNames(places, wording),
      reason: sayReason(fact.why, wording.strings),
    }),
  destination: ({ places }, fact, wording) =>
    say(wording.strings, 'change.destination', {
      clause: begun(clauseOf(fact, wording)),
      places: placeNames(places, wording),
      reason: sayReason(fact.why, wording.strings),
    }),
  standing: ({ was, now }, fact, wording) =>
    say(wording.strings, 'change.standing', {
      clause: begun(clauseOf(fact, wording)),
      was: say(wording.strings, `standing.${was}`, {}),
      now: say(wording.strings, `standing.${now}`, {}),
      reason: sayReason(fact.why, wording.strings),
    }),
  denial: ({ origin }, fact, wording) =>
    say(wording.strings, 'change.denial', { clause: clauseOf(fact, wording), origin: untrusted(origin) }),
};

function changeLine(change: Change, incident: Incident, wording: Wording): readonly Line[] {
  const fact = incident.facts.find(({ id }) => id === change.fact);
  const tell = CHANGES[change.kind] as Teller<Change>;
  return fact ? [tell(change, fact, wording)] : [];
}

/** What an update did to its incident, in one line each. */
export const changeLines = (update: Update, incident: Incident, wording: Wording): readonly Line[] =>
  update.changes.flatMap((change) => changeLine(change, incident, wording));

const WARNS: ReadonlySet<UpdateKind> = new Set(['contested', 'denied', 'corrected', 'retracted']);

/** The fact that the update's weightiest change is about leads the reply's headline. */
function headline(update: Update, incident: Incident, wording: Wording): string {
  const [kind] = update.kinds;
  const changed = incident.facts.find(({ id }) => id === update.changes[0]?.fact);
  const clause = changed ? headlineOf({ facts: [changed] }, wording) : headlineOf(incident, wording);
  return kind === undefined ? clause : label(wording.strings, `update.${kind}`, { clause });
}

/** A reply in the incident's thread: what this report changed, why, and on whose word. */
export function renderReply(update: Update, incident: Incident, context: RenderContext): Message {
  const lines = changeLines(update, incident, context);
  return {
    tone: update.kinds.some((kind) => WARNS.has(kind)) ? 'warning' : 'update',
    headline: headline(update, incident, context),
    blocks: [
      ...(lines.length > 0 ? [{ kind: 'list', lines } as const] : []),
      { kind: 'context', lines: [sourceLine(update.report, update.at, context)] },
    ],
  };
}

/** The words that an incident's page needs. */
export const incidentWords = (wording: Wording) => ({
  headline: (incident: Incident): string => headlineOf(incident, wording),
  fact: (fact: Fact): Line => begun(clauseOf(fact, wording)),
  update: (update: Update, incident: Incident): readonly Line[] => changeLines(update, incident, wording),
  reason: (reason: Fact['why']): string => plain(begun(sayReason(reason, wording.strings)), wording.strings),
  standing: (standing: Fact['standing']): string => label(wording.strings, `standing.${standing}`, {}),
});
