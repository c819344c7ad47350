import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blocksOf, ledgerPlacesOf } from '../assess/blocks.ts';
import { deskChat } from '../chat/desk/port.ts';
import type { ChatPort, Post } from '../chat/port.ts';
import type { ChannelSettings } from '../config/schema.ts';
import { drainDestination } from '../deliver/drain.ts';
import { ENGINE_VERSION, extract } from '../extract/extract.ts';
import type { DeliveryId, ReportId } from '../model/ids.ts';
import type { Incident } from '../model/incident.ts';
import { instant, type Instant } from '../model/time.ts';
import { renderGathered } from '../render/gathered.ts';
import { toText } from '../render/text.ts';
import { acceptReport } from '../sources/accept/accept.ts';
import { sourceBook, type SourceBook } from '../sources/accept/book.ts';
import { describeFields } from '../sources/accept/incoming.ts';
import type { Source } from '../model/report.ts';
import { startEmbedded } from '../store/embedded/start.ts';
import type { Judgement } from '../store/judge.ts';
import { openStore, type Store } from '../store/store.ts';
import { setUpChannels } from './channels.ts';
import { decide, decideRetraction, decideRuling } from './decide.ts';
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
interface ReplayLine {
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
  /** Called for each report in turn; false: nobody wants to hear of the others. */
  readonly onReport: (outcome: ReplayOutcome, index: number) => Promise<boolean>;
  /** Aborted: no further report is taken. */
  readonly stop: AbortSignal;
}

type ReplayOutcome =
  | { readonly kind: 'done'; readonly line: ReplayLine }
  /** It was refused, or could not be read or judged; the others go on. */
  | { readonly kind: 'failed'; readonly error: string };

/**
 * Runs reports, already in time order, through the whole pipeline into a store of its own that is gone afterwards. The
 * clock stands at each report's published time.
 * @returns who holds what in the end; undefined when nobody wants to hear of it
 * @throws the reason of `stop`, when it is aborted
 */
export async function replay(
  reports: readonly ReplayReport[],
  options: ReplayOptions,
): Promise<readonly ControlLine[] | undefined> {
  const { log, sources, stop, onReport } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'sitrep-replay-'));
  let now = instant(0);
  const clock = (): Instant => now;
  const book = sourceBook(sources);
  try {
    const embedded = await startEmbedded({
      dataDir,
      clock,
      log,
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
        for (const [index, report] of reports.entries()) {
          stop.throwIfAborted();
          now = report.published;
          if (!(await onReport(await one.run(report, book), index))) return undefined;
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

/** As config/default.yaml has it, but that nothing is gathered: each report's line holds what it did. */
const RULES = {
  dailyMinute: 6 * 60,
  atOnce: Number.MAX_SAFE_INTEGER,
  gatherMinutes: 15,
  // Read by nobody but whoever replays it.
  sensitivity: { evacuation: 'off', return: 'off', aid_access: 'off', delayMinutes: 1 },
} as const;

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

  async run(report: ReplayReport, book: SourceBook): Promise<ReplayOutcome> {
    const accepted = await acceptReport(report, 'inbox', { book, clock: this.#clock, reports: this.#store });
    if (!accepted.ok) return { kind: 'failed', error: describeFields(accepted.problems) };
    const { kind, report: id, duplicateOf } = accepted.acceptance;
    const first = this.#names.get(duplicateOf ?? id);
    if (!this.#names.has(id)) this.#names.set(id, report.id);
    if (kind !== 'accepted')
      return {
        kind: 'done',
        line: {
          report: report.id,
          ...(first !== undefined && { duplicateOf: first }),
          incidents: [],
          alerts: [],
        },
      };
    try {
      await this.#read(id);
      const line = { report: report.id, ...(await this.#tell(await this.#judge())) };
      return { kind: 'done', line };
    } catch (error) {
      return { kind: 'failed', error: (error as Error).message };
    }
  }

  /** What cannot be read is set aside, as the bot does, so that those behind it go on. */
  async #read(id: ReportId): Promise<void> {
    const unread = await this.#store.unread(id);
    if (unread === undefined) return;
    try {
      const found = extract(unread.report, this.#options.learnt.reader);
      await this.#store.commitRead(id, found, ENGINE_VERSION);
    } catch (error) {
      await this.#store.failRead(id, error, { maxTries: 1, delayMs: 0 });
      throw error;
    }
  }

  async #judge(): Promise<Judgement | undefined> {
    const { wording } = this.#options.learnt;
    let judgement: Judgement | undefined;
    const outcome = await this.#store.judgeNext({
      blocksOf: (report, statements) => blocksOf(report, statements, wording),
      ledgerPlacesOf,
      decide: async (snapshot, reader) => (judgement = await decide(snapshot, reader, wording, RULES)),
      gather: (replies) => renderGathered(replies, wording),
      retract: (snapshot, reader) => decideRetraction(snapshot, reader, wording, RULES),
      rule: (snapshot, reader) => decideRuling(snapshot, reader, wording, RULES),
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
