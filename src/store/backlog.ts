import { and, asc, eq, exists, isNull, lte, or, sql } from 'drizzle-orm';
import type { Clock, Instant } from '../model/time.ts';
import type { Database } from './database.ts';
import { outstandingState } from './deliveries.ts';
import { corrections } from './schema/corrections.ts';
import { rulings } from './schema/rulings.ts';
import { reports } from './schema/reports.ts';
import { deliveries, destinations } from './schema/telling.ts';

/** Work that was committed and is not done. `read`, `judge`: a report's id, or a correction's or ruling's; `deliver`: a destination's. */
interface BacklogItem {
  readonly stage: 'read' | 'judge' | 'deliver';
  readonly id: string;
}

export interface BacklogRepository {
  /**
   * Committed no later than `olderThan`, due and not done: at most `limit` of each stage, oldest first. Of the reports
   * that are read only the first, since judging goes on from it by itself.
   */
  backlog(olderThan: Instant, limit: number): Promise<readonly BacklogItem[]>;
}

export function backlogRepository(db: Database, clock: Clock): BacklogRepository {
  return {
    backlog: async (olderThan, limit) => {
      const unread = await db
        .select({ id: reports.id })
        .from(reports)
        .where(
          or(
            and(eq(reports.state, 'accepted'), lte(reports.accepted, olderThan)),
            and(eq(reports.state, 'retrying'), lte(reports.dueAt, clock())),
          ),
        )
        .orderBy(asc(reports.seq))
        .limit(limit);
      const unjudged = await db
        .select({ id: reports.id })
        .from(reports)
        .where(
          and(
            eq(reports.state, 'read'),
            lte(reports.readAt, olderThan),
            or(isNull(reports.dueAt), lte(reports.dueAt, clock())),
          ),
        )
        .orderBy(asc(reports.seq))
        .limit(1);
      const [correction] = await db
        .select({ id: corrections.id })
        .from(corrections)
        .where(
          and(
            eq(corrections.state, 'pending'),
            lte(corrections.requested, olderThan),
            or(isNull(corrections.dueAt), lte(corrections.dueAt, clock())),
          ),
        )
        .limit(1);
      const [ruling] = await db
        .select({ id: rulings.id })
        .from(rulings)
        .where(
          and(
            eq(rulings.state, 'pending'),
            lte(rulings.requested, olderThan),
            or(isNull(rulings.dueAt), lte(rulings.dueAt, clock())),
          ),
        )
        .limit(1);
      const unsent = await destinationsWithWork(db, olderThan, clock(), limit);
      return [
        ...unread.map(({ id }) => ({ stage: 'read' as const, id })),
        ...unjudged.map(({ id }) => ({ stage: 'judge' as const, id })),
        ...(correction ? [{ stage: 'judge' as const, id: correction.id }] : []),
        ...(ruling ? [{ stage: 'judge' as const, id: ruling.id }] : []),
        ...unsent.map(({ id }) => ({ stage: 'deliver' as const, id })),
      ];
    },
  };
}

const destinationsWithWork = (db: Database, olderThan: Instant, now: Instant, limit: number) =>
  db
    .select({ id: destinations.id })
    .from(destinations)
    .where(
      and(
        isNull(destinations.disabled),
        exists(
          db
            .select({ one: sql`1` })
            .from(deliveries)
            .where(
              and(
                eq(deliveries.destination, destinations.id),
                outstandingState,
                lte(deliveries.created, olderThan),
                or(isNull(deliveries.notBefore), lte(deliveries.notBefore, now)),
              ),
            ),
        ),
      ),
    )
    .orderBy(asc(destinations.id))
    .limit(limit);
