import { destinationAt, type Destination } from '../../src/model/telling.ts';
import { seenIn } from '../../test/chat/slack/harness.ts';
import { FakeSlack, type Fault } from '../../test/support/slack/fake.ts';
import { draw, Tally, type FaultName, type Stage } from './stage.ts';

/** Channels of one workspace: its limits are shared among them. */
const CHANNELS = 10;
const METHODS = ['chat.postMessage', 'chat.update', 'conversations.history', 'conversations.replies'];

const FAULTS: Readonly<Record<FaultName, (random: () => number) => Fault>> = {
  limited: () => ({ kind: 'rate_limited', seconds: 2 }),
  answer_lost: () => ({ kind: 'drop' }),
  broken: (random) => ({ kind: 'status', status: 503, taken: random() < 0.5 }),
  hangs: () => ({ kind: 'hang' }),
};

export async function slackStage(count: number): Promise<Stage> {
  const workspaces = Array.from({ length: Math.ceil(count / CHANNELS) }, (_, index) => ({
    id: `T0FAULTS${String(index).padStart(2, '0')}`,
    channels: Array.from({ length: CHANNELS }, (_channel, channel) => ({ name: `channel-${channel}` })),
  }));
  const slack = await FakeSlack.start({ workspaces });
  const destinations = workspaces
    .flatMap(({ id, channels }) =>
      channels.map(({ name }): Destination => {
        const channel = slack.workspace(id).channel(name);
        return destinationAt('slack', id, channel.id, `#${name}`);
      }),
    )
    .slice(0, count);
  const tally = new Tally();
  return {
    address: { platform: 'slack', api: slack.api },
    destinations,
    misbehave: (random) => {
      slack.chance = (method) => {
        const name = METHODS.includes(method) ? draw(random) : undefined;
        if (name === undefined) return undefined;
        tally.met(name);
        return FAULTS[name](random);
      };
    },
    faults: tally.counts,
    calls: () => slack.calls.length,
    breaches: slack.breaches,
    seen: async (destination) =>
      (await seenIn(slack, destination)).map(({ headline, replies }) => ({ root: headline, replies })),
    close: () => slack.close(),
  };
}
