import type { ReportId } from '../model/ids.ts';
import type { Reason } from '../model/incident.ts';
import { assess } from './assess.ts';
import { retract } from './correct/retract.ts';
import { revise } from './correct/revise.ts';
import { reason } from './reasons.ts';
import { COPY_SHARE, nearest } from './sketch.ts';
import type { Assessment, Knowledge, Snapshot } from './types.ts';

/** Kept on record, and without any effect. */
function unheard({ statements }: Snapshot, why: Reason, duplicateOf?: ReportId): Assessment {
  return {
    ...(duplicateOf !== undefined && { duplicateOf }),
    incidents: [],
    updates: [],
    ledger: { close: [], open: [] },
    decisions: statements.map(({ id }) => ({ statement: id, reason: why })),
  };
}

/**
 * Judges one report in its turn, whatever it is: news, its publisher's later text of a report, a notice that takes one
 * back, or the words of one that was taken back.
 */
export function assessReport(snapshot: Snapshot, knowledge: Knowledge): Assessment {
  const { revises, report, notice, withdrawn, now } = snapshot;
  if (withdrawn) return unheard(snapshot, reason('record.withdrawn', {}));
  if (notice === 'retraction') {
    const { decisions } = unheard(snapshot, reason('record.retraction_notice', {}));
    const taken = revises ? retract({ withdrawal: revises, report, now }, knowledge) : undefined;
    return taken ? { ...taken, decisions } : unheard(snapshot, reason('record.retraction_notice', {}));
  }
  if (revises) return revise({ ...snapshot, revises }, knowledge, (one) => assess(one, knowledge));
  const near = nearest(report.body, snapshot.near);
  if (near && near.share >= COPY_SHARE && near.report.withdrawn)
    return unheard(
      snapshot,
      reason('record.copy_withdrawn', { outlet: near.report.outlet }),
      near.report.report,
    );
  return assess(snapshot, knowledge);
}
