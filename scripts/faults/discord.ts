import { destinationAt, type Destination } from '../../src/model/telling.ts';
import { startFake } from '../../test/support/discord/fake.ts';
import type { Fault } from '../../test/support/discord/server.ts';
import type { FakeMessage } from '../../test/support/discord/state.ts';
import { draw, Tally, type FaultName, type Stage } from './stage.ts';

const FAULTS: Readonly<Record<FaultName, (random: () => number) => Fault>> = {
  limited: () => ({ kind: 'limited', retryAfter: 2, scope: 'shared' }),
  answer_lost: () => ({ kind: 'answer_lost' }),
  broken: (random) => ({ kind: 'broken', status: 503, taken: random() < 0.5 }),
  hangs: (random) => ({ kind: 'hangs', taken: random() < 0.5 }),
};

/** The headline as a reader sees it. */
const titleOf = ({ embeds }: FakeMessage): string =>
  ((embeds[0]?.['title'] as string | undefined) ?? '').replace(/\\(?=[^\p{L}\p{N}\s])/gu, '');

export async function discordStage(count: number): Promise<Stage> {
  const fake = await startFake();
  const destinations = Array.from({ length: count }, (_, index): Destination => {
    const { id, guild, name } = fake.addText(`channel-${index}`);
    return destinationAt('discord', guild ?? '', id, `#${name}`);
  });
  const tally = new Tally();
  return {
    address: { platform: 'discord', api: fake.rest.api },
    destinations,
    misbehave: (random) => {
      fake.rest.fault = () => {
        const name = draw(random);
        if (name === undefined) return { kind: 'none' };
        tally.met(name);
        return FAULTS[name](random);
      };
    },
    faults: tally.counts,
    calls: () => fake.rest.calls.length,
    breaches: fake.rest.breaches,
    seen: (destination) =>
      Promise.resolve(
        fake.seen(destination.channel).map(({ root, replies }) => ({
          root: titleOf(root),
          replies: replies.map(titleOf),
        })),
      ),
    close: () => fake.close(),
  };
}
