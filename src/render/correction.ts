import type { CorrectionNote } from '../model/correction.ts';
import type { Change, Fact, Incident, Update } from '../model/incident.ts';
import type { Line } from '../model/message.ts';
import { begun, datedClause } from './clause.ts';
import { figureLine } from './figures.ts';
import { separated, untrusted } from './inline.ts';
import { placeNames, type Wording } from './names.ts';
import type { RenderContext } from './sources.ts';
import { say, sayReason } from './strings.ts';

type Gone = Extract<Change, { kind: 'gone' | 'figure_gone' | 'place_gone' }>;

/** What was told and is no longer said. */
export function goneLine(change: Gone, wording: Wording): Line {
  const { strings } = wording;
  switch (change.kind) {
    case 'gone':
      return say(strings, 'change.gone', {
        clause: begun(datedClause(change.was, wording)),
        reason: sayReason(change.was.why, strings),
      });
    case 'figure_gone':
      return say(strings, 'change.figure_gone', {
        was: figureLine(change.was, strings),
        origin: untrusted(change.origin),
      });
    case 'place_gone':
      return say(strings, 'change.place_gone', { places: placeNames(change.places, wording) });
  }
}

/** Whose doing it was, and the reason that was given. */
export function whyLine(note: CorrectionNote, { strings, reports }: RenderContext): Line {
  const outlet = untrusted(reports.get(note.report)?.outlet ?? note.by);
  const who = note.published
    ? say(strings, note.kind === 'revision' ? 'correction.revised' : 'correction.retracted', { outlet })
    : say(strings, 'correction.retracted_by_us', { outlet, by: untrusted(note.by) });
  return note.reason === ''
    ? who
    : separated([who, say(strings, 'correction.reason', { reason: untrusted(note.reason) })], ': ');
}

const stillLine = (fact: Fact, wording: Wording): Line =>
  say(wording.strings, 'change.still', {
    clause: begun(datedClause(fact, wording)),
    reason: sayReason(fact.why, wording.strings),
  });

/**
 * The lines of a correction: what was, what is now, why. `changed`: the lines of the update's other changes; new facts
 * among them stand where the old ones stood.
 */
export function correctionLines(
  { changes }: Update,
  note: CorrectionNote,
  incident: Incident,
  changed: readonly Line[],
  context: RenderContext,
): readonly Line[] {
  const { strings } = context;
  const was = changes.filter((change) => change.kind === 'gone');
  const now =
    incident.facts.length === 0
      ? [say(strings, 'change.nothing_now', {})]
      : changes.length === 0
        ? incident.facts.map((fact) => stillLine(fact, context))
        : was.length > 0
          ? changed.map((line) => say(strings, 'change.now', { line }))
          : changed;
  return [...was.map((change) => goneLine(change, context)), ...now, whyLine(note, context)];
}
