import type { FactId } from '../model/ids.ts';
import type { Change, Fact, Incident, Update, UpdateKind } from '../model/incident.ts';
import type { Line, Message } from '../model/message.ts';
import type { Report } from '../model/report.ts';
import { begun, clauseOf, datedClause, headlineOf } from './clause.ts';
import { correctionLines, goneLine, whyLine } from './correction.ts';
import { countsOf, figureLine, otherFigures } from './figures.ts';
import { strong, untrusted } from './inline.ts';
import { named as incidentName } from './asked/incident.ts';
import { otherThreads, rulingLine } from './ruling.ts';
import { placeNames, type Wording } from './names.ts';
import { sourceLine, type RenderContext } from './sources.ts';
import { label, plain, say, sayReason } from './strings.ts';

/** `reason`: how the fact stands after the update, and by whose word. */
type Teller<C extends Change> = (change: C, fact: Fact, wording: Wording, reason: Line) => Line;

function figure(change: Extract<Change, { kind: 'figure' }>, fact: Fact, { strings }: Wording): Line {
  const values = { now: figureLine(change.now, strings), origin: untrusted(change.origin) };
  if (change.was)
    return say(strings, 'change.figure_was', { ...values, was: figureLine(change.was, strings) });
  const others = otherFigures(fact.claims, change, strings);
  return others.length > 0
    ? say(strings, 'change.figure_beside', { ...values, others })
    : say(strings, 'change.figure', values);
}

const moved: Teller<Extract<Change, { kind: 'place' | 'destination' }>> = (
  { kind, places, origin },
  _,
  wording,
) =>
  say(wording.strings, `change.${kind}`, { places: placeNames(places, wording), origin: untrusted(origin) });

const another: Teller<Extract<Change, { lead: unknown }>> = ({ kind, lead, other }, _, wording) =>
  say(wording.strings, `change.${kind}`, {
    other: strong(incidentName({ id: other })),
    clause: begun(datedClause(lead, wording)),
    standing: say(wording.strings, `standing.${lead.standing}`, {}),
  });

const arrived = (fact: Fact, wording: Wording, reason: Line) => ({
  clause: begun(datedClause(fact, wording)),
  reason,
});

/** What was, what is now, on whose word. */
const CHANGES: { readonly [K in Change['kind']]: Teller<Extract<Change, { kind: K }>> } = {
  new_fact: (_, fact, wording, reason) => {
    const figures = countsOf(fact, wording.strings);
    return figures === undefined
      ? say(wording.strings, 'change.new_fact', arrived(fact, wording, reason))
      : say(wording.strings, 'change.new_fact_counted', { ...arrived(fact, wording, reason), figures });
  },
  phase: ({ was }, fact, wording, reason) =>
    was === undefined
      ? say(wording.strings, 'change.phase_first', arrived(fact, wording, reason))
      : say(wording.strings, 'change.phase', {
          ...arrived(fact, wording, reason),
          was: say(wording.strings, `phase_name.${was}`, {}),
        }),
  status: ({ was, now }, _, { strings }, reason) =>
    say(strings, 'change.status', {
      was: say(strings, `status_name.${was}`, {}),
      now: say(strings, `status_name.${now}`, {}),
      reason,
    }),
  figure,
  place: moved,
  destination: moved,
  standing: ({ was }, _, { strings }, reason) =>
    say(strings, 'change.standing', { was: say(strings, `standing.${was}`, {}), reason }),
  gone: (change, _, wording) => goneLine(change, wording),
  figure_gone: (change, _, wording) => goneLine(change, wording),
  place_gone: (change, _, wording) => goneLine(change, wording),
  denial: ({ origin }, _, { strings }) => say(strings, 'change.denial', { origin: untrusted(origin) }),
  support: ({ origin }, _, { strings }, reason) =>
    say(strings, 'change.support', { origin: untrusted(origin), reason }),
  quiet: ({ days }, _, { strings }) => say(strings, 'change.quiet', { days }),
  merged: another,
  absorbed: another,
  parted: another,
  resumed: another,
};

/** New facts name themselves; other changes name the fact that they are of, unless the headline does. */
function changeLine(
  change: Change,
  incident: Incident,
  named: FactId | undefined,
  wording: Wording,
  reasonOf: (fact: Fact) => Line,
): readonly Line[] {
  if (change.kind === 'gone') return [goneLine(change, wording)];
  const fact = incident.facts.find(({ id }) => id === change.fact);
  if (!fact) return [];
  const line = (CHANGES[change.kind] as Teller<Change>)(change, fact, wording, reasonOf(fact));
  if (change.kind === 'new_fact' || change.kind === 'phase') return [line];
  if (fact.id === named || 'lead' in change) return [begun(line)];
  return [say(wording.strings, 'change.about', { clause: begun(clauseOf(fact, wording)), change: line })];
}

/** What an update did to its incident, in one line each. `named`: the fact that the headline above the lines is about. */
const changeLines = (
  update: Update,
  incident: Incident,
  wording: Wording,
  named?: FactId,
  reasonOf = (fact: Fact): Line => sayReason(fact.why, wording.strings),
): readonly Line[] =>
  update.changes.flatMap((change) => changeLine(change, incident, named, wording, reasonOf));

/**
 * How a fact stood before the `later` updates. Who had said so by then is not told once others have joined: the reason
 * that is kept is the one of today.
 */
function reasonBefore(later: readonly Update[], { strings }: Wording): (fact: Fact) => Line {
  const reports = new Set(later.map(({ report }) => report));
  return (fact) => {
    if (!fact.claims.some(({ report }) => reports.has(report))) return sayReason(fact.why, strings);
    const next = later
      .flatMap(({ changes }) => changes)
      .find((change) => change.kind === 'standing' && change.fact === fact.id);
    return say(strings, `standing.${next?.kind === 'standing' ? next.was : fact.standing}`, {});
  };
}

const WARNS: ReadonlySet<UpdateKind> = new Set(['contested', 'denied', 'corrected', 'retracted']);

/** What no longer stands; or, where all of it still does, that a report behind it is gone. */
function correctedHeadline(update: Update, incident: Incident, wording: Wording): string {
  const { strings } = wording;
  const gone = update.changes.find((change) => change.kind === 'gone');
  if (gone)
    return label(strings, incident.facts.length === 0 ? 'update.retracted' : 'update.corrected', {
      clause: begun(clauseOf(gone.was, wording)),
    });
  return label(strings, 'update.source_retracted', {
    clause: headlineOf(incident, wording, { after: true }),
  });
}

/** Headlines with no word before what they are about. */
const LEADS: ReadonlySet<UpdateKind> = new Set(['opened', 'contested', 'denied']);
const ADDS: ReadonlySet<UpdateKind> = new Set(['progressed', 'corroborated']);

/** The fact that the update's weightiest change is about leads the reply's headline. */
function headline(update: Update, incident: Incident, wording: Wording): string {
  const [kind] = update.kinds;
  const [gone] = update.changes;
  if (kind === 'retracted' || (kind === 'corrected' && gone?.kind === 'gone'))
    return correctedHeadline(update, incident, wording);
  const changed = incident.facts.find(({ id }) => id === update.changes[0]?.fact);
  const { past } = incident;
  const about = changed ? { facts: [changed], ...(past && { past }) } : incident;
  // What is newly learned about the past says so in place of what the update was.
  if (kind === undefined || (past && ADDS.has(kind))) return headlineOf(about, wording);
  const clause = headlineOf(about, wording, { after: !LEADS.has(kind) });
  // What is contested as before is no surer for one more word.
  const named = kind === 'corroborated' && changed?.standing === 'contested' ? 'progressed' : kind;
  return label(wording.strings, `update.${named}`, { clause });
}

/** A reply in the incident's thread: what this report changed, why, and on whose word. */
export function renderReply(update: Update, incident: Incident, context: RenderContext): Message {
  const { correction, ruling } = update;
  const named = update.changes.find((change) => change.kind !== 'gone')?.fact;
  const told = correction
    ? { ...update, changes: update.changes.filter(({ kind }) => kind !== 'gone') }
    : update;
  const changed = changeLines(told, incident, context, correction && told !== update ? undefined : named);
  const lines = correction
    ? correctionLines(update, correction, incident, changed, context)
    : [...changed, ...(ruling ? [rulingLine(ruling, context)] : [])];
  return {
    tone: update.kinds.some((kind) => WARNS.has(kind)) ? 'warning' : 'update',
    headline: headline(update, incident, context),
    blocks: [
      ...(lines.length > 0 ? [{ kind: 'list', lines } as const] : []),
      ...(ruling
        ? otherThreads(update, context)
        : [{ kind: 'context', lines: [sourceLine(update.report, update.at, context)] } as const]),
    ],
  };
}

/** The words that an incident's page needs. */
export const incidentWords = (wording: Wording) => ({
  headline: (incident: Incident): string => headlineOf(incident, wording),
  fact: (fact: Fact): Line => begun(clauseOf(fact, wording)),
  /**
   * What it did, and why where it put something right. `later`: the incident's updates after this one, oldest first, whose
   * outcome it must not anticipate.
   */
  update: (
    update: Update,
    { incident, reports }: { readonly incident: Incident; readonly reports: readonly Report[] },
    later: readonly Update[],
  ): readonly Line[] => {
    const context: RenderContext = { ...wording, reports: new Map(reports.map((one) => [one.id, one])) };
    return [
      ...changeLines(update, incident, wording, undefined, reasonBefore(later, wording)),
      ...(update.correction ? [whyLine(update.correction, context)] : []),
      ...(update.ruling ? [rulingLine(update.ruling, wording)] : []),
    ];
  },
  reason: (reason: Fact['why']): string => plain(begun(sayReason(reason, wording.strings)), wording.strings),
  standing: (standing: Fact['standing']): string => label(wording.strings, `standing.${standing}`, {}),
});
