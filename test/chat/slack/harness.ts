import type { ChatPort, PortCall } from '../../../src/chat/port.ts';
import { clientOptions, clientPool } from '../../../src/chat/slack/client.ts';
import { SlackChat } from '../../../src/chat/slack/port.ts';
import { destinationId } from '../../../src/model/ids.ts';
import type { Destination } from '../../../src/model/telling.ts';
import { threadsOf, type Kept } from '../../support/slack/api.ts';
import { FakeSlack } from '../../support/slack/fake.ts';
import type { ChannelSpec } from '../../support/slack/workspace.ts';

export const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export const TEAM = 'T0SITREP01';

/** A clock that stands still until somebody waits. */
export class Clock {
  #at = 1_000_000;
  readonly now = (): number => this.#at;
  readonly sleep = (ms: number): Promise<void> => {
    this.#at += ms;
    return Promise.resolve();
  };
}

export const destinationOf = (slack: FakeSlack, name: string): Destination => {
  const workspace = slack.workspace();
  const { id } = workspace;
  const { id: found } = workspace.channel(name);
  return {
    id: destinationId(`slack:${id}:${found}`),
    platform: 'slack',
    workspace: id,
    channel: found,
    name: `#${name}`,
  };
};

export interface Stage {
  readonly slack: FakeSlack;
  readonly clock: Clock;
  readonly port: SlackChat;
  readonly damascus: Destination;
  /** Waits for the limit, then calls, as the drain does. */
  readonly patient: ChatPort;
}

interface StageOptions {
  readonly distributed?: boolean;
  readonly channels?: readonly ChannelSpec[];
}

const CHANNELS = [{ name: 'damascus' }, { name: 'homs', private: true }, { name: 'abroad', stranger: true }];

export async function openStage({ channels = CHANNELS, ...options }: StageOptions = {}): Promise<Stage> {
  const clock = new Clock();
  const slack = await FakeSlack.start({
    workspaces: [
      {
        id: TEAM,
        channels,
        people: [{ name: 'founder' }, { name: 'amal' }, { name: 'boss', admin: true }],
        groups: { S0WATCH: [] },
      },
    ],
    now: clock.now,
    ...options,
  });
  const pool = clientPool(clientOptions(silent, { apiUrl: slack.api }));
  const port = new SlackChat({
    tokenOf: (workspace) =>
      Promise.resolve(slack.workspaces.has(workspace) ? `xoxb-${workspace}` : undefined),
    clientOf: pool,
    around: { desk: 'https://desk.example/', more: 'More on the incident page' },
    distributed: options.distributed === true,
    now: clock.now,
    sleep: clock.sleep,
    log: silent,
  });
  const wait = (destination: Destination, call: PortCall): Promise<void> =>
    clock.sleep(port.pause(destination, call));
  return {
    slack,
    clock,
    port,
    damascus: destinationOf(slack, channels[0]?.name ?? ''),
    patient: {
      platform: 'slack',
      send: async (post) => {
        await wait(post.destination, 'send');
        return port.send(post);
      },
      edit: async (edit) => {
        await wait(edit.destination, 'edit');
        return port.edit(edit);
      },
      find: (question) => port.find(question),
    },
  };
}

interface Shown {
  readonly type: string;
  readonly text?: { readonly text: string };
  readonly elements?: readonly { readonly elements?: readonly { readonly text?: string }[] }[];
}

/** The first line that a reader sees of a message. */
function headlineOf({ blocks, text }: Kept): string {
  const first = blocks?.[0] as Shown | undefined;
  return first?.text?.text ?? first?.elements?.[0]?.elements?.map((one) => one.text ?? '').join('') ?? text;
}

/** The channel's threads as a reader sees them. */
export async function seenIn(
  slack: FakeSlack,
  { workspace, channel }: Destination,
): Promise<readonly { readonly headline: string; readonly replies: readonly string[] }[]> {
  const threads = await threadsOf(slack.workspace(workspace), channel);
  return threads.map(([root, ...replies]) => ({
    headline: root ? headlineOf(root) : '',
    replies: replies.map(headlineOf),
  }));
}
