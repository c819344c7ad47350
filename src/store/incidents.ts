import { and, asc, desc, eq, gte, like, lt, or, sql, type SQL } from 'drizzle-orm';
import type { DestinationId, IncidentId } from '../model/ids.ts';
import type { Incident, Update } from '../model/incident.ts';
import type { PlaceKey } from '../model/place.ts';
import type { Report } from '../model/report.ts';
import type { StoredStatement } from '../model/statement.ts';
import { addDays, instant, type Day } from '../model/time.ts';
import { anyOf, type Database } from './database.ts';
import { incident as document, update } from './documents/incident.ts';
import { readDocument } from './documents/read.ts';
import { reportRepository, toStatement } from './reports.ts';
import { incidentPlaces, incidents, likeAnother, updates } from './schema/knowledge.ts';
import { statements } from './schema/reports.ts';
import { deliveries } from './schema/telling.ts';
import { decisionsInto, type StoredDecision } from './trail.ts';

/** An incident with all that it stands on. */
interface IncidentRecord {
  readonly incident: Incident;
  /** Oldest first. */
  readonly updates: readonly Update[];
  /** Every report that a claim or an update names. */
  readonly reports: readonly Report[];
  /** The statements that the claims name. */
  readonly statements: readonly StoredStatement[];
  /** Of which it was told that they may be the same happening: it of them, or they of it. As far as they are told. */
  readonly maybeSame: readonly Incident[];
  /** Why statements went into it, in the order of judging. */
  readonly decisions: readonly StoredDecision[];
}

export interface IncidentRepository {
  /** Those whose id begins as people write it: `k7f3qa`, `#k7f3qa` or the whole; of merged ones what they went up in. */
  incidentsNamed(typed: string): Promise<readonly Incident[]>;
  /** Of the messages of a destination that call themselves so (`MessageHandle`); of merged ones what they went up in. */
  incidentsReferred(destination: DestinationId, ref: string): Promise<readonly Incident[]>;
  incident(id: IncidentId): Promise<IncidentRecord | undefined>;
  /**
   * The newest by last activity; like all lists without those that nobody was told of, or that went up in another one.
   * `only`: what was news, or what was learned about the past.
   */
  recentIncidents(limit: number, only?: 'news' | 'past'): Promise<readonly Incident[]>;
  /** With a fact at the place itself, newest activity first. */
  incidentsAt(place: PlaceKey, limit: number): Promise<readonly Incident[]>;
  /**
   * With a fact at `place` or in it, or people taken there: opened no later than `to`, last active no earlier than `from`
   * (days of UTC, both included). Newest activity first.
   */
  incidentsIn(
    place: PlaceKey,
    window: { readonly from: Day; readonly to: Day; readonly limit: number },
  ): Promise<readonly Incident[]>;
}

export const toIncident = (row: Pick<typeof incidents.$inferSelect, 'id' | 'document'>): Incident =>
  readDocument(document, `incidents ${row.id}`, row.document);

export function incidentRepository(db: Database): IncidentRepository {
  const at = async (place: PlaceKey, limit: number, where?: SQL): Promise<readonly Incident[]> => {
    const rows = await db
      .select({ id: incidents.id, document: incidents.document })
      .from(incidentPlaces)
      .innerJoin(incidents, eq(incidents.id, incidentPlaces.incident))
      .where(and(eq(incidentPlaces.place, place), shown, where))
      .orderBy(desc(incidentPlaces.lastActivity), desc(incidentPlaces.incident))
      .limit(limit);
    return rows.map(toIncident);
  };
  return {
    incidentsNamed: async (typed) => {
      const begun = typed.trim().toLowerCase().replace(/^#/, '').replace(/^i_/, '');
      if (begun.length < LEAST_PREFIX) return [];
      const rows = await db
        .select()
        .from(incidents)
        .where(like(incidents.id, `i\\_${begun.replace(/[\\%_]/g, '\\$&')}%`))
        .orderBy(desc(incidents.lastActivity), asc(incidents.id))
        .limit(NAMED_PAGE);
      return Promise.all(rows.map((row) => heirOf(db, toIncident(row))));
    },
    incidentsReferred: async (destination, ref) => {
      const rows = await db
        .selectDistinct({ incident: deliveries.incident })
        .from(deliveries)
        .where(and(eq(deliveries.destination, destination), sql`${deliveries.handle}->>'ref' = ${ref}`));
      const named = rows.flatMap(({ incident }) => incident ?? []);
      const found = await db.select().from(incidents).where(anyOf(incidents.id, named));
      return Promise.all(found.map((row) => heirOf(db, toIncident(row))));
    },
    incident: async (id) => {
      const [row] = await db.select().from(incidents).where(eq(incidents.id, id));
      return row && recordOf(db, toIncident(row));
    },
    recentIncidents: async (limit, only) => {
      const rows = await db
        .select()
        .from(incidents)
        .where(and(shown, only && LEARNED[only]))
        .orderBy(desc(incidents.lastActivity), desc(incidents.id))
        .limit(limit);
      return rows.map(toIncident);
    },
    incidentsAt: (place, limit) => at(place, limit, sql`${incidentPlaces.named}`),
    incidentsIn: (place, { from, to, limit }) =>
      at(
        place,
        limit,
        and(gte(incidentPlaces.lastActivity, startOf(from)), lt(incidents.opened, startOf(addDays(to, 1)))),
      ),
  };
}

/** Shorter beginnings name too many. */
const LEAST_PREFIX = 3;
const NAMED_PAGE = 6;

/** The incident, or the one in which it went up. */
export async function heirOf(db: Database, incident: Incident): Promise<Incident> {
  if (incident.mergedInto === undefined) return incident;
  const [row] = await db.select().from(incidents).where(eq(incidents.id, incident.mergedInto));
  return row ? heirOf(db, toIncident(row)) : incident;
}

/** Has updates, and is not told under another one by now. */
const shown = sql`${incidents.revision} > 0 and ${incidents.document}->>'mergedInto' is null`;

/** Of the past, as the index of them has it. */
const LEARNED = {
  news: sql`${incidents.document}->>'past' is null`,
  past: sql`${incidents.document}->>'past' is not null`,
} as const;

const startOf = (day: Day) => instant(`${day}T00:00:00Z`);

async function recordOf(db: Database, incident: Incident): Promise<IncidentRecord> {
  const claims = incident.facts.flatMap((fact) => fact.claims);
  const rows = await db
    .select()
    .from(updates)
    .where(eq(updates.incident, incident.id))
    .orderBy(asc(updates.revision));
  const history = rows.map((row) => readDocument(update, `updates ${row.id}`, row.document));
  const reportIds = new Set([...claims, ...history].map((each) => each.report));
  const evidence = await db
    .select()
    .from(statements)
    .where(anyOf(statements.id, [...new Set(claims.map((claim) => claim.statement))]))
    .orderBy(asc(statements.report), asc(statements.ordinal));
  return {
    incident,
    updates: history,
    reports: await reportRepository(db).reports([...reportIds]),
    statements: evidence.map(toStatement),
    maybeSame: await maybeSameAs(db, incident),
    decisions: await decisionsInto(db, incident.id),
  };
}

const MAYBE_PAGE = 20;

async function maybeSameAs(db: Database, { id, maybeSame }: Incident): Promise<readonly Incident[]> {
  const naming = sql`${incidents.document}->'maybeSame' @> ${JSON.stringify([id])}::jsonb`;
  const rows = await db
    .select()
    .from(incidents)
    .where(or(anyOf(incidents.id, maybeSame), and(likeAnother, naming)))
    .orderBy(desc(incidents.lastActivity), desc(incidents.id))
    .limit(MAYBE_PAGE);
  const heirs = await Promise.all(rows.map((row) => heirOf(db, toIncident(row))));
  const others = heirs.filter((one) => one.id !== id && one.revision > 0);
  return [...new Map(others.map((one) => [one.id, one])).values()];
}
