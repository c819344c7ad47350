import { isDeepStrictEqual } from 'node:util';
import {
  Routes,
  type APIApplication,
  type RESTPostAPIApplicationCommandsJSONBody as Definition,
} from 'discord.js';
import type { DiscordApi, Outcome, Snowflake } from './api.ts';

/** A command as Discord keeps it: with ids, and with what was left out written out. */
type Kept = Readonly<Record<string, unknown>>;

const path = (application: Snowflake, guild: Snowflake | undefined): string =>
  guild === undefined
    ? Routes.applicationCommands(application)
    : Routes.applicationGuildCommands(application, guild);

/** Replaces all of the application's commands by these; of one server if `guild` is given. */
export async function register(
  api: DiscordApi,
  definitions: readonly Definition[],
  guild?: Snowflake,
): Promise<Outcome<readonly Kept[]>> {
  const me = await api.get<APIApplication>('/applications/@me');
  return me.kind === 'ok' ? api.put(path(me.value.id, guild), definitions) : me;
}

/** The application's commands as Discord has them now. */
export async function registered(api: DiscordApi, guild?: Snowflake): Promise<Outcome<readonly Kept[]>> {
  const me = await api.get<APIApplication>('/applications/@me');
  return me.kind === 'ok' ? api.get(path(me.value.id, guild)) : me;
}

const FIELDS = [
  'type',
  'name',
  'description',
  'options',
  'default_member_permissions',
  'integration_types',
  'contexts',
];
const NOTHING: readonly unknown[] = [null, undefined, false, ''];

/** Without what Discord adds, and without what only says that there is nothing. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => !NOTHING.includes(one) && !(Array.isArray(one) && one.length === 0))
      .map(([key, one]) => [key, bare(one)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const comparable = (command: Kept): unknown =>
  bare(
    Object.fromEntries(FIELDS.filter((field) => field in command).map((field) => [field, command[field]])),
  );

/** Names of commands that Discord has otherwise than they are defined here, or not at all, or too many. */
export function drift(definitions: readonly Definition[], kept: readonly Kept[]): readonly string[] {
  const key = ({ type = 1, name }: { readonly type?: unknown; readonly name?: unknown }) =>
    JSON.stringify([type, name]);
  const ours = new Map(definitions.map((one) => [key(one), comparable(one as unknown as Kept)]));
  const theirs = new Map(kept.map((one) => [key(one), comparable(one)]));
  const all = new Set([...ours.keys(), ...theirs.keys()]);
  return [...all]
    .filter((one) => !isDeepStrictEqual(ours.get(one), theirs.get(one)))
    .map((one) => (JSON.parse(one) as [number, string])[1]);
}
