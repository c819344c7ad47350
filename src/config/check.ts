import type { z } from 'zod';
import { found, keysAt, remedy } from './explain.ts';
import type { Layer } from './layer.ts';
import type { Path } from './path.ts';
import { dotted, valueAt } from './path.ts';
import type { Problem } from './problem.ts';
import { closest } from './suggest.ts';

/** Settings whose values no message may show, nor those of the mappings that hold them. */
const SECRET_PATHS = [
  'database.url',
  'queue.redisUrl',
  'webhook.secrets',
  'discord.token',
  'slack.botToken',
  'slack.appToken',
  'slack.signingSecret',
  'slack.clientSecret',
  'slack.tokenKey',
];

function isSecret(path: Path): boolean {
  const key = dotted(path);
  return key !== '' && SECRET_PATHS.some((secret) => secret.startsWith(key) || key.startsWith(secret));
}

/** The layer that says something at `path` or, for what is missing, nearest above it; the strongest first. */
function locate(layers: readonly Layer[], path: Path, part: 'key' | 'value'): Omit<Problem, 'message'> {
  for (let length = path.length; length >= 0; length--) {
    const reached = path.slice(0, length);
    const layer = layers.findLast((one) => one.has(reached));
    if (layer === undefined) continue;
    const { variable, ...where } = layer.where(reached, length < path.length ? 'key' : part);
    return { ...where, key: variable ?? dotted(path) };
  }
  return { file: 'environment', key: dotted(path) };
}

function fromIssue(
  issue: z.core.$ZodIssue,
  schema: z.core.$ZodType,
  layers: readonly Layer[],
  value: unknown,
): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path, value);
    return issue.keys.map((key) => {
      const near = closest(key, known);
      const right = near === undefined ? `the keys here are: ${known.join(', ')}` : `did you mean "${near}"?`;
      return { ...locate(layers, [...issue.path, key], 'key'), message: `unknown key; ${right}` };
    });
  }
  const here = valueAt(value, issue.path);
  const shown = isSecret(issue.path) && here !== undefined ? '[secret]' : found(here);
  return [{ ...locate(layers, issue.path, 'value'), message: `found ${shown}; ${remedy(issue, here)}` }];
}

export interface Checked<T> {
  readonly value?: T;
  readonly problems: readonly Problem[];
  /** Makes a problem of something that the schema cannot know. */
  readonly problem: (path: Path, message: string) => Problem;
}

/** Validates what the layers say together. All problems at once, each where it is written. */
export function check<S extends z.ZodType>(
  schema: S,
  layers: readonly Layer[],
  value: unknown,
): Checked<z.output<S>> {
  const result = schema.safeParse(value);
  const problem = (path: Path, message: string): Problem => ({
    ...locate(layers, path, 'value'),
    message,
  });
  if (result.success) return { value: result.data, problems: [], problem };
  const problems = result.error.issues.flatMap((issue) => fromIssue(issue, schema, layers, value));
  return { problems, problem };
}
