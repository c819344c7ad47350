import type { ReportId } from '../../model/ids.ts';
import type { Claim } from '../../model/incident.ts';

/** What is taken back, as far as claims show it: the report that is put right, and those that repeat its words. */
export type TakenBack = ReadonlySet<ReportId>;

/** The claims that are left. What an outlet says itself and has from a report that is taken back goes with that. */
export const claimsLeft = <C extends Claim>(claims: readonly C[], taken: TakenBack): readonly C[] =>
  claims.filter(
    ({ report, origin, drawsOn = [] }) =>
      !taken.has(report) && !(origin.kind === 'outlet' && drawsOn.some((source) => taken.has(source))),
  );
