import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { actorId, sourceId, type SourceId } from '../model/ids.ts';
import type { Source } from '../model/report.ts';
import type { Checked } from './check.ts';
import { check } from './check.ts';
import type { Environment } from './environment.ts';
import { environmentLayer } from './environment.ts';
import { found } from './explain.ts';
import type { Layer } from './layer.ts';
import { overlay, parseLayer } from './layer.ts';
import type { Path } from './path.ts';
import type { Problem } from './problem.ts';
import { ConfigError } from './problem.ts';
import type { Settings } from './schema.ts';
import { settingsSchema } from './schema.ts';
import type { FeedSettings, SourceSettings } from './sources.ts';
import { sourcesSchema } from './sources.ts';

/** A feed that is to be polled. */
interface FeedConfig {
  readonly source: Source;
  readonly url: string;
  readonly intervalSeconds: number;
  readonly language?: string;
  readonly allowPrivateAddress: boolean;
}

/** Settings, with folders as absolute paths, and the sources. */
export interface Config extends Settings {
  /** Every listed source, feeds that are not asked included. */
  readonly sources: readonly Source[];
  /** The feeds that are asked. */
  readonly feedList: readonly FeedConfig[];
  /** Those that nobody waits for: feeds that are listed and not asked, outlets that are only known by name. */
  readonly idleSources: ReadonlySet<SourceId>;
}

/** What another part of the program knows of a name: nothing, or what it may have meant. */
export type Lookup = (name: string) => {
  readonly known: boolean;
  /** More than one thing has the name: the suggestions. */
  readonly several?: true;
  readonly suggestions: readonly string[];
};

export interface LoadOptions {
  /** Folder that holds `config/`. */
  readonly root: string;
  readonly env: Environment;
  /** Checks the names in the settings against the gazetteer and the actor lexicon, where these are at hand. */
  readonly lookups?: { readonly place?: Lookup; readonly actor?: Lookup };
}

interface Loaded {
  readonly layer?: Layer;
  readonly problems: readonly Problem[];
}

function readLayer(root: string, file: string, missing?: string): Loaded {
  try {
    return parseLayer(file, readFileSync(resolve(root, file), 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && missing === undefined) return { problems: [] };
    const why =
      code === 'ENOENT' ? `there is no such file; ${missing ?? ''}` : `cannot be read (${String(code)})`;
    return { problems: [{ file, key: '', message: why }] };
  }
}

function lookupProblems(
  checked: Checked<unknown>,
  lookup: Lookup | undefined,
  names: readonly { readonly path: Path; readonly name: string }[],
  kind: string,
): Problem[] {
  if (lookup === undefined) return [];
  return names.flatMap(({ path, name }) => {
    const { known, several, suggestions } = lookup(name);
    if (known) return [];
    if (several)
      return [
        checked.problem(
          path,
          `found ${found(name)}; several ${kind}s have this name; write the id of the one that is meant: ${suggestions.join(', ')}`,
        ),
      ];
    const right =
      suggestions.length > 0 ? `did you mean ${suggestions.join(', ')}?` : `write a known ${kind}`;
    return [checked.problem(path, `found ${found(name)}; no ${kind} has this name; ${right}`)];
  });
}

function repeated(
  checked: Checked<unknown>,
  list: string,
  names: readonly string[],
  field: string,
): Problem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          checked.problem(
            [list, index, field],
            `found ${found(name)} a second time; give each its own ${field}`,
          ),
        ],
  );
}

/** Every name and host by which reports find a source is one source's alone; capitals do not count. */
function ambiguous(checked: Checked<unknown>, sources: readonly SourceSettings[]): Problem[] {
  const taken = new Map<string, string>();
  return sources.flatMap(({ id, name, names, domains }, index) =>
    [
      { path: ['name'] as Path, called: name },
      ...names.map((called, at) => ({ path: ['names', at] as Path, called })),
      ...domains.map((called, at) => ({ path: ['domains', at] as Path, called })),
    ].flatMap(({ path, called }) => {
      const key = called.toLowerCase();
      const owner = taken.get(key) ?? id;
      taken.set(key, owner);
      const complaint = `found ${found(called)}, which is what ${owner} is called; reports could not tell the two apart`;
      return owner === id ? [] : [checked.problem(['sources', index, ...path], complaint)];
    }),
  );
}

function loadSettings({ root, env, lookups }: LoadOptions): Checked<Settings> {
  const local = env['SITREP_CONFIG'];
  const environment = environmentLayer(env);
  const files = [
    readLayer(root, 'config/default.yaml', 'restore it from the repository'),
    local === undefined || local === ''
      ? readLayer(root, 'config/local.yaml')
      : readLayer(root, local, 'SITREP_CONFIG names it'),
  ];
  const layers = [...files.flatMap(({ layer }) => layer ?? []), environment.layer];
  const broken = [...files.flatMap(({ problems }) => problems)];
  // A file that cannot be parsed says nothing, so whatever it should have said would be reported as missing.
  if (broken.length > 0) return { problems: broken, problem: check(settingsSchema, layers, {}).problem };
  const checked = check(
    settingsSchema,
    layers,
    layers.reduce<unknown>((all, { value }) => overlay(all, value), {}),
  );
  const channels = checked.value?.channels ?? [];
  const places = channels.flatMap(({ subscriptions }, channel) =>
    subscriptions.flatMap(({ place }, index) =>
      place === undefined
        ? []
        : [{ path: ['channels', channel, 'subscriptions', index, 'place'], name: place }],
    ),
  );
  const more = [
    ...environment.problems,
    ...repeated(
      checked,
      'channels',
      channels.map(({ name }) => name),
      'name',
    ),
    ...lookupProblems(checked, lookups?.place, places, 'place'),
  ];
  return { ...checked, problems: [...checked.problems, ...more] };
}

function loadSources({ root, lookups }: LoadOptions): Checked<{ sources: readonly SourceSettings[] }> {
  const { layer, problems } = readLayer(root, 'config/sources.yaml', 'write one with the line: sources: []');
  const layers = layer ? [layer] : [];
  const checked = check(sourcesSchema, layers, overlay({}, layer?.value));
  if (problems.length > 0) return { problems, problem: checked.problem };
  const sources = checked.value?.sources ?? [];
  const parties = sources.flatMap(({ alignment, former = [] }, index) =>
    [
      { path: ['sources', index, 'alignment'], name: alignment },
      ...former.map((one, n) => ({
        path: ['sources', index, 'former', n, 'alignment'],
        name: one.alignment,
      })),
    ].filter(({ name }) => name !== 'neutral' && name !== 'unknown'),
  );
  const more = [
    ...repeated(
      checked,
      'sources',
      sources.map(({ id }) => id),
      'id',
    ),
    ...ambiguous(checked, sources),
    ...lookupProblems(checked, lookups?.actor, parties, 'actor'),
  ];
  return { ...checked, problems: [...checked.problems, ...more] };
}

const toSource = (settings: SourceSettings): Source => {
  const { id, kind, name, reliability, alignment, former, names, domains } = settings;
  const sides = former?.map(({ until, alignment: side }) => ({ until, alignment: actorId(side) }));
  return {
    id: sourceId(id),
    kind,
    name,
    reliability,
    alignment: actorId(alignment),
    ...(sides && { former: sides.toSorted((a, b) => (a.until < b.until ? -1 : 1)) }),
    names,
    domains,
  };
};

const toFeed = (feed: FeedSettings, settings: Settings): FeedConfig => ({
  source: toSource(feed),
  url: feed.url,
  intervalSeconds: feed.intervalSeconds ?? settings.feeds.intervalSeconds,
  ...(feed.language !== undefined && { language: feed.language }),
  allowPrivateAddress: feed.allowPrivateAddress,
});

/**
 * config/default.yaml, under config/local.yaml or the file that SITREP_CONFIG names, under the environment; and
 * config/sources.yaml.
 * @throws ConfigError with everything that is wrong, each with file, line, column, key, what was found and what would be right
 */
export function loadConfig(options: LoadOptions): Config {
  const settings = loadSettings(options);
  const listed = loadSources(options);
  const problems = [...settings.problems, ...listed.problems];
  if (problems.length > 0 || settings.value === undefined || listed.value === undefined)
    throw new ConfigError(problems);
  const dataDir = resolve(options.root, settings.value.dataDir);
  const { sources } = listed.value;
  const { value } = settings;
  return {
    ...value,
    dataDir,
    inbox: { ...value.inbox, folder: resolve(dataDir, value.inbox.folder) },
    sources: sources.map(toSource),
    feedList: sources.flatMap((one) => (one.kind === 'feed' && one.enabled ? [toFeed(one, value)] : [])),
    idleSources: new Set(
      sources.flatMap((one) =>
        one.kind === 'outlet' || (one.kind === 'feed' && !one.enabled) ? [sourceId(one.id)] : [],
      ),
    ),
  };
}
