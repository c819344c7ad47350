import { DrizzleQueryError } from 'drizzle-orm';
import type { Clock } from '../model/time.ts';
import { acceptRepository, type AcceptRepository } from './accept.ts';
import { appRepository, type AppRepository } from './apps.ts';
import { backlogRepository, type BacklogRepository } from './backlog.ts';
import { correctionRepository, type CorrectionRepository } from './corrections.ts';
import { changeFeed, type ChangeFeed } from './changes.ts';
import { chatEventRepository, type ChatEventRepository } from './chat-events.ts';
import { connect } from './database.ts';
import { deliveryRepository, type DeliveryRepository } from './deliveries.ts';
import { deskMessageRepository, type DeskMessageRepository } from './desk-messages.ts';
import { destinationLocks, type DestinationLocks } from './destination-locks.ts';
import { destinationRepository, type DestinationRepository } from './destinations.ts';
import { digestRepository, type DigestRepository } from './digests.ts';
import { feedRepository, type FeedRepository } from './feeds.ts';
import { heldRepository, type HeldRepository } from './held.ts';
import { healthRepository, type HealthRepository, type SourceNames } from './health.ts';
import { incidentRepository, type IncidentRepository } from './incidents.ts';
import { judgeRepository, type JudgeRepository } from './judge.ts';
import { ledgerRepository, type LedgerRepository } from './ledger.ts';
import type { StoreLog } from './log.ts';
import { migrateDatabase } from './migrate.ts';
import { ownerRepository, type OwnerRepository } from './owners.ts';
import { rulingRepository, type RulingRepository } from './rulings.ts';
import { quietRepository, type QuietRepository } from './quiet.ts';
import { readRepository, type ReadRepository } from './read.ts';
import { reportRepository, type ReportRepository } from './reports.ts';
import { auditRepository, type AuditRepository } from './audit.ts';
import { discretionRepository, type DiscretionRepository } from './discretion.ts';
import { trailRepository, type TrailRepository } from './trail.ts';
import { subscriptionRepository, type SubscriptionRepository } from './subscriptions.ts';
import { muteRepository, type MuteRepository } from './threads.ts';

export interface StoreOptions {
  /** Any form that the driver `pg` takes: DATABASE_URL, or what `startEmbedded` gives. */
  readonly connectionString: string;
  readonly clock: Clock;
  readonly log: StoreLog;
  readonly sources: SourceNames;
}

/** Every promise that stands for a write resolves after its commit. All are rejected while the database is away. */
export interface Store
  extends
    AcceptRepository,
    AppRepository,
    ReportRepository,
    ReadRepository,
    JudgeRepository,
    CorrectionRepository,
    RulingRepository,
    TrailRepository,
    AuditRepository,
    DiscretionRepository,
    BacklogRepository,
    DeliveryRepository,
    DestinationRepository,
    ChatEventRepository,
    DigestRepository,
    HeldRepository,
    OwnerRepository,
    QuietRepository,
    MuteRepository,
    SubscriptionRepository,
    LedgerRepository,
    IncidentRepository,
    DeskMessageRepository,
    FeedRepository,
    HealthRepository,
    Pick<DestinationLocks, 'withDestinationLock'>,
    Pick<ChangeFeed, 'onChange'> {
  /** Waits for what is under way, then closes all connections. */
  close(): Promise<void>;
}

/**
 * The product's one truth. Brings the schema up to date first.
 * @throws SchemaError when the database was used by a newer Sitrep or its server is too old
 */
export async function openStore({ connectionString, clock, log, sources }: StoreOptions): Promise<Store> {
  await migrateDatabase(connectionString);
  const { pool, db, transact } = connect(connectionString, log);
  const locks = destinationLocks(connectionString);
  const changes = changeFeed(connectionString, log);
  const repositories = withoutValues({
    ...acceptRepository(db, transact, clock),
    ...appRepository(db),
    ...reportRepository(db),
    ...readRepository(db, transact, clock),
    ...judgeRepository(db, transact, clock, (id) => sources.get(id)),
    ...correctionRepository(db, clock),
    ...rulingRepository(db, clock),
    ...trailRepository(db),
    ...auditRepository(db),
    ...discretionRepository(db, clock),
    ...backlogRepository(db, clock),
    ...deliveryRepository(db, transact),
    ...destinationRepository(db, clock),
    ...chatEventRepository(db, clock),
    ...digestRepository(db),
    ...heldRepository(db),
    ...ownerRepository(db),
    ...quietRepository(db, clock),
    ...muteRepository(db),
    ...subscriptionRepository(db),
    ...ledgerRepository(db, clock),
    ...incidentRepository(db),
    ...deskMessageRepository(db, clock),
    ...feedRepository(db),
    ...healthRepository(db, sources),
  });
  return {
    ...repositories,
    withDestinationLock: (destination, work) => locks.withDestinationLock(destination, work),
    onChange: (listener) => changes.onChange(listener),
    close: async () => {
      await changes.close();
      await locks.close();
      await pool.end();
    },
  };
}

type Method = (...parameters: never[]) => Promise<unknown>;

/** The query builder's errors repeat the statement with all its values, whole reports among them; ours do not. */
function withoutValues<T extends object>(repositories: T): T {
  const methods = Object.entries(repositories as Record<string, Method>).map(([name, method]) => [
    name,
    (...parameters: never[]) => method(...parameters).catch(rethrowCause),
  ]);
  return Object.fromEntries(methods) as T;
}

function rethrowCause(error: unknown): never {
  if (error instanceof DrizzleQueryError && error.cause instanceof Error) throw error.cause;
  throw error;
}
