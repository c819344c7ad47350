import type { Reason } from '../model/incident.ts';
import { placeRef, type PlaceRef } from '../model/place.ts';
import type { Report } from '../model/report.ts';
import type { StatementType, StoredStatement } from '../model/statement.ts';
import { dayOf, daysBetween } from '../model/time.ts';
import { statementDay } from './days.ts';
import { reason } from './reasons.ts';
import { isCountry } from './relation.ts';
import type { Knowledge } from './types.ts';

/** A statement surer than this is acted on; others are kept on record. Two in five of those below it would be wrong alerts. */
const LEAST_CONFIDENCE = 0.45;
/** What lies longer before its report is history: it enters the ledger and alerts nobody (the annotation guide's limit). */
const HISTORY_DAYS = 14;

/**
 * Where a statement goes: into incidents, into those of the past and the ledger, into the ledger only, or nowhere; and why not
 * further.
 */
export type Course =
  | { readonly kind: 'incident' }
  | { readonly kind: 'past' | 'ledger'; readonly reason: Reason }
  | { readonly kind: 'record'; readonly reason: Reason };

const GROUND: ReadonlySet<StatementType> = new Set(['control', 'held', 'advance', 'siege']);
export const isGround = (type: StatementType): boolean => GROUND.has(type);

const record = (why: Reason): Course => ({ kind: 'record', reason: why });

/** Planned movements and deals are news; that somebody wants to take a place, or that people may flee, is not. */
const announces = ({ type }: StoredStatement): boolean => !isGround(type) && type !== 'displacement';

function history(statement: StoredStatement, report: Report): Reason | undefined {
  if (statement.status === 'background') return reason('record.background', {});
  const { day } = statementDay(statement, report);
  const ago = daysBetween(day, dayOf(report.published));
  if (ago <= HISTORY_DAYS) return undefined;
  return reason('record.long_ago', { date: day, days: HISTORY_DAYS });
}

/** Undated history, or history of which only the year is known, cannot be put on a day of the ledger. */
const datable = ({ date }: StoredStatement): boolean => date !== undefined && date.length >= 7;

/** What is told as history happened: a try, a plan or a state of old is no happening. */
function isHappening({ type, phase, status }: StoredStatement, places: readonly PlaceRef[]): boolean {
  if (status !== 'background' && status !== 'happened') return false;
  if (type === 'held' || (type === 'siege' && phase === 'standing')) return false;
  return !isGround(type) || !places.every(isCountry);
}

export function courseOf(statement: StoredStatement, report: Report, knowledge: Knowledge): Course {
  const { type, status, confidence } = statement;
  const places = statement.places.map((mention) => placeRef(mention, knowledge.places));
  if (places.length === 0 && (statement.toPlaces ?? []).length === 0)
    return record(reason('record.no_place', {}));
  if (confidence < LEAST_CONFIDENCE)
    return record(reason('record.low_confidence', { confidence, least: LEAST_CONFIDENCE }));
  const past = history(statement, report);
  if (past && !datable(statement)) return record(past);
  if (past) return { kind: isHappening(statement, places) ? 'past' : 'ledger', reason: past };
  if (status === 'planned' && !announces(statement)) return record(reason('record.planned', {}));
  if (type === 'held') return { kind: 'ledger', reason: reason('record.held', {}) };
  if (type === 'siege' && statement.phase === 'standing') return record(reason('record.siege_standing', {}));
  const [place] = places;
  if (isGround(type) && place && places.every(isCountry))
    return record(reason('record.too_wide', { place: place.name }));
  return { kind: 'incident' };
}
