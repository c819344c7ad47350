import { deskChat } from '../chat/desk/port.ts';
import { startDesk } from '../chat/desk/server.ts';
import type { Commands } from '../commands/commands.ts';
import type { Config } from '../config/load.ts';
import type { Clock } from '../model/time.ts';
import { openQueues, type Queues } from '../queue/queues.ts';
import { startRelay } from '../queue/relay.ts';
import { sourceBook } from '../sources/accept/book.ts';
import { openFetcher } from '../sources/feeds/fetch.ts';
import { pollFeed } from '../sources/feeds/poll.ts';
import { watchInbox } from '../sources/inbox/watch.ts';
import { webhookRoutes } from '../sources/webhook/routes.ts';
import { setUpChannels } from './channels.ts';
import { choresOf, type Chore } from './chores.ts';
import { Closing } from './closing.ts';
import { appCommands, beyondRowsOf } from './commands.ts';
import { openDatabase } from './database.ts';
import { openDiscord } from './discord.ts';
import { openDoors } from './doors.ts';
import { shownBy } from './discretion.ts';
import { keepHouse } from './housekeeping.ts';
import { learn, type Learnt } from './knowledge.ts';
import type { Log } from './log.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';
import { shownPath } from './shown.ts';
import { slackApp } from './slack.ts';
import type { Store } from '../store/store.ts';
import { warmUp } from './warm.ts';

/** `all`: everything. `worker`: reads, judges and tells; takes no reports in and serves no desk. */
export type Role = 'all' | 'worker';

export interface BotOptions {
  /** Folder that holds `config/`. */
  readonly root: string;
  readonly config: Config;
  readonly role: Role;
  readonly clock: Clock;
  readonly log: Log;
  /** Told to the person who waits. */
  readonly onProgress: (step: string) => void;
  /** What `learn` gave, where it was needed before. */
  readonly learnt?: Learnt;
  /** Aborted: the start is given up, and what was started so far is ended. */
  readonly giveUp?: AbortSignal;
}

export interface Bot {
  /** Where a browser opens the desk; a worker has none. */
  readonly desk?: string;
  readonly store: Store;
  readonly learnt: Learnt;
  /** Takes reports in, as every source does. */
  readonly doors: ReturnType<typeof openDoors>;
  /** What can be asked, on every platform. */
  readonly commands: Commands;
  /** Takes nothing new, finishes what is under way, ends what it started: within 10 s. */
  stop(): Promise<void>;
}

/**
 * Destinations that one process tells at a time. Telling is waiting for platforms, not computing, so it is more than the
 * other stages have: a channel that is slow to answer holds up no other.
 */
const DELIVERIES = 32;

/** Judging is one thing at a time, whichever report is next: so its job has one id. */
const JUDGE = 'next';

/**
 * Builds the bot and starts it.
 * @throws HeldError, EmbeddedError, StoreError, SchemaError, QueueError, ChannelError, DeskAddressError, ConfigError, each
 * written for the user; the reason of `giveUp`. What was started is ended
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const closing = new Closing(options.log);
  try {
    return await assemble(options, closing);
  } catch (error) {
    await closing.end();
    throw error;
  }
}

async function assemble(options: BotOptions, closing: Closing): Promise<Bot> {
  const { config, role, clock, log, root } = options;
  const goOn = (): void => options.giveUp?.throwIfAborted();
  const learnt = options.learnt ?? (await learn(root, config.dataDir));
  goOn();
  const book = sourceBook(config.sources, config.idleSources);
  const database = await openDatabase({ ...options, sources: book });
  closing.add('ground', 'database', () => database.close());
  const { store } = database;
  goOn();
  const queues = await openQueues({
    backend: config.queue.redisUrl
      ? { kind: 'redis', url: config.queue.redisUrl.reveal() }
      : { kind: 'postgres', connectionString: database.connectionString },
    log,
    alone: database.embedded,
  });
  closing.add('work', 'queue', () => queues.close());
  goOn();

  const { wording } = learnt;
  const doors = openDoors(store, (report) => queues.add('read', report));
  const shown = shownBy(store, config.sensitivity, wording);
  const judge = async (): Promise<void> => {
    await queues.add('judge', JUDGE);
  };
  const deciding = {
    ...store,
    // The relay would find it; whoever decided waits for the threads to say so.
    rule: async (decision: Parameters<Store['rule']>[0]) => {
      const ruling = await store.rule(decision);
      await judge();
      return ruling;
    },
  };
  const commands = appCommands({ store: deciding, reports: doors, book, learnt, shown, clock, log });
  const discord = await openDiscord({ config, store, commands, strings: wording.strings, clock, log });
  const slack = await slackApp({ config, store, commands, strings: wording.strings, clock, log });
  const chores = choresOf({ store, wording, clock, sensitivity: config.sensitivity });
  const pipeline = openPipeline({
    store,
    chores,
    rules: { dailyMinute: config.digests.dailyAt, ...config.updates, sensitivity: config.sensitivity },
    reader: learnt.reader,
    wording,
    chats: {
      desk: deskChat(store),
      ...(discord && { discord: discord.port }),
      ...(slack && { slack: slack.port }),
    },
    clock,
    log,
    tries: config.queue.tries,
    retryMs: config.queue.retrySeconds * 1000,
    enqueue: {
      judge,
      deliver: async (destinations) => {
        await queues.addAll('deliver', destinations);
      },
    },
  });
  await setUpChannels(config.channels, { store, places: learnt.places, clock });
  await work(options, { queues, pipeline, doors, store, chores }, closing);
  goOn();
  const relay = await startRelay({
    queues,
    backlog: async (olderThan, limit) =>
      (await store.backlog(olderThan, limit)).map((item) =>
        item.stage === 'judge' ? { ...item, id: JUDGE } : item,
      ),
    clock,
    log,
    everyMs: config.queue.relaySeconds * 1000,
  });
  closing.add('doors', 'relay', () => relay.stop());
  goOn();
  if (role === 'worker') return { store, learnt, doors, commands, stop: () => closing.end() };

  const inbox = await watchInbox({
    folder: config.inbox.folder,
    settleMs: config.inbox.settleMs,
    retryMs: config.inbox.retrySeconds * 1000,
    maxBytes: config.inbox.maxBytes,
    reports: doors,
    book,
    clock,
    log,
  });
  closing.add('doors', 'inbox', () => inbox.close());
  goOn();
  const reports = webhookRoutes({
    secrets: config.webhook.secrets,
    toleranceSeconds: config.webhook.toleranceSeconds,
    maxBytes: config.webhook.maxBytes,
    messages: doors,
    book,
    clock,
    log,
  });
  if (discord?.routes) reports.route('/', discord.routes);
  const desk = await startDesk({
    host: config.desk.host,
    port: config.desk.port,
    exposed: config.desk.exposed,
    shown: (incident) => shown(incident, undefined),
    beyondRows: beyondRowsOf({ store, learnt, clock }, (incident) =>
      config.desk.exposed ? shown(incident, undefined) : Promise.resolve(incident),
    ),
    store,
    commands,
    wording: learnt.wording,
    firstSteps: { inbox: shownPath(config.inbox.folder, root) },
    reports,
    clock,
    log,
  });
  closing.add('doors', 'desk', () => desk.close());
  const gateway = await discord?.listen();
  if (gateway) closing.add('doors', 'discord', () => gateway.close());
  if (slack) {
    closing.add('doors', 'slack', () => slack.stop());
    void slack.listen();
  }
  const warm = new AbortController();
  const warming = warmUp(learnt.places, warm.signal);
  closing.add('doors', 'completion', () => {
    warm.abort();
    return warming;
  });
  const house = keepHouse({ store, clock, log });
  closing.add('doors', 'housekeeping', () => house.stop());
  goOn();
  database.announce(desk.address);
  return { desk: desk.address, store, learnt, doors, commands, stop: () => closing.end() };
}

interface WorkParts {
  readonly queues: Queues;
  readonly pipeline: Pipeline;
  readonly chores: readonly Chore[];
  readonly doors: ReturnType<typeof openDoors>;
  readonly store: Store;
}

/** Starts the workers, and the schedule of the feeds. */
async function work(
  { config, clock, log }: BotOptions,
  { queues, pipeline, doors, store, chores }: WorkParts,
  closing: Closing,
): Promise<void> {
  const fetcher = openFetcher();
  closing.add('doors', 'feeds', () => fetcher.close());
  const feeds = new Map(config.feedList.map((feed) => [String(feed.source.id), feed]));
  const { concurrency } = config.queue;
  await queues.schedule(
    'poll',
    config.feedList.map(({ source, intervalSeconds }) => ({
      id: source.id,
      everyMs: intervalSeconds * 1000,
    })),
  );
  await queues.schedule(
    'chore',
    chores.map(({ id, everyMs }) => ({ id, everyMs })),
  );
  await queues.work(
    {
      chore: (id) => pipeline.chore(id),
      read: (id) => pipeline.read(id),
      judge: () => pipeline.judge(),
      deliver: (id) => pipeline.deliver(id),
      poll: async (id) => {
        const feed = feeds.get(id);
        if (feed)
          await pollFeed(feed, {
            reports: doors,
            feeds: store,
            fetcher,
            clock,
            log,
            timeoutMs: config.feeds.timeoutSeconds * 1000,
            maxBytes: config.feeds.maxBytes,
          });
        return undefined;
      },
    },
    { read: concurrency, judge: 1, deliver: Math.max(concurrency, DELIVERIES), poll: concurrency, chore: 1 },
  );
}
