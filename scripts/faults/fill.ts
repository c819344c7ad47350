import { deliveryId, incidentId, reportId, sourceId, updateId } from '../../src/model/ids.ts';
import type { Incident } from '../../src/model/incident.ts';
import type { Message } from '../../src/model/message.ts';
import type { Destination, NewThreadDelivery, ThreadOp } from '../../src/model/telling.ts';
import { systemClock } from '../../src/model/time.ts';
import type { Store } from '../../src/store/store.ts';

/** Updates of one happening: its opening, then replies. */
export const UPDATES = 5;

/** What a reader must see of a happening when all is told: the newest root, and each reply once, in order. */
export const expected = (incident: number) => ({
  root: rootText(incident, UPDATES),
  replies: Array.from({ length: UPDATES - 1 }, (_, index) => replyText(incident, index + 2)),
});

const rootText = (incident: number, revision: number): string =>
  `Happening ${incident} as of update ${revision}`;
const replyText = (incident: number, revision: number): string =>
  `Reply ${revision} on happening ${incident}`;

const message = (headline: string): Message => ({
  headline,
  tone: 'update',
  blocks: [{ kind: 'paragraph', line: [{ kind: 'text', text: 'A made-up alert of the fault table.' }] }],
});

const opsOf = (revision: number): readonly ThreadOp[] =>
  revision === 1 ? ['post_root'] : ['edit_root', 'reply'];

function deliveriesOf(
  incident: number,
  revision: number,
  destinations: readonly Destination[],
): NewThreadDelivery[] {
  return destinations.flatMap(({ id: destination }) =>
    opsOf(revision).map((op) => ({
      id: deliveryId(`d_${incident}_${revision}_${op}_${destination}`),
      update: updateId(`u_${incident}_${revision}`),
      incident: incidentId(`i_${incident}`),
      destination,
      op,
      revision,
      broadcast: false,
      message: message(op === 'reply' ? replyText(incident, revision) : rootText(incident, revision)),
    })),
  );
}

/** Has made-up reports judged, each of which moves one happening and is told in every destination. */
export async function fill(
  store: Store,
  incidents: number,
  destinations: readonly Destination[],
): Promise<void> {
  for (const destination of destinations) await store.addDestination(destination);
  for (let revision = 1; revision <= UPDATES; revision += 1)
    for (let incident = 1; incident <= incidents; incident += 1)
      await moved(store, incident, revision, destinations);
}

async function moved(
  store: Store,
  incident: number,
  revision: number,
  destinations: readonly Destination[],
): Promise<void> {
  const now = systemClock();
  const name = `${incident}-${revision}`;
  const report = reportId(`r_${name}`);
  await store.accept({
    report: {
      id: report,
      source: sourceId('made-up'),
      outlet: 'Made up',
      body: `Report ${name}.`,
      language: 'en',
      published: now,
    },
    fingerprint: name,
    bands: [],
    shingles: [],
  });
  await store.commitRead(report, [], 'faults');
  const id = incidentId(`i_${incident}`);
  const state: Incident = {
    id,
    family: 'ground',
    state: 'open',
    revision,
    opened: now,
    lastActivity: now,
    facts: [],
    maybeSame: [],
    accounts: [],
  };
  const outcome = await store.judgeNext({
    blocksOf: () => [],
    ledgerPlacesOf: () => [],
    gather: ([first = message('')]) => first,
    retract: () => Promise.reject(new Error('nothing is withdrawn here')),
    rule: () => Promise.reject(new Error('nothing is decided here')),
    maxTries: 1,
    retryMs: 0,
    decide: () =>
      Promise.resolve({
        assessment: {
          incidents: [{ incident: state, blocks: [] }],
          updates: [
            {
              id: updateId(`u_${incident}_${revision}`),
              incident: id,
              revision,
              report,
              at: now,
              kinds: [revision === 1 ? 'opened' : 'progressed'],
              changes: [],
              broadcast: false,
              reason: { key: 'match.open', values: {} },
            },
          ],
          ledger: { close: [], open: [] },
          decisions: [],
        },
        deliveries: deliveriesOf(incident, revision, destinations),
      }),
  });
  if (outcome.kind === 'failed') throw outcome.error;
}
