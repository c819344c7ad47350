import { setTimeout as sleep } from 'node:timers/promises';
import {
  ApplicationCommandType as CommandType,
  ComponentType,
  InteractionType,
  type APIApplicationCommandAutocompleteInteraction as Typing,
  type APIChatInputApplicationCommandInteraction as Slash,
  type APIInteraction,
  type APIMessage,
  type APIMessageApplicationCommandInteraction as OnMessage,
  type APIMessageComponentInteraction as Press,
  type APIModalSubmitInteraction as Filled,
} from 'discord.js';
import type { Block, Message } from '../../../model/message.ts';
import type { Clock } from '../../../model/time.ts';
import { say } from '../../../render/strings.ts';
import type { ChatAsker, ChatCommand, ChatCommands, ChatLog, EventBook } from '../../app-ports.ts';
import { once } from '../../once.ts';
import { commandIn } from '../buttons.ts';
import { asksByForm, PUBLIC, SENDS } from '../definitions.ts';
import { payloadOf, type Look } from '../payload.ts';
import { lacking } from '../rights.ts';
import type { Answers } from './answers.ts';
import { askerOf, type NameOf } from './asker.ts';
import { choicesFor } from './choices.ts';
import { formCommand, formOf, valuesOf } from './forms.ts';

/** "You must respond within 3 seconds": what takes longer than this is answered afterwards. */
const DEFER_MS = 1500;

export interface Handling {
  readonly commands: ChatCommands;
  readonly definitions: readonly ChatCommand[];
  readonly store: EventBook;
  readonly clock: Clock;
  readonly answers: Answers;
  readonly nameOf: NameOf;
  readonly look: Look;
  readonly log: ChatLog;
}

/** What came from a person. Never throws: what goes wrong is logged, and Discord tells the person that no answer came. */
export async function handleInteraction(interaction: APIInteraction, parts: Handling): Promise<void> {
  try {
    const typing = interaction.type === InteractionType.ApplicationCommandAutocomplete;
    // Asked with every letter that is typed: out of memory, without a call to Discord.
    const asker = await askerOf(interaction, typing ? (id) => Promise.resolve(id) : parts.nameOf);
    if (asker) await taken(interaction, asker, parts);
  } catch (error) {
    parts.log.error({ err: error, interaction: interaction.id }, 'an interaction could not be answered');
  }
}

async function taken(interaction: APIInteraction, asker: ChatAsker, parts: Handling): Promise<void> {
  if (interaction.type === InteractionType.ApplicationCommandAutocomplete)
    return suggest(interaction, asker, parts);
  // A gateway that resumes brings again what it does not know to have arrived.
  await once(`discord:${interaction.id}`, () => answered(interaction, asker, parts), parts);
}

async function answered(interaction: APIInteraction, asker: ChatAsker, parts: Handling): Promise<void> {
  if (interaction.type === InteractionType.ApplicationCommand) {
    if (interaction.data.type === CommandType.ChatInput) return slash(interaction as Slash, asker, parts);
    if (interaction.data.type === CommandType.Message) return send(interaction as OnMessage, parts);
  }
  if (interaction.type === InteractionType.MessageComponent) return press(interaction, asker, parts);
  if (interaction.type === InteractionType.ModalSubmit) return filled(interaction, asker, parts);
}

const named = (name: string, { definitions }: Handling): ChatCommand | undefined =>
  definitions.find((one) => one.name === name);

async function suggest(
  interaction: Typing,
  asker: ChatAsker,
  { answers, commands, definitions }: Handling,
): Promise<void> {
  await answers.choices(interaction, await choicesFor(interaction, asker, commands, definitions));
}

async function slash(interaction: Slash, asker: ChatAsker, parts: Handling): Promise<void> {
  const { name, options = [] } = interaction.data;
  const values = options.flatMap((one) => ('value' in one ? [[one.name, one.value] as const] : []));
  const raw = Object.fromEntries(
    values.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
  const command = named(name, parts);
  if (command && asksByForm(command)) return parts.answers.form(interaction, formOf(command, raw));
  const shown = values.some(([key, value]) => key === PUBLIC && value === true);
  await respond(interaction, parts, !shown, () =>
    checked(interaction, command, asker, parts, () => parts.commands.run(name, raw, asker)),
  );
}

/** "Send to Sitrep": the message as a report, for the person to look over. */
async function send(interaction: OnMessage, parts: Handling): Promise<void> {
  const command = named(SENDS, parts);
  const message = interaction.data.resolved.messages[interaction.data.target_id];
  if (!command || !message) return;
  const guild = interaction.guild_id ?? '@me';
  const link = `https://discord.com/channels/${guild}/${message.channel_id}/${message.id}`;
  await parts.answers.form(interaction, formOf(command, { text: wordsOf(message), link }));
}

const wordsOf = ({ content, embeds }: APIMessage): string =>
  [content, ...embeds.flatMap(({ title, description }) => [title ?? '', description ?? ''])]
    .filter(Boolean)
    .join('\n');

async function press(interaction: Press, asker: ChatAsker, parts: Handling): Promise<void> {
  const line = commandIn(interaction.data.custom_id);
  if (line === undefined || interaction.data.component_type !== ComponentType.Button) return;
  const command = named(/^\/(\S+)/u.exec(line)?.[1] ?? '', parts);
  if (command && asksByForm(command)) return parts.answers.form(interaction, formOf(command, {}));
  await respond(interaction, parts, true, () =>
    checked(interaction, command, asker, parts, () => parts.commands.answer(line, asker)),
  );
}

async function filled(interaction: Filled, asker: ChatAsker, parts: Handling): Promise<void> {
  const name = formCommand(interaction.data.custom_id);
  if (name === undefined) return;
  const raw = valuesOf(interaction.data.components);
  await respond(interaction, parts, true, () => parts.commands.run(name, raw, asker));
}

/** Whoever asks for alerts in a channel is told at once what would keep them from coming. */
async function checked(
  { app_permissions, guild_id }: APIInteraction,
  command: ChatCommand | undefined,
  { manages }: ChatAsker,
  { look: { strings } }: Handling,
  run: () => Promise<Message>,
): Promise<Message> {
  const message = await run();
  const rights = lacking(BigInt(app_permissions));
  if (command?.access !== 'manager' || !manages || guild_id === undefined || rights.length === 0)
    return message;
  const warning: Block = {
    kind: 'paragraph',
    line: say(strings, 'discord.lacks', { rights: rights.join(', ') }),
  };
  return { ...message, tone: 'warning', blocks: [...message.blocks, warning] };
}

async function respond(
  interaction: APIInteraction,
  { answers, look }: Handling,
  hidden: boolean,
  run: () => Promise<Message>,
): Promise<void> {
  const running = run();
  const over = new AbortController();
  const late = sleep(DEFER_MS, 'late' as const, { signal: over.signal, ref: false }).catch(
    () => 'late' as const,
  );
  const first = await Promise.race([running, late]);
  over.abort();
  if (first !== 'late') return answers.message(interaction, payloadOf(first, look), hidden);
  await answers.thinking(interaction, hidden);
  await answers.follow(interaction, payloadOf(await running, look));
}
