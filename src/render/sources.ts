import type { ReportId } from '../model/ids.ts';
import type { Fact } from '../model/incident.ts';
import type { Line } from '../model/message.ts';
import type { Report } from '../model/report.ts';
import type { Instant } from '../model/time.ts';
import { literal, untrusted } from './inline.ts';
import type { Wording } from './names.ts';
import { publication, say } from './strings.ts';

/** What a message says of a report that it stands on. */
type CitedReport = Pick<Report, 'outlet' | 'url' | 'published'>;

/** `Wording`, and the reports that the claims name. A report that is not there is cited by its outlet and time alone. */
export interface RenderContext extends Wording {
  readonly reports: ReadonlyMap<ReportId, CitedReport>;
  /** The message leaves out what could put people in danger; that is told then, or when it is over. */
  readonly withheldUntil?: Instant;
}

/** More sources than this are not listed one by one. */
const MAX_SOURCES = 8;

const cited = (outlet: string, at: Instant, url: string | undefined, context: RenderContext): Line =>
  say(context.strings, 'source.line', {
    outlet: url === undefined ? untrusted(outlet) : { kind: 'link', text: outlet, url },
    time: publication(at, context.strings),
  });

/** A line for each report behind the facts: outlet with link, and when it was published; the newest first. */
export function sourceLines(facts: readonly Fact[], context: RenderContext): readonly Line[] {
  const claims = new Map(facts.flatMap((fact) => fact.claims).map((claim) => [claim.report, claim]));
  const lines = [...claims.values()]
    .sort((a, b) => b.at.localeCompare(a.at) || a.report.localeCompare(b.report))
    .map((claim) => {
      const report = context.reports.get(claim.report);
      return cited(report?.outlet ?? claim.outlet, report?.published ?? claim.at, report?.url, context);
    });
  return lines.length <= MAX_SOURCES ? lines : [...lines.slice(0, MAX_SOURCES - 1), [literal('…')]];
}

/** The one report that brought an update. */
export function sourceLine(id: ReportId, at: Instant, context: RenderContext): Line {
  const report = context.reports.get(id);
  return report
    ? cited(report.outlet, report.published, report.url, context)
    : [publication(at, context.strings)];
}
