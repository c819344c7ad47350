import { DiscordApi } from '../chat/discord/api.ts';
import { definitionsOf } from '../chat/discord/definitions.ts';
import { register } from '../chat/discord/registration.ts';
import { COMMANDS } from '../commands/commands.ts';
import { loadConfig } from '../config/load.ts';
import { readStrings } from '../config/locales.ts';
import { ROOT } from './root.ts';
import { printJson, say, UserError } from './terminal.ts';

const TIMEOUT_MS = 20_000;

/** `sitrep discord register`: what Discord offers people as commands, made from the commands themselves. */
export async function registerCommands(options: {
  readonly dryRun?: true;
  readonly guild?: string;
  readonly json?: true;
}): Promise<void> {
  const { guild } = options;
  if (guild !== undefined && !/^\d{17,20}$/.test(guild))
    throw new UserError(
      `"${guild}" is no id of a server. In Discord turn on the developer mode (settings, “Advanced”), then copy the id from the server’s menu`,
    );
  const { discord } = loadConfig({ root: ROOT, env: process.env });
  const definitions = definitionsOf(COMMANDS, readStrings(ROOT), guild === undefined ? 'global' : 'guild');
  if (options.dryRun) {
    printJson(definitions);
    return;
  }
  if (discord.token === undefined)
    throw new UserError(
      'Discord is not set up: set DISCORD_TOKEN (docs/discord.md). --dry-run needs no token',
    );
  const api = new DiscordApi({
    token: discord.token.reveal(),
    api: discord.api.replace(/\/$/, ''),
    timeoutMs: TIMEOUT_MS,
    cautionMs: 0,
  });
  const done = await register(api, definitions, guild);
  if (done.kind === 'failed' && done.status === 401)
    throw new UserError(
      'Discord refuses the token: set DISCORD_TOKEN to the bot’s current one (docs/discord.md)',
    );
  if (done.kind !== 'ok') throw new UserError(`The commands were not registered: ${done.why}`);
  if (options.json) printJson(done.value);
  else
    say(
      `${done.value.length} commands are registered ${guild === undefined ? 'everywhere' : `in server ${guild}`}. Restart Discord, or press Ctrl-R in it, to see them.`,
    );
}
