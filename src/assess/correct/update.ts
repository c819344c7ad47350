import type { Correction, CorrectionNote } from '../../model/correction.ts';
import { updateId } from '../../model/ids.ts';
import type { Change, Incident, Standing, Update, UpdateKind } from '../../model/incident.ts';
import type { Report } from '../../model/report.ts';
import { byWeight, kindOf } from '../apply.ts';
import { idOf } from '../id.ts';
import { reason } from '../reasons.ts';
import type { Knowledge } from '../types.ts';
import { correctedChanges } from './changes.ts';

const noteOf = ({ id, kind, report, by, reason: words, replacement }: Correction): CorrectionNote => ({
  id,
  kind,
  report,
  by,
  reason: words,
  published: replacement !== undefined,
});

const SURENESS: Readonly<Record<Standing, number>> = {
  denied: 0,
  contested: 1,
  stale: 1,
  claimed: 1,
  reported: 2,
  confirmed: 3,
};

/** Something that was told is told no more, or is less sure. */
function takesAway(change: Change): boolean {
  switch (change.kind) {
    case 'gone':
    case 'figure_gone':
    case 'place_gone':
      return true;
    case 'figure':
      return change.was !== undefined;
    case 'standing':
      return SURENESS[change.now] < SURENESS[change.was];
    case 'status':
      return change.was === 'happened';
    default:
      return false;
  }
}

function kindsOf(changes: readonly Change[], after: Incident, { kind }: Correction): readonly UpdateKind[] {
  if (kind === 'retraction' || after.facts.length === 0) return ['retracted'];
  const kinds = changes.map((change) => kindOf(change, after.facts));
  return byWeight(changes.some(takesAway) ? ['corrected', ...kinds] : kinds);
}

export interface Corrected {
  readonly before: Incident;
  /** The incident as the claims that are left, and the new text's, make it. */
  readonly after: Incident;
  /** An update brought by what is taken back was made of it: its readers are told even when all of it stands. */
  readonly moved: boolean;
}

/** What a correction did to one incident, with the update when readers have to be told. `report`: as the update names it. */
export function correctedUpdate(
  { before, after, moved }: Corrected,
  correction: Correction,
  report: Pick<Report, 'id' | 'published'>,
  knowledge: Knowledge,
): { readonly incident: Incident; readonly update?: Update } {
  const changes = correctedChanges(before.facts, after.facts, knowledge);
  if (changes.length === 0 && !(moved && correction.kind === 'retraction')) return { incident: after };
  const kinds = kindsOf(changes, after, correction);
  const tells = kinds.includes('corrected') || kinds.includes('retracted');
  const update: Update = {
    id: updateId(idOf('u', [before.id, correction.id])),
    incident: before.id,
    revision: before.revision + 1,
    report: report.id,
    at: report.published,
    kinds,
    changes,
    broadcast: tells,
    reason: reason(tells ? 'match.corrected' : 'match.revised', {}),
    ...(tells && { correction: noteOf(correction) }),
  };
  return { incident: { ...after, revision: update.revision }, update };
}
