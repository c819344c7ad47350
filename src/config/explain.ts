import type { z } from 'zod';
import type { Path } from './path.ts';
import { valueAt } from './path.ts';
import { closest } from './suggest.ts';

type Issue = z.core.$ZodIssue;

const SHOWN = 60;

/** What stands there, short enough for a terminal line. */
export function found(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  const text = typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(value);
  const short = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  if (Array.isArray(value)) return `the list ${short}`;
  return typeof value === 'object' ? `the mapping ${short}` : short;
}

const WANTED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list ("- …" lines)',
  object: 'a mapping ("key: value" lines)',
};

function choice(values: readonly unknown[], value: unknown): string {
  const options = values.map(String);
  const near = typeof value === 'string' ? closest(value, options) : undefined;
  const all = `write one of: ${options.join(', ')}`;
  return near === undefined ? all : `did you mean "${near}"? ${all}`;
}

function bound(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const [word, limit] = issue.code === 'too_small' ? ['at least', issue.minimum] : ['at most', issue.maximum];
  if (issue.origin === 'string') return `write ${word} ${limit} character${limit === 1 ? '' : 's'}`;
  if (issue.origin === 'array') return `list ${word} ${limit} entr${limit === 1 ? 'y' : 'ies'}`;
  return `write a number that is ${word} ${limit}`;
}

/** What would be right, as an order to the writer. */
export function remedy(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `write ${WANTED[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return choice(issue.values, value);
    case 'invalid_union':
      return 'options' in issue ? choice(issue.options, value) : issue.message;
    case 'too_small':
    case 'too_big':
      return bound(issue);
    default:
      return issue.message;
  }
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly discriminator?: string;
}

function unwrap(schema: z.core.$ZodType): Definition {
  let def: Definition = schema._zod.def;
  for (let inner = def.innerType ?? def.in; inner !== undefined; inner = def.innerType ?? def.in)
    def = inner._zod.def;
  return def;
}

/** The variant of a union that `value` is, by its discriminator. */
function variant(
  { options = [], discriminator = '' }: Definition,
  value: unknown,
): z.core.$ZodType | undefined {
  const kind = valueAt(value, [discriminator]);
  return options.find((option) => {
    const literal = unwrap(option).shape?.[discriminator];
    return [...(literal?._zod.values ?? [])].some((value) => value === kind);
  });
}

/** The keys that the mapping at `path` of `value` may have, for "did you mean". */
export function keysAt(schema: z.core.$ZodType, path: Path, value: unknown): readonly string[] {
  const def = unwrap(schema);
  if (def.options) {
    const chosen = variant(def, value);
    return chosen === undefined ? [] : keysAt(chosen, path, value);
  }
  const [part, ...rest] = path;
  if (part === undefined) return Object.keys(def.shape ?? {});
  const next = typeof part === 'number' ? def.element : def.shape?.[String(part)];
  return next === undefined ? [] : keysAt(next, rest, valueAt(value, [part]));
}
