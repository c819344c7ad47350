import { createHash } from 'node:crypto';
import { closeQuiet, QUIET_DAYS } from '../assess/quiet.ts';
import { deliveryId, type DeliveryId, type DestinationId } from '../model/ids.ts';
import type { NewThreadDelivery } from '../model/telling.ts';
import { instant, type Clock } from '../model/time.ts';
import { renderClosed } from '../render/channel-answers.ts';
import { renderDigest } from '../render/digest.ts';
import { renderGathered } from '../render/gathered.ts';
import type { Wording } from '../render/names.ts';
import { renderRoot } from '../render/root.ts';
import type { Close } from '../store/quiet.ts';
import type { SensitivityRules } from '../model/sensitivity.ts';
import { coarseIncident } from '../render/coarse.ts';
import { discretionOf } from '../route/sensitive.ts';
import type { DigestEntry } from '../store/digests.ts';
import type { Store } from '../store/store.ts';
import { releaseWithheld } from './release.ts';

/** Work that the clock calls for, whether or not a report comes. Safe to run twice, and to be killed in. */
export interface Chore {
  readonly id: string;
  readonly everyMs: number;
  /** @returns destinations that have something to be delivered by it */
  readonly run: () => Promise<readonly DestinationId[]>;
}

export interface ChoreParts {
  readonly store: Store;
  readonly wording: Wording;
  readonly clock: Clock;
  readonly sensitivity: SensitivityRules;
}

/** All of them. A new one is a line here and a function that decides, in the folder whose matter it is. */
export const choresOf = (parts: ChoreParts): readonly Chore[] => [
  { id: 'digests', everyMs: 30_000, run: () => fileDigests(parts) },
  { id: 'closed-channels', everyMs: 60_000, run: () => tellOwners(parts) },
  { id: 'held-replies', everyMs: 30_000, run: () => fileHeld(parts) },
  { id: 'quiet-incidents', everyMs: 600_000, run: () => closeSilent(parts) },
  { id: 'withheld', everyMs: 30_000, run: () => releaseWithheld(parts.store, parts.clock(), parts.wording) },
];

const DIGESTS = 500;
const INCIDENTS = 500;
const THREADS = 500;
const CHANNELS = 100;

/** Makes a message of each digest that is due. */
async function fileDigests({
  store,
  wording,
  clock,
  sensitivity,
}: ChoreParts): Promise<readonly DestinationId[]> {
  const now = clock();
  const due = await store.digestsDue(now, DIGESTS);
  const trusted = new Set(await store.trustedDestinations());
  // Digests come too late to be put right: what is under way is told by its district in all that are not trusted.
  const shown = (entry: DigestEntry, destination: DestinationId): DigestEntry =>
    trusted.has(destination) || discretionOf(entry.incident, sensitivity) === 'off'
      ? entry
      : { ...entry, incident: coarseIncident(entry.incident, wording.places) };
  const filed: DestinationId[] = [];
  for (const destination of due) {
    const done = await store.fileDigest(destination, now, (digest) => ({
      id: idOf('digest', destination, digest.due),
      message: renderDigest(
        digest.entries.map((entry) => shown(entry, destination)),
        wording,
      ),
    }));
    if (done) filed.push(destination);
  }
  return filed;
}

/** Tells the replies of fast happenings whose time has come. */
const fileHeld = ({ store, wording, clock }: ChoreParts): Promise<readonly DestinationId[]> =>
  store.fileHeld(clock(), THREADS, (replies) => renderGathered(replies, wording));

/** Tells whoever subscribed a channel that nothing can be sent there any more. */
const tellOwners = ({ store, wording, clock }: ChoreParts): Promise<readonly DestinationId[]> =>
  store.fileClosed(clock(), CHANNELS, ({ destination, why, since }) => ({
    id: idOf('closed', destination.id, since),
    message: renderClosed({ destination: destination.name, why, since }, wording),
  }));

/** Closes the incidents that have fallen silent: their threads' roots say so, and no reply is posted. */
async function closeSilent({ store, wording, clock }: ChoreParts): Promise<readonly DestinationId[]> {
  const now = clock();
  const told = new Set<DestinationId>();
  for (const family of ['ground', 'movement'] as const) {
    const before = instant(Date.parse(now) - QUIET_DAYS[family] * DAY_MS);
    const close: Close = (silent, threads, reports) => {
      const { incident, update } = closeQuiet(silent, now);
      const context = { ...wording, reports: new Map(reports.map((report) => [report.id, report])) };
      const edits = update
        ? threads.map(({ destination }): NewThreadDelivery => ({
            id: idOf(update.id, destination, 'edit_root'),
            update: update.id,
            incident: incident.id,
            destination,
            op: 'edit_root',
            revision: update.revision,
            broadcast: false,
            message: renderRoot(incident, context),
          }))
        : [];
      return { incident, ...(update && { update }), deliveries: edits };
    };
    for (const destination of await store.closeQuiet(family, before, INCIDENTS, close)) told.add(destination);
  }
  return [...told];
}

const DAY_MS = 86_400_000;

/** Of what stands for no update: the same matter in the same destination is one delivery. */
function idOf(...parts: readonly string[]): DeliveryId {
  return deliveryId(`d_${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 24)}`);
}
