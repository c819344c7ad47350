import { sourceId } from '../../model/ids.ts';
import type { SourceId } from '../../model/ids.ts';
import type { Source, SourceKind } from '../../model/report.ts';

const NAMES: Readonly<Record<SourceKind, string>> = {
  feed: 'Feed',
  inbox: 'Inbox',
  webhook: 'Webhook',
  person: 'Person',
  demo: 'Demo',
};

/** The sources of the settings, and what stands in for one that is not listed there. */
export interface SourceBook {
  /** Those of the settings from which reports may come. */
  all(): readonly Source[];
  /** A source that is not, or no longer, listed cannot be judged (F) and its side is unknown. */
  get(id: SourceId): Source;
  /** The source that a report names by id or by name; else the way by which it came, with the name as its outlet. */
  resolve(name: string | undefined, way: SourceKind): { readonly source: Source; readonly outlet: string };
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

function unlisted(id: string): Source {
  const kind = Object.keys(NAMES).find((one): one is SourceKind => one === id) ?? 'feed';
  const name = id in NAMES ? NAMES[kind] : id;
  return { id: sourceId(id), kind, name, reliability: 'F', alignment: 'unknown' };
}

/** `idle`: feeds that are listed and not asked; nobody waits for word from them. */
export function sourceBook(sources: readonly Source[], idle: ReadonlySet<SourceId> = new Set()): SourceBook {
  const byName = new Map(sources.map((source) => [folded(source.name), source]));
  const byId = new Map(sources.map((source): [string, Source] => [source.id, source]));
  const get = (id: string): Source => byId.get(id) ?? unlisted(id);
  return {
    all: () => sources.filter(({ id }) => !idle.has(id)),
    get,
    resolve(name, way) {
      const listed = name === undefined ? undefined : (byId.get(name) ?? byName.get(folded(name)));
      const source = listed ?? get(way);
      return { source, outlet: listed?.name ?? name ?? source.name };
    },
  };
}
