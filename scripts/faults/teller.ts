// The process that is killed: tells what is outstanding, as a worker of the bot does, until nothing is. It says when it
// has begun, and ends by itself.
import { join } from 'node:path';
import { DiscordApi } from '../../src/chat/discord/api.ts';
import { discordChat } from '../../src/chat/discord/port.ts';
import type { ChatPort } from '../../src/chat/port.ts';
import { clientOptions, clientPool } from '../../src/chat/slack/client.ts';
import { SlackChat } from '../../src/chat/slack/port.ts';
import { readStrings } from '../../src/config/locales.ts';
import { drainDestination } from '../../src/deliver/drain.ts';
import { destinationId } from '../../src/model/ids.ts';
import { systemClock } from '../../src/model/time.ts';
import { openQueues } from '../../src/queue/queues.ts';
import { startRelay } from '../../src/queue/relay.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';
import { openStore } from '../../src/store/store.ts';
import { silent } from '../bench/database.ts';
import type { Address } from './stage.ts';

const strings = readStrings(join(import.meta.dirname, '..', '..'));
const desk = 'https://desk.example/';

const PORTS: Readonly<Record<Address['platform'], (api: string) => ChatPort>> = {
  slack: (api) =>
    new SlackChat({
      tokenOf: (workspace) => Promise.resolve(`xoxb-${workspace}`),
      clientOf: clientPool(clientOptions(silent, { apiUrl: api })),
      around: { desk, more: 'More on the incident page' },
      distributed: false,
      now: () => performance.now(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      log: silent,
    }),
  discord: (api) =>
    discordChat({
      api: new DiscordApi({ token: 'fake-token', api, timeoutMs: 12_000, cautionMs: 5_000 }),
      look: { strings, desk: new URL(desk) },
    }),
};

const { platform, api } = JSON.parse(process.env['FAULTS_ADDRESS'] ?? '') as Address;
const connectionString = process.env['FAULTS_DATABASE'] ?? '';
const ports = { [platform]: PORTS[platform](api) };
const store = await openStore({
  connectionString,
  clock: systemClock,
  log: silent,
  sources: sourceBook([]),
});
const queues = await openQueues({
  backend: { kind: 'postgres', connectionString },
  log: silent,
  alone: true,
});
const concurrency = 32;
await queues.work(
  {
    deliver: async (id) => {
      const { againInMs } = await drainDestination(destinationId(id), {
        store,
        ports,
        clock: systemClock,
        log: silent,
      });
      return againInMs === undefined ? undefined : { againInMs };
    },
  },
  { read: 1, judge: 1, deliver: concurrency, poll: 1, chore: 1 },
);
await startRelay({
  queues,
  backlog: (olderThan, limit) => store.backlog(olderThan, limit),
  clock: systemClock,
  log: silent,
  everyMs: 1_000,
});
process.stdout.write('begun\n');
setInterval(() => {
  void store.health().then(({ waiting }) => {
    if (waiting.deliver.count === 0) process.exit(0);
  });
}, 1_000);
