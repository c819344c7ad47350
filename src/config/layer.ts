import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Pair, YAMLError } from 'yaml';
import { found } from './explain.ts';
import type { Path } from './path.ts';
import type { Problem } from './problem.ts';

type Where = Pick<Problem, 'file' | 'line' | 'column'> & { readonly variable?: string };

/** One place that settings come from: a file or the environment. Later layers override earlier ones. */
export interface Layer {
  readonly value: unknown;
  has(path: Path): boolean;
  /** Where the value at `path` is written; of `part: 'key'`, where its name is. */
  where(path: Path, part: 'key' | 'value'): Where;
}

type Mapping = Readonly<Record<string, unknown>>;
const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Step = { readonly key?: unknown; readonly value: unknown } | undefined;

function step(node: unknown, part: PropertyKey): Step {
  if (isMap(node)) {
    const pair = node.items.find((item: Pair) => isScalar(item.key) && item.key.value === part);
    return pair && { key: pair.key, value: pair.value };
  }
  if (isSeq(node) && typeof part === 'number' && part < node.items.length) return { value: node.items[part] };
  return undefined;
}

function walk(document: Document, path: Path): Step {
  let current: Step = { value: document.contents };
  for (const part of path) {
    current = step(current.value, part);
    if (current === undefined) return undefined;
  }
  return current;
}

const REMEDIES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key stands twice in one mapping; keep one of the two',
  TAB_AS_INDENT: 'this line is indented with a tab; use spaces',
  MULTIPLE_DOCS: 'a second document begins here ("---"); keep one',
};

function notYaml(error: YAMLError): string {
  const remedy = REMEDIES[error.code];
  return (
    remedy ??
    `this is not well-formed YAML (${error.message.trim()}); check this line and how far it is indented`
  );
}

const offsetOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

/** An empty file is an empty mapping, and so says nothing. */
export function parseLayer(file: string, text: string): { layer: Layer; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const position = (offset: number): Where => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  // One slip often gives several errors in a row: the first says it best.
  const problems: Problem[] = [...document.errors, ...document.warnings]
    .slice(0, 1)
    .map((error) => ({ ...position(error.pos[0]), key: '', message: notYaml(error) }));
  const value = problems.length > 0 ? {} : ((document.toJS() as unknown) ?? {});
  if (!isMapping(value)) {
    const message = `found ${found(value)}; begin the file with a mapping ("key: value" lines)`;
    problems.push({ ...position(offsetOf(document.contents)), key: '', message });
  }
  const layer: Layer = {
    value,
    has: (path) => walk(document, path) !== undefined,
    where(path, part) {
      const found = walk(document, path);
      const node = part === 'key' || !isNode(found?.value) ? (found?.key ?? found?.value) : found.value;
      return position(offsetOf(node));
    },
  };
  return { layer, problems };
}

/** `over` on `base`: mappings key by key, all else replaced. An empty value ("port:") says nothing. */
export function overlay(base: unknown, over: unknown): unknown {
  if (over === null || over === undefined) return base ?? undefined;
  if (!isMapping(over)) return over;
  const below = isMapping(base) ? base : {};
  const keys = new Set([...Object.keys(below), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, overlay(below[key], over[key])]));
}

/** A layer of a file whose value is known from before: the text is parsed when a problem has to be located in it. */
export function knownLayer(file: string, text: string, value: unknown): Layer {
  let parsed: Layer | undefined;
  const layer = (): Layer => (parsed ??= parseLayer(file, text).layer);
  return { value, has: (path) => layer().has(path), where: (path, part) => layer().where(path, part) };
}
