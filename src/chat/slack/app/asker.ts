import type { WebClient } from '@slack/web-api';
import { destinationAt, directTo, personOf, type Destination, type Person } from '../../../model/telling.ts';
import type { ChatAsker } from '../../app-ports.ts';
import type { SlackContext } from '../ports.ts';
import { mayManage } from './rights.ts';

/** Where something was asked, as Slack's payloads say it. */
export interface Where {
  readonly team: string;
  readonly user: { readonly id: string; readonly name: string };
  /** Absent: in no channel, as on the App Home. */
  readonly channel?: { readonly id: string; readonly name: string };
}

export const personAt = ({ team, user }: Where): Person & { readonly platform: 'slack' } => ({
  platform: 'slack',
  workspace: team,
  id: user.id,
  name: user.name,
});

/** Slack's names for conversations that have none: in them people are told by themselves. */
const isDirect = (id: string): boolean => id.startsWith('D');

export const destinationOf = (where: Where): Destination => {
  const { channel, team } = where;
  if (!channel || isDirect(channel.id)) return directTo(personAt(where));
  return destinationAt('slack', team, channel.id, `#${channel.name}`);
};

/** The first word of a typed line, which names the command. */
export const commandIn = (line: string): string => /^\/?(\S+)/u.exec(line.trim())?.[1]?.toLowerCase() ?? '';

/** A channel whose name Slack keeps from a payload is asked for it; without an answer it is called by its id. */
async function named(where: Where, client: WebClient): Promise<Where> {
  const { channel } = where;
  if (!channel || isDirect(channel.id) || !UNNAMED.has(channel.name)) return where;
  try {
    const { channel: known } = await client.conversations.info({ channel: channel.id });
    return { ...where, channel: { id: channel.id, name: known?.name ?? channel.id } };
  } catch {
    return { ...where, channel: { id: channel.id, name: channel.id } };
  }
}
const UNNAMED = new Set(['', 'privategroup', 'directmessage']);

/**
 * Who asks for a command. Rights cost calls to Slack, so only a command that needs them asks; a channel that is about to
 * be changed is known to the store from then on.
 */
export async function askerOf(
  where: Where,
  command: string,
  { client, context, managers }: { client: WebClient; context: SlackContext; managers?: string },
): Promise<ChatAsker> {
  const needsRights = context.definitions.some(
    ({ name, access }) => name === command && access === 'manager',
  );
  const place = await named(where, client);
  const destination = destinationOf(place);
  const person = personAt(where);
  if (!needsRights) return { destination, person, manages: false };
  const manages =
    personOf(destination) !== undefined ||
    (await mayManage({
      client,
      log: context.log,
      channel: destination.channel,
      user: where.user.id,
      ...(managers !== undefined && { managers }),
    }));
  if (manages) await context.store.addDestination(destination);
  return { destination, person, manages };
}
