import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cache } from './cache.ts';
import { parseLayer } from './layer.ts';

/** Values of YAML files by their path from the root. A file that cannot be read has none: who needs it finds out why. */
export type YamlValues = ReadonlyMap<string, unknown>;

/** What the lexicon's files say: parsing them takes longer than all else that is done with them. */
export function lexiconValues(root: string, cache: Cache): YamlValues {
  const folder = join('config', 'lexicon');
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name): (readonly [string, string])[] => {
      const text = textOf(join(root, folder, name));
      return text === undefined ? [] : [[join(folder, name), text]];
    });
  // package.json pins the parser's version.
  const parser = readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');
  const values = cache.through('lexicon', [parser, ...files.flat()], () =>
    files.flatMap(([file, text]): [string, unknown][] => {
      const { layer, problems } = parseLayer(file, text);
      return problems.length > 0 ? [] : [[file, layer.value]];
    }),
  );
  return new Map(values);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
