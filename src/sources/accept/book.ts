import { sourceId } from '../../model/ids.ts';
import type { SourceId } from '../../model/ids.ts';
import type { Source, SourceKind } from '../../model/report.ts';

const NAMES: Readonly<Record<SourceKind, string>> = {
  feed: 'Feed',
  inbox: 'Inbox',
  webhook: 'Webhook',
  person: 'Person',
  demo: 'Demo',
  outlet: 'Outlet',
};

/** The sources of the settings, and what stands in for one that is not listed there. */
export interface SourceBook {
  /** Those of the settings from which reports may come. */
  all(): readonly Source[];
  /** A source that is not, or no longer, listed cannot be judged (F) and its side is unknown. */
  get(id: SourceId): Source;
  /**
   * The source that a report names by id, by one of its names or by its host; of a report that names none, the one whose
   * host its address has; else the way by which it came, with the name as its outlet.
   */
  resolve(
    named: { readonly name?: string | undefined; readonly url?: string | undefined },
    way: SourceKind,
  ): { readonly source: Source; readonly outlet: string };
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

function unlisted(id: string): Source {
  const kind = Object.keys(NAMES).find((one): one is SourceKind => one === id) ?? 'feed';
  const name = id in NAMES ? NAMES[kind] : id;
  return { id: sourceId(id), kind, name, reliability: 'F', alignment: 'unknown' };
}

const hostOf = (url: string): string | undefined => URL.parse(url)?.hostname.toLowerCase();

/** A host and all that it lies under: `en.example.org`, `example.org`. */
const domainsOf = (host: string): readonly string[] =>
  host.split('.').map((_, index, labels) => labels.slice(index).join('.'));

/** `idle`: what nobody waits for word from: feeds that are not asked, outlets that are known by name. */
export function sourceBook(sources: readonly Source[], idle: ReadonlySet<SourceId> = new Set()): SourceBook {
  const byName = new Map(
    sources.flatMap((source) =>
      [...(source.names ?? []), source.name].map((name): [string, Source] => [folded(name), source]),
    ),
  );
  const byDomain = new Map(
    sources.flatMap((source) => (source.domains ?? []).map((domain): [string, Source] => [domain, source])),
  );
  const byId = new Map(sources.map((source): [string, Source] => [source.id, source]));
  const get = (id: string): Source => byId.get(id) ?? unlisted(id);
  const at = (host: string | undefined): Source | undefined =>
    host === undefined
      ? undefined
      : domainsOf(host)
          .map((domain) => byDomain.get(domain))
          .find((source) => source !== undefined);
  const named = (name: string): Source | undefined =>
    byId.get(name) ?? byName.get(folded(name)) ?? at(folded(name));
  return {
    all: () => sources.filter(({ id }) => !idle.has(id)),
    get,
    resolve({ name, url }, way) {
      const listed = name !== undefined ? named(name) : url !== undefined ? at(hostOf(url)) : undefined;
      const source = listed ?? get(way);
      return { source, outlet: listed?.name ?? name ?? source.name };
    },
  };
}
