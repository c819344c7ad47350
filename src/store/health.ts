import { and, asc, count, desc, eq, isNotNull, min, notInArray } from 'drizzle-orm';
import type { DeliveryId, SourceId } from '../model/ids.ts';
import type { Source, SourceKind } from '../model/report.ts';
import type { DeliveryState, Destination } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';
import type { Database } from './database.ts';
import { outstandingState } from './deliveries.ts';
import { toDestination } from './destinations.ts';
import { reportRepository, type Quarantined } from './reports.ts';
import { corrections } from './schema/corrections.ts';
import { rulings } from './schema/rulings.ts';
import { feeds, reports, sourceTallies, type ReportState } from './schema/reports.ts';
import { deliveries, destinations } from './schema/telling.ts';

interface SourceHealth {
  readonly id: SourceId;
  readonly name: string;
  readonly kind: SourceKind;
  /** Ever accepted. */
  readonly reports: number;
  readonly lastReport?: Instant;
  /** Feeds: when it last answered as it should, and what went wrong since. */
  readonly lastOk?: Instant;
  readonly lastError?: string;
}

interface DestinationHealth {
  readonly destination: Destination;
  /** Why nothing may be sent there at present. */
  readonly disabled?: string;
  readonly outstanding: number;
  readonly oldest?: Instant;
}

interface FailingDelivery {
  readonly id: DeliveryId;
  readonly destination: Destination;
  readonly state: Exclude<DeliveryState, 'sent' | 'superseded'>;
  readonly tries: number;
  readonly why: string;
  readonly created: Instant;
}

/** How much waits, and since when the first does. */
interface Waiting {
  readonly count: number;
  readonly oldest?: Instant;
}

export interface Health {
  /** Sources of the settings and all that ever brought a report. */
  readonly sources: readonly SourceHealth[];
  readonly destinations: readonly DestinationHealth[];
  readonly waiting: Readonly<Record<'read' | 'judge' | 'deliver', Waiting>>;
  readonly quarantined: readonly Quarantined[];
  /** Failed at least once and not through, newest first. */
  readonly failing: readonly FailingDelivery[];
}

export interface HealthRepository {
  health(): Promise<Health>;
}

export interface SourceNames {
  /** Those of the settings. */
  all(): readonly Source[];
  get(id: SourceId): Source;
}

const FAILING_PAGE = 100;

export function healthRepository(db: Database, sources: SourceNames): HealthRepository {
  return {
    health: async () => ({
      sources: await sourceHealth(db, sources),
      destinations: await destinationHealth(db),
      waiting: {
        read: total([await waitingIn(db, 'accepted'), await waitingIn(db, 'retrying')]),
        judge: total([
          await waitingIn(db, 'read'),
          await pendingIn(db, corrections),
          await pendingIn(db, rulings),
        ]),
        deliver: await undelivered(db),
      },
      quarantined: await reportRepository(db).quarantined(),
      failing: await failing(db),
    }),
  };
}

async function sourceHealth(db: Database, sources: SourceNames): Promise<readonly SourceHealth[]> {
  const tallies = new Map((await db.select().from(sourceTallies)).map((row) => [row.source, row]));
  const polls = new Map((await db.select().from(feeds)).map((row) => [row.source, row]));
  const ids = new Set([...sources.all().map((source) => source.id), ...tallies.keys(), ...polls.keys()]);
  return [...ids].map((id) => {
    const { name, kind } = sources.get(id);
    const tally = tallies.get(id);
    const poll = polls.get(id);
    return {
      id,
      name,
      kind,
      reports: tally?.reports ?? 0,
      ...(tally && { lastReport: tally.lastReport }),
      ...(poll?.lastOk != null && { lastOk: poll.lastOk }),
      ...(poll?.lastError != null && { lastError: poll.lastError }),
    };
  });
}

const waiting = (row: { readonly count: number; readonly oldest: Instant | null } | undefined): Waiting => ({
  count: row?.count ?? 0,
  ...(row?.oldest != null && { oldest: row.oldest }),
});

async function waitingIn(db: Database, state: ReportState): Promise<Waiting> {
  const [row] = await db
    .select({ count: count(), oldest: min(reports.accepted) })
    .from(reports)
    .where(eq(reports.state, state));
  return waiting(row);
}

/** What people asked for and has not had its turn. */
async function pendingIn(db: Database, table: typeof corrections | typeof rulings): Promise<Waiting> {
  const [row] = await db
    .select({ count: count(), oldest: min(table.requested) })
    .from(table)
    .where(eq(table.state, 'pending'));
  return waiting(row);
}

async function undelivered(db: Database): Promise<Waiting> {
  const [row] = await db
    .select({ count: count(), oldest: min(deliveries.created) })
    .from(deliveries)
    .where(outstandingState);
  return waiting(row);
}

function total(parts: readonly Waiting[]): Waiting {
  const oldest = parts.flatMap((part) => part.oldest ?? []).sort()[0];
  const sum = parts.reduce((all, part) => all + part.count, 0);
  return { count: sum, ...(oldest !== undefined && { oldest }) };
}

async function destinationHealth(db: Database): Promise<readonly DestinationHealth[]> {
  const rows = await db
    .select({
      destination: destinations,
      outstanding: count(deliveries.id),
      oldest: min(deliveries.created),
    })
    .from(destinations)
    .leftJoin(deliveries, and(eq(deliveries.destination, destinations.id), outstandingState))
    .groupBy(destinations.id)
    .orderBy(asc(destinations.platform), asc(destinations.name), asc(destinations.id));
  return rows.map(({ destination, outstanding, oldest }) => ({
    destination: toDestination(destination),
    ...(destination.disabled !== null && { disabled: destination.disabled }),
    outstanding,
    ...(oldest !== null && { oldest }),
  }));
}

async function failing(db: Database): Promise<readonly FailingDelivery[]> {
  const rows = await db
    .select()
    .from(deliveries)
    .innerJoin(destinations, eq(destinations.id, deliveries.destination))
    .where(and(isNotNull(deliveries.why), notInArray(deliveries.state, ['sent', 'superseded'])))
    .orderBy(desc(deliveries.created), desc(deliveries.seq))
    .limit(FAILING_PAGE);
  return rows.map(({ deliveries: row, destinations: destination }) => ({
    id: row.id,
    destination: toDestination(destination),
    state: row.state as FailingDelivery['state'],
    tries: row.tries,
    why: row.why ?? '',
    created: row.created,
  }));
}
