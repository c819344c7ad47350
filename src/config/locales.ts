import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { PLACEHOLDERS, type StringKey } from '../render/keys.ts';
import type { Strings, Template } from '../render/strings.ts';
import { found } from './explain.ts';
import { parseLayer, type Layer } from './layer.ts';
import { dotted, valueAt, type Path } from './path.ts';
import { ConfigError, type Problem } from './problem.ts';
import { closest } from './suggest.ts';

const templateSchema = z.union([
  z.string().min(1),
  z.strictObject({
    zero: z.string().min(1).optional(),
    one: z.string().min(1).optional(),
    two: z.string().min(1).optional(),
    few: z.string().min(1).optional(),
    many: z.string().min(1).optional(),
    other: z.string().min(1),
  }),
]);

const KEYS = Object.keys(PLACEHOLDERS) as readonly StringKey[];

const forms = (template: Template): readonly string[] =>
  typeof template === 'string' ? [template] : Object.values(template);

/** Placeholders of the string that the program does not fill. */
function foreign(key: StringKey, template: Template): string | undefined {
  const allowed: readonly string[] = PLACEHOLDERS[key];
  const used = forms(template).flatMap((form) =>
    [...form.matchAll(/\{(\w*)\}/g)].map(([, name = '']) => name),
  );
  const bad = used.find((name) => !allowed.includes(name));
  if (bad === undefined) return undefined;
  const may =
    allowed.length > 0 ? `it may use ${allowed.map((name) => `{${name}}`).join(', ')}` : 'it has none';
  return `{${bad}} is no placeholder of this string; ${may}`;
}

/** What is wrong with the string of `key`, if anything. */
function wrong(key: StringKey, value: unknown): string | undefined {
  if (value === undefined) return 'this string is missing; add it';
  const parsed = templateSchema.safeParse(value);
  if (!parsed.success) return `found ${found(value)}; write a text, or a text for "one" and for "other"`;
  return foreign(key, parsed.data as Template);
}

/** Keys of the file that no part of the program asks for. */
function unknownKeys(value: unknown, path: Path): readonly Path[] {
  const key = dotted(path);
  if (path.length > 0 && (KEYS as readonly string[]).includes(key)) return [];
  if (typeof value !== 'object' || value === null) return key === 'locale' ? [] : [path];
  return Object.entries(value).flatMap(([part, inner]) => unknownKeys(inner, [...path, part]));
}

function problemsOf(layer: Layer): readonly Problem[] {
  const problem = (path: Path, part: 'key' | 'value', message: string): Problem => ({
    ...layer.where(path, part),
    key: dotted(path),
    message,
  });
  const unknown = unknownKeys(layer.value, []).map((path) => {
    const near = closest(dotted(path), KEYS);
    return problem(
      path,
      'key',
      `no such string${near === undefined ? '; take it out' : `; did you mean "${near}"?`}`,
    );
  });
  const bad = KEYS.flatMap((key) => {
    const path = key.split('.');
    const message = wrong(key, valueAt(layer.value, path));
    return message === undefined ? [] : [problem(path, 'value', message)];
  });
  return [...unknown, ...bad];
}

/** A supported BCP 47 tag. */
function localeOf(layer: Layer): string | Problem {
  const value = valueAt(layer.value, ['locale']);
  try {
    if (typeof value === 'string') return new Intl.Locale(value).toString();
  } catch {
    // Named below, with where it stands.
  }
  return {
    ...layer.where(['locale'], 'value'),
    key: 'locale',
    message: `found ${found(value)}; write a language tag, for example en-GB`,
  };
}

/**
 * The words of alerts and answers, from `config/locales/<language>.yaml` below `root`.
 * @throws ConfigError that names each missing, unknown or malformed string with its line.
 */
export function readStrings(root: string, language = 'en'): Strings {
  const file = `config/locales/${language}.yaml`;
  let text: string;
  try {
    text = readFileSync(resolve(root, file), 'utf8');
  } catch (error) {
    const why = String((error as NodeJS.ErrnoException).code);
    throw new ConfigError([{ file, key: '', message: `cannot be read (${why})` }]);
  }
  const { layer, problems } = parseLayer(file, text);
  if (problems.length > 0) throw new ConfigError(problems);
  const locale = localeOf(layer);
  const all = [...(typeof locale === 'string' ? [] : [locale]), ...problemsOf(layer)];
  if (typeof locale !== 'string' || all.length > 0) throw new ConfigError(all);
  const entries = KEYS.map((key) => [key, valueAt(layer.value, key.split('.')) as Template] as const);
  return { locale, entries: Object.fromEntries(entries) as Record<StringKey, Template> };
}
