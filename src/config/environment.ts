import type { Layer } from './layer.ts';
import { overlay } from './layer.ts';
import type { Path } from './path.ts';
import { valueAt } from './path.ts';
import type { Problem } from './problem.ts';
import { closest } from './suggest.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

interface Variable {
  readonly name: string;
  readonly path: Path;
  /** Text to the value that a YAML file would hold; what cannot be read is left as text for the schema to refuse. */
  readonly read: (text: string) => unknown;
}

const text = (value: string): unknown => value;
const number = (value: string): unknown => (/^\d+$/.test(value) ? Number(value) : value);
const flag = (value: string): unknown =>
  ({ true: true, '1': true, false: false, '0': false })[value] ?? value;
const list = (value: string): unknown => value.split(/[\s,]+/).filter((part) => part !== '');

/** The settings that may come from the environment, which wins over the files. */
export const VARIABLES: readonly Variable[] = [
  { name: 'SITREP_DATA', path: ['dataDir'], read: text },
  { name: 'SITREP_LOG_LEVEL', path: ['log', 'level'], read: text },
  { name: 'DATABASE_URL', path: ['database', 'url'], read: text },
  { name: 'REDIS_URL', path: ['queue', 'redisUrl'], read: text },
  { name: 'SITREP_DESK_HOST', path: ['desk', 'host'], read: text },
  { name: 'SITREP_DESK_PORT', path: ['desk', 'port'], read: number },
  { name: 'SITREP_DESK_EXPOSED', path: ['desk', 'exposed'], read: flag },
  { name: 'SITREP_DESK_URL', path: ['desk', 'publicUrl'], read: text },
  { name: 'DISCORD_TOKEN', path: ['discord', 'token'], read: text },
  { name: 'DISCORD_INTERACTIONS', path: ['discord', 'interactions'], read: text },
  { name: 'DISCORD_PUBLIC_KEY', path: ['discord', 'publicKey'], read: text },
  { name: 'DISCORD_API', path: ['discord', 'api'], read: text },
  { name: 'SLACK_BOT_TOKEN', path: ['slack', 'botToken'], read: text },
  { name: 'SLACK_APP_TOKEN', path: ['slack', 'appToken'], read: text },
  { name: 'SLACK_SIGNING_SECRET', path: ['slack', 'signingSecret'], read: text },
  { name: 'SLACK_CLIENT_ID', path: ['slack', 'clientId'], read: text },
  { name: 'SLACK_CLIENT_SECRET', path: ['slack', 'clientSecret'], read: text },
  { name: 'SLACK_TOKEN_KEY', path: ['slack', 'tokenKey'], read: text },
  { name: 'SLACK_PUBLIC_URL', path: ['slack', 'publicUrl'], read: text },
  { name: 'SLACK_PORT', path: ['slack', 'port'], read: number },
  { name: 'SLACK_MANAGERS', path: ['slack', 'managers'], read: text },
  { name: 'SLACK_API', path: ['slack', 'api'], read: text },
  { name: 'SITREP_INBOX', path: ['inbox', 'folder'], read: text },
  { name: 'SITREP_WEBHOOK_SECRETS', path: ['webhook', 'secrets'], read: list },
];

/** Read elsewhere: by the loader, by the start script and the container image. */
const OTHERS = ['SITREP_CONFIG', 'SITREP_ROOT', 'SITREP_SKIP_INSTALL'];

/** Ours by prefix, no setting, and so like one that it is a slip of the pen. */
function misspelt(env: Environment): Problem[] {
  const known = [...VARIABLES.map(({ name }) => name), ...OTHERS];
  return Object.keys(env)
    .filter((name) => name.startsWith('SITREP_') && !known.includes(name))
    .flatMap((name) => {
      const near = closest(
        name.slice('SITREP_'.length),
        known.map((one) => one.replace('SITREP_', '')),
      );
      return near === undefined
        ? []
        : [{ file: 'environment', key: name, message: `no such variable; did you mean SITREP_${near}?` }];
    });
}

/** An empty variable says nothing, as compose files and shells set variables to nothing. */
export function environmentLayer(env: Environment): { layer: Layer; problems: Problem[] } {
  const set = VARIABLES.filter(({ name }) => (env[name] ?? '').trim() !== '');
  let value: unknown = {};
  for (const { name, path, read } of set) {
    const leaf = read((env[name] ?? '').trim());
    value = overlay(
      value,
      path.reduceRight<unknown>((inner, part) => ({ [part]: inner }), leaf),
    );
  }
  const variableAt = (path: Path) =>
    set.find((one) => one.path.every((part, index) => part === path[index]))?.name;
  const layer: Layer = {
    value,
    has: (path) => valueAt(value, path) !== undefined,
    where: (path) => {
      const variable = variableAt(path);
      return { file: 'environment', ...(variable !== undefined && { variable }) };
    },
  };
  return { layer, problems: misspelt(env) };
}
