import { PermissionFlagsBits as Can } from 'discord.js';

/** What Sitrep's own messages need in a channel, by the names that Discord's settings show. */
const NEEDED: readonly (readonly [bigint, string])[] = [
  [Can.ViewChannel, 'View Channel'],
  [Can.SendMessages, 'Send Messages'],
  [Can.EmbedLinks, 'Embed Links'],
  [Can.ReadMessageHistory, 'Read Message History'],
  [Can.CreatePublicThreads, 'Create Public Threads'],
  [Can.SendMessagesInThreads, 'Send Messages in Threads'],
];

/** Which of the permissions that Sitrep needs are not among these. */
export const lacking = (permissions: bigint): readonly string[] =>
  (permissions & Can.Administrator) !== 0n
    ? []
    : NEEDED.filter(([bit]) => (permissions & bit) === 0n).map(([, name]) => name);
