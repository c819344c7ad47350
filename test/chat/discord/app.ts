import { DiscordApi } from '../../../src/chat/discord/api.ts';
import type { DiscordAppParts } from '../../../src/chat/discord/app/start.ts';
import type { DestinationId } from '../../../src/model/ids.ts';
import type { Message } from '../../../src/model/message.ts';
import { systemClock } from '../../../src/model/time.ts';
import type { ChatAsker, ChatCommand } from '../../../src/chat/app-ports.ts';
import type { FakeDiscord } from '../../support/discord/fake.ts';
import { look, saying } from './harness.ts';

/** Stand-ins for commands: what matters here is how Discord's forms reach them and their answers reach people. */
const DEFINITIONS: readonly ChatCommand[] = [
  {
    name: 'status',
    summary: 'Who holds a place',
    access: 'anyone',
    parameters: [
      { name: 'at', summary: 'The day', required: false },
      { name: 'place', summary: 'In any spelling', required: true, completion: { kind: 'places' } },
    ],
  },
  {
    name: 'subscribe',
    summary: 'Alerts here',
    access: 'manager',
    parameters: [
      { name: 'place', summary: 'Which', required: true, completion: { kind: 'places' } },
      {
        name: 'kinds',
        summary: 'Only these',
        required: false,
        completion: { kind: 'words', words: ['control', 'siege'], several: true },
      },
    ],
  },
  {
    name: 'report',
    summary: 'Hand in a report of your own; it goes the way of any report, your name is not shown',
    access: 'anyone',
    parameters: [
      { name: 'text', summary: 'What happened', required: true, long: true },
      { name: 'link', summary: 'Where it can be read', required: false },
      {
        name: 'confidence',
        summary: 'How you know',
        required: false,
        completion: { kind: 'words', words: ['saw', 'heard'] },
      },
    ],
  },
];

export interface Ran {
  readonly what: string;
  readonly asker: ChatAsker;
}

export interface TestApp {
  readonly parts: DiscordAppParts;
  readonly ran: Ran[];
  readonly disabled: { readonly workspace: string; readonly channel?: string; readonly why: string }[];
  readonly logged: string[];
  /** What commands answer; by default at once. */
  answer: () => Promise<Message>;
}

export function testApp(fake: FakeDiscord): TestApp {
  const seen = new Set<string>();
  const logged: string[] = [];
  const note = (_: object, message: string) => void logged.push(message);
  const app: TestApp = {
    ran: [],
    disabled: [],
    logged,
    answer: () => Promise.resolve(saying('the answer')),
    parts: {
      token: 'fake-token',
      apiUrl: fake.rest.api,
      api: new DiscordApi({ token: 'fake-token', api: fake.rest.api, timeoutMs: 2000, cautionMs: 0 }),
      look,
      store: {
        claimChatEvent: (id) => Promise.resolve(seen.size < seen.add(id).size ? 'first' : 'underway'),
        finishChatEvent: () => Promise.resolve(),
        releaseChatEvent: (id) => {
          seen.delete(id);
          return Promise.resolve();
        },
        disableDestinations: (where, why) => {
          app.disabled.push({
            workspace: where.workspace,
            ...(where.channel !== undefined && { channel: where.channel }),
            why,
          });
          return Promise.resolve(['d' as DestinationId]);
        },
      },
      commands: {
        answer: (line, asker) => {
          app.ran.push({ what: line, asker });
          return app.answer();
        },
        run: (name, raw, asker) => {
          app.ran.push({ what: `${name} ${JSON.stringify(raw)}`, asker });
          return app.answer();
        },
        choices: (command, parameter, typed, _, limit) =>
          Promise.resolve(
            Array.from({ length: limit }, (_unused, i) => ({
              label: `${command} ${parameter} ${typed} ${i}`,
              value: `${typed}${i}`,
            })),
          ),
      },
      definitions: DEFINITIONS,
      clock: systemClock,
      log: { debug: note, info: note, warn: note, error: note },
    },
  };
  return app;
}
