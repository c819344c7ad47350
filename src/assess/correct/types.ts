import type { ControlEntry } from '../../model/control.ts';
import type { Correction } from '../../model/correction.ts';
import type { IncidentId } from '../../model/ids.ts';
import type { Incident } from '../../model/incident.ts';
import type { Report } from '../../model/report.ts';
import type { Instant } from '../../model/time.ts';
import type { TakenBack } from './left.ts';

/** A correction with all that stands on what it takes back. */
export interface Withdrawal {
  readonly correction: Correction;
  readonly reports: TakenBack;
  /** Incidents with a claim of one of them, in any order. */
  readonly incidents: readonly Incident[];
  /** Of those incidents: the ones that an update brought by one of the reports was made of. */
  readonly moved: ReadonlySet<IncidentId>;
  /** Rows that are still believed of every place of which one of the reports says who holds it. */
  readonly ledger: readonly ControlEntry[];
}

/** All that judging a retraction looks at. */
export interface RetractionSnapshot {
  readonly withdrawal: Withdrawal;
  /** The report that is taken back, or the notice that does so. */
  readonly report: Report;
  readonly now: Instant;
}
