import { createHash } from 'node:crypto';
import { deliveryId, updateId, type DestinationId } from '../model/ids.ts';
import type { Incident, Update } from '../model/incident.ts';
import type { NewThreadDelivery, ThreadOp } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';
import { renderGathered } from '../render/gathered.ts';
import type { Wording } from '../render/names.ts';
import { renderReleased } from '../render/released.ts';
import { renderRoot } from '../render/root.ts';
import type { RenderContext } from '../render/sources.ts';
import type { Release } from '../store/discretion.ts';
import type { Store } from '../store/store.ts';

const idOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 24);

/** An update that changes nothing of what is known: it tells what was left out. */
function updateOf(incident: Incident): Update {
  const claims = incident.facts.flatMap((fact) => fact.claims);
  const newest = claims.reduce((a, b) => (b.at > a.at ? b : a));
  return {
    id: updateId(`u_${idOf('released', incident.id, String(incident.revision))}`),
    incident: incident.id,
    revision: incident.revision + 1,
    report: newest.report,
    at: newest.at,
    kinds: ['progressed'],
    changes: [],
    broadcast: false,
    reason: { key: 'match.released', values: {} },
  };
}

/** What was held back from the destinations, in full: in the thread where there is one. */
function compose({ incident, destinations, threads, reports }: Release, wording: Wording) {
  const update = updateOf(incident);
  const after = { ...incident, revision: update.revision };
  const context: RenderContext = {
    ...wording,
    reports: new Map(reports.map((report) => [report.id, report])),
  };
  const delivery = (destination: DestinationId, op: ThreadOp): NewThreadDelivery => ({
    id: deliveryId(`d_${idOf(update.id, destination, op)}`),
    update: update.id,
    incident: incident.id,
    destination,
    op,
    revision: update.revision,
    broadcast: false,
    because: { why: { key: 'route.released', values: {} } },
    message: op === 'reply' ? renderReleased(after, context) : renderRoot(after, context),
  });
  const threaded = new Set(threads.map(({ destination }) => destination));
  return {
    incident: after,
    update,
    deliveries: destinations.flatMap((destination) =>
      (threaded.has(destination) ? (['edit_root', 'reply'] as const) : (['post_root'] as const)).map((op) =>
        delivery(destination, op),
      ),
    ),
  };
}

const PAGE = 100;

/** Tells in full what was held back until now, for the safety of people who were on the move. */
export async function releaseWithheld(
  store: Store,
  now: Instant,
  wording: Wording,
): Promise<readonly DestinationId[]> {
  const told: DestinationId[] = [];
  for (const incident of await store.withheldDue(now, PAGE))
    told.push(
      ...(await store.release(
        incident,
        now,
        (release) => compose(release, wording),
        (replies) => renderGathered(replies, wording),
      )),
    );
  return [...new Set(told)];
}
