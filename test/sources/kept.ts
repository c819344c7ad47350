import { join } from 'node:path';
import { sourceId } from '../../src/model/ids.ts';
import type { Source } from '../../src/model/report.ts';
import type { Clock, Instant } from '../../src/model/time.ts';
import { instant, systemClock } from '../../src/model/time.ts';
import type { FeedsPort, LogPort, ReportsPort, WebhookPort } from '../../src/sources/ports.ts';
import { acceptRepository } from '../../src/store/accept.ts';
import { connect } from '../../src/store/database.ts';
import { feedRepository } from '../../src/store/feeds.ts';
import { wireTo } from '../support/cut.ts';
import { freshDatabase } from '../support/postgres.ts';

interface KeptReport {
  readonly id: string;
  readonly source: string;
  readonly outlet: string;
  readonly title: string | null;
  readonly url: string | null;
  readonly body: string;
  readonly state: string;
  readonly published: Instant;
}

export interface Kept {
  readonly reports: ReportsPort & WebhookPort;
  readonly feeds: FeedsPort;
  /** All reports, in the order in which they were accepted. */
  rows(): Promise<readonly KeptReport[]>;
  empty(): Promise<void>;
  /** The store's server goes away, and comes back. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export const silent: LogPort = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The real store, over a wire that can be cut. */
export async function openKept(clock: Clock = systemClock): Promise<Kept> {
  const { connectionString } = await freshDatabase();
  const url = new URL(connectionString.replace(':///', '://localhost/'));
  const folder = url.searchParams.get('host') ?? '';
  const wire = await wireTo(join(folder, `.s.PGSQL.${url.searchParams.get('port') ?? (url.port || '5432')}`));
  const { pool, db, transact } = connect(
    connectionString
      .replace(encodeURIComponent(folder), encodeURIComponent(wire.folder))
      .replace(folder, wire.folder),
    silent,
  );
  return {
    reports: acceptRepository(db, transact, clock),
    feeds: feedRepository(db),
    async rows() {
      const { rows } = await pool.query<KeptReport & { published: string | Date }>(
        'select id, source, outlet, title, url, body, state, published from reports order by seq',
      );
      return rows.map((row) => ({ ...row, published: instant(row.published) }));
    },
    async empty() {
      await pool.query('truncate reports, webhook_messages, feeds cascade');
    },
    cut: () => wire.cut(),
    mend: () => wire.mend(),
    async close() {
      await pool.end();
      await wire.close();
    },
  };
}

export const listed = (id: string, name: string): Source => ({
  id: sourceId(id),
  kind: 'inbox',
  name,
  reliability: 'F',
  alignment: 'unknown',
});
