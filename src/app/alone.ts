import { assessReport } from '../assess/report.ts';
import { sketch } from '../assess/sketch.ts';
import type { Assessment, Decision, NearReport } from '../assess/types.ts';
import type { ControlEntry } from '../model/control.ts';
import type { IncidentId } from '../model/ids.ts';
import type { Incident, Update } from '../model/incident.ts';
import type { Report, Source } from '../model/report.ts';
import type { StoredStatement } from '../model/statement.ts';
import type { Wording } from '../render/names.ts';

/** One report with what was read in it. */
export interface ReadReport {
  readonly report: Report;
  readonly source: Source;
  readonly statements: readonly StoredStatement[];
}

/** What judging made of one report. */
export interface JudgedAlone {
  readonly decisions: readonly Decision[];
  readonly updates: readonly Update[];
  /** As they are after the report. */
  readonly incidents: ReadonlyMap<IncidentId, Incident>;
}

interface Known {
  readonly incidents: ReadonlyMap<IncidentId, Incident>;
  readonly ledger: readonly ControlEntry[];
  readonly near: readonly NearReport[];
}

function after(known: Known, { report }: ReadReport, { incidents, ledger }: Assessment): Known {
  const closed = new Set(ledger.close.map(({ id }) => id));
  return {
    incidents: new Map([
      ...known.incidents,
      ...incidents.map((one) => [one.incident.id, one.incident] as const),
    ]),
    ledger: [...known.ledger.filter(({ id }) => !closed.has(id)), ...ledger.open],
    near: [
      ...known.near,
      {
        report: report.id,
        outlet: report.outlet,
        published: report.published,
        shingles: sketch(report.body).shingles,
      },
    ],
  };
}

/** Judges reports one after the other as if nothing but those before them were known. Nothing is kept. */
export function judgeAlone(reports: readonly ReadReport[], wording: Wording): readonly JudgedAlone[] {
  const nothing: Known = { incidents: new Map(), ledger: [], near: [] };
  return reports.reduce<{ readonly known: Known; readonly judged: readonly JudgedAlone[] }>(
    ({ known, judged }, one) => {
      const assessment = assessReport(
        {
          ...one,
          ...known,
          incidents: [...known.incidents.values()],
          now: one.report.accepted,
        },
        wording,
      );
      const next = after(known, one, assessment);
      const { decisions, updates } = assessment;
      return { known: next, judged: [...judged, { decisions, updates, incidents: next.incidents }] };
    },
    { known: nothing, judged: [] },
  ).judged;
}
