import { userInfo } from 'node:os';
import type { Destination } from '../model/telling.ts';
import { besideTheBot } from './beside.ts';
import { printJson, say, UserError } from './terminal.ts';

const shown = ({ id, name, platform }: Destination): string => `  ${name}  (${platform})  ${id}`;

/** `sitrep trust [CHANNEL]`: marks a channel as told everything in full, or takes the mark away; without one lists them. */
export async function trust(
  channel: string | undefined,
  { off, by, json }: { off?: true; by?: string; json?: true },
): Promise<void> {
  await besideTheBot(async ({ database: { store } }) => {
    const all = (await store.destinations()).map(({ destination }) => destination);
    if (channel === undefined) {
      if (off)
        throw new UserError('--off needs the channel whose mark is taken away: sitrep trust CHANNEL --off');
      const trusted = new Set(await store.trustedDestinations());
      const list = all.filter(({ id }) => trusted.has(id));
      if (json) printJson(list.map(({ id, name, platform }) => ({ id, name, platform })));
      else say(list.length === 0 ? 'No channel is marked as trusted.' : list.map(shown).join('\n'));
      return;
    }
    const [found, ...others] = all.filter(
      ({ id, name }) => id === channel || name.replace(/^#/, '') === channel.replace(/^#/, ''),
    );
    if (!found || others.length > 0)
      throw new UserError(
        `${found ? 'Several channels are' : 'No channel is'} called "${channel}". Write the id of one of these:\n${(found ? [found, ...others] : all).map(shown).join('\n')}`,
      );
    const changed = await store.trust(found.id, off !== true, by ?? userInfo().username);
    if (json) printJson({ destination: found.id, trusted: off !== true, changed });
    else say(`${found.name} is ${off ? 'not ' : ''}marked as trusted${changed ? '' : ', as it was before'}.`);
  });
}
