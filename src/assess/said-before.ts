import type { StatementId } from '../model/ids.ts';
import type { PlaceMention } from '../model/place.ts';
import type { Report } from '../model/report.ts';
import type { StoredStatement } from '../model/statement.ts';
import { dayOf } from '../model/time.ts';
import { statementDay } from './days.ts';
import { standsIn } from './sketch.ts';
import type { NearReport } from './types.ts';

/** The stretch with so many letters more on either side, between words: a name alone is too short to be looked for. */
const AROUND = 24;

function widened(body: string, [start, end]: readonly [number, number]): string {
  const before = body.lastIndexOf(' ', Math.max(0, start - AROUND));
  const after = body.indexOf(' ', Math.min(body.length, end + AROUND));
  return body.slice(Math.max(0, before), after < 0 ? body.length : after);
}

const isNamedIn = (body: string, { start, end }: PlaceMention, other: NearReport): boolean =>
  standsIn(widened(body, [start, end]), other.shingles, 'some');

function* startsOf(words: string, body: string): Generator<number> {
  for (let at = body.indexOf(words); at >= 0; at = body.indexOf(words, at + 1)) yield at;
}

/** The name or number stands in the earlier report in surroundings that it has in this one. */
const isSaidIn = (body: string, text: string, other: NearReport): boolean =>
  startsOf(text, body).some((start) =>
    standsIn(widened(body, [start, start + text.length]), other.shingles, 'some'),
  );

/** The report says it again, in the words, places, names and numbers of the other; what happened since is another thing. */
function isRepeated(statement: StoredStatement, report: Report, other: NearReport): boolean {
  const { places, toPlaces = [], to = [], from = [], parties = [], by, people, figures = [] } = statement;
  const said = [...to, ...from, ...parties, ...(by ? [by] : []), ...(people ? [people] : []), ...figures];
  const { day, exact } = statementDay(statement, report);
  return (
    !(exact && day > dayOf(other.published)) &&
    standsIn(report.body.slice(...statement.span), other.shingles, 'all') &&
    [...places, ...toPlaces].every((place) => isNamedIn(report.body, place, other)) &&
    said.every(({ text }) => isSaidIn(report.body, text, other))
  );
}

/** What says that an earlier report has said it, however that was read: that one, by the statement. */
export type SaidBefore = ReadonlyMap<StatementId, NearReport>;

/** @param sources earlier reports with which it shares most of its words */
export const saidBefore = (
  statements: readonly StoredStatement[],
  report: Report,
  sources: readonly NearReport[],
): SaidBefore =>
  new Map(
    statements.flatMap((statement) => {
      const other = sources.find(
        (one) => !one.withdrawn && !one.unheard && isRepeated(statement, report, one),
      );
      return other ? [[statement.id, other]] : [];
    }),
  );
