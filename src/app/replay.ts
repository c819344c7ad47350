import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blocksOf, ledgerPlacesOf } from '../assess/blocks.ts';
import { deskChat } from '../chat/desk/port.ts';
import type { ChatPort, Post } from '../chat/port.ts';
import type { ChannelSettings } from '../config/schema.ts';
import { drainDestination } from '../deliver/drain.ts';
import { ENGINE_VERSION, extract } from '../extract/extract.ts';
import type { DeliveryId } from '../model/ids.ts';
import type { Incident } from '../model/incident.ts';
import { instant, type Instant } from '../model/time.ts';
import { toText } from '../render/text.ts';
import { acceptReport } from '../sources/accept/accept.ts';
import { sourceBook } from '../sources/accept/book.ts';
import type { Source } from '../model/report.ts';
import { startEmbedded } from '../store/embedded/start.ts';
import type { Judgement } from '../store/judge.ts';
import { openStore, type Store } from '../store/store.ts';
import { setUpChannels } from './channels.ts';
import { decide } from './decide.ts';
import type { Learnt } from './knowledge.ts';
import type { Log } from './log.ts';

/** One report of a corpus. */
export interface ReplayReport {
  readonly id: string;
  readonly text: string;
  readonly published: Instant;
  readonly title?: string;
  readonly source?: string;
  readonly url?: string;
  readonly language?: string;
}

/** What one report did, as `replay` prints it. */
export interface ReplayLine {
  readonly report: string;
  readonly duplicateOf?: string;
  readonly incidents: readonly {
    readonly incident: string;
    readonly update: string;
    readonly type: string;
    readonly places: readonly string[];
    readonly standing: string;
  }[];
  readonly alerts: readonly {
    readonly channel: string;
    readonly incident: string;
    readonly update: string;
    readonly thread: 'root' | 'reply';
    readonly broadcast: boolean;
    readonly text: string;
  }[];
}

export interface ControlLine {
  readonly place: string;
  readonly holder: string;
  readonly standing: string;
  readonly since: string;
  readonly lastConfirmed: string;
}

export interface ReplayOptions {
  readonly learnt: Learnt;
  readonly sources: readonly Source[];
  readonly channels: readonly ChannelSettings[];
  readonly log: Log;
  readonly onLine: (line: ReplayLine) => Promise<void>;
  readonly onProgress: (step: string) => void;
}

/**
 * Runs reports, already in time order, through the whole pipeline into a store of its own that is gone afterwards. The
 * clock stands at each report's published time.
 * @returns who holds what in the end
 */
export async function replay(
  reports: Iterable<ReplayReport>,
  options: ReplayOptions,
): Promise<readonly ControlLine[]> {
  const { log, sources, onProgress } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'sitrep-replay-'));
  let now = instant(0);
  const clock = (): Instant => now;
  const book = sourceBook(sources);
  try {
    const embedded = await startEmbedded({
      dataDir,
      clock,
      log,
      onProgress,
      // Nothing of it is kept, so nothing needs to survive a crash.
      settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
    });
    try {
      const store = await openStore({
        connectionString: embedded.connectionString,
        clock,
        log,
        sources: book,
      });
      try {
        await setUpChannels(options.channels, { store, places: options.learnt.places, clock });
        const one = new OneReport(store, options, clock);
        for (const report of reports) {
          now = report.published;
          await options.onLine(await one.run(report, { book, clock }));
        }
        return await controlLines(store);
      } finally {
        await store.close();
      }
    } finally {
      await embedded.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Takes one report all its way before the next. */
class OneReport {
  readonly #store: Store;
  readonly #options: ReplayOptions;
  readonly #clock: () => Instant;
  readonly #names = new Map<string, string>();
  /** What the platform was handed for the report at hand. */
  #posts: Post[] = [];
  readonly #chat: ChatPort;

  constructor(store: Store, options: ReplayOptions, clock: () => Instant) {
    this.#store = store;
    this.#options = options;
    this.#clock = clock;
    const desk = deskChat(store);
    this.#chat = {
      ...desk,
      send: (post) => {
        this.#posts.push(post);
        return desk.send(post);
      },
    };
  }

  async run(
    report: ReplayReport,
    { book, clock }: { book: ReturnType<typeof sourceBook>; clock: () => Instant },
  ): Promise<ReplayLine> {
    const accepted = await acceptReport(report, 'inbox', { book, clock, reports: this.#store });
    if (!accepted.ok)
      throw new RangeError(accepted.problems.map(({ field, message }) => `${field}: ${message}`).join('; '));
    const { acceptance } = accepted;
    this.#names.set(acceptance.report, report.id);
    if (acceptance.kind !== 'accepted') {
      const first = acceptance.duplicateOf ?? acceptance.report;
      return { report: report.id, duplicateOf: this.#names.get(first) ?? first, incidents: [], alerts: [] };
    }
    const unread = await this.#store.unread(acceptance.report);
    if (unread)
      await this.#store.commitRead(
        acceptance.report,
        extract(unread.report, this.#options.learnt.reader),
        ENGINE_VERSION,
      );
    const judgement = await this.#judge();
    return { report: report.id, ...(await this.#tell(judgement)) };
  }

  async #judge(): Promise<Judgement | undefined> {
    const { wording } = this.#options.learnt;
    let judgement: Judgement | undefined;
    const outcome = await this.#store.judgeNext({
      blocksOf: (report, statements) => blocksOf(report, statements, wording),
      ledgerPlacesOf,
      decide: async (snapshot, reader) => (judgement = await decide(snapshot, reader, wording)),
      maxTries: 1,
      retryMs: 0,
    });
    if (outcome.kind === 'failed') throw outcome.error;
    return judgement;
  }

  async #tell(judgement: Judgement | undefined): Promise<Omit<ReplayLine, 'report'>> {
    if (judgement === undefined) return { incidents: [], alerts: [] };
    const { assessment, deliveries } = judgement;
    this.#posts = [];
    for (const destination of new Set(deliveries.map((delivery) => delivery.destination)))
      await drainDestination(destination, {
        store: this.#store,
        ports: { desk: this.#chat },
        clock: this.#clock,
        log: this.#options.log,
      });
    const byId = new Map<DeliveryId, (typeof deliveries)[number]>(
      deliveries.map((delivery) => [delivery.id, delivery]),
    );
    const kindOf = (update: string): string =>
      assessment.updates.find(({ id }) => id === update)?.kinds[0] ?? 'reaffirmed';
    return {
      ...(assessment.duplicateOf !== undefined && {
        duplicateOf: this.#names.get(assessment.duplicateOf) ?? assessment.duplicateOf,
      }),
      incidents: assessment.incidents.map(({ incident }) =>
        incidentLine(
          incident,
          assessment.updates.find((update) => update.incident === incident.id)?.kinds[0] ?? 'reaffirmed',
        ),
      ),
      alerts: this.#posts.flatMap((post) => {
        const delivery = byId.get(post.delivery);
        if (!delivery) return [];
        return {
          channel: post.destination.channel,
          incident: delivery.incident,
          update: kindOf(delivery.update),
          thread: delivery.op === 'post_root' ? ('root' as const) : ('reply' as const),
          broadcast: post.broadcast,
          text: toText(post.message, this.#options.learnt.wording.strings),
        };
      }),
    };
  }
}

function incidentLine(incident: Incident, update: string): ReplayLine['incidents'][number] {
  const [lead] = incident.facts;
  return {
    incident: incident.id,
    update,
    type: lead?.type ?? 'unknown',
    places: [...new Set(incident.facts.flatMap(({ places }) => places.map(({ name }) => name)))],
    standing: lead?.standing ?? 'reported',
  };
}

async function controlLines(store: Store): Promise<ControlLine[]> {
  const entries = await store.control({});
  return entries
    .map(({ place, holders, standing, validFrom, lastConfirmed }) => ({
      place: place.name,
      holder: holders.map(({ name, text }) => name ?? text).join(', '),
      standing,
      since: validFrom,
      lastConfirmed,
    }))
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : a.since < b.since ? -1 : 1));
}
