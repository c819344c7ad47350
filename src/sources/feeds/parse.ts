import type { AnyFeed } from 'feedsmith';
import { parseFeed } from 'feedsmith';
import { decodeText } from '../charset.ts';

/** One entry of a feed, in whatever format it came. */
export interface FeedItem {
  readonly guid?: string | undefined;
  /** As written: may be relative to `base`. */
  readonly link?: string | undefined;
  readonly base?: string | undefined;
  readonly title?: Written | undefined;
  /** The whole text, where the feed gives it. */
  readonly content?: Written | undefined;
  readonly summary?: Written | undefined;
  readonly published?: string | undefined;
  readonly language?: string | undefined;
}

export interface Written {
  readonly text: string;
  readonly markup: boolean;
}

/** Far above what feeds carry; the newest come first. */
const MAX_ITEMS = 1000;

const html = (text: string | undefined): Written | undefined =>
  text === undefined ? undefined : { text, markup: true };
const plain = (text: string | undefined): Written | undefined =>
  text === undefined ? undefined : { text, markup: false };

/** Atom says of each text whether it is markup (RFC 4287, 3.1.1); "text" is the default. */
function atomText(
  value: { readonly value?: string; readonly type?: string } | undefined,
): Written | undefined {
  return value?.type === 'html' || value?.type === 'xhtml' ? html(value.value) : plain(value?.value);
}

type ByFormat = {
  readonly [F in AnyFeed['format']]: (feed: Extract<AnyFeed, { format: F }>['feed']) => readonly FeedItem[];
};

const ITEMS: ByFormat = {
  rss: (feed) =>
    (feed.items ?? []).map((item) => ({
      guid: item.guid?.value,
      link: item.link ?? (item.guid?.isPermaLink === false ? undefined : item.guid?.value),
      title: html(item.title),
      content: html(item.content?.encoded),
      summary: html(item.description),
      published: item.pubDate ?? item.dc?.dates?.[0],
      language: feed.language,
    })),
  atom: (feed) =>
    (feed.entries ?? []).map((entry) => ({
      guid: entry.id,
      link: (entry.links ?? []).find(({ rel = 'alternate' }) => rel === 'alternate')?.href,
      base: entry.xml?.base ?? feed.xml?.base,
      title: atomText(entry.title),
      content: atomText(entry.content),
      summary: atomText(entry.summary),
      published: entry.published ?? entry.updated,
      language: entry.xml?.lang ?? feed.xml?.lang,
    })),
  rdf: (feed) =>
    (feed.items ?? []).map((item) => ({
      guid: item.rdf?.about,
      link: item.link,
      title: html(item.title),
      content: html(item.content?.encoded),
      summary: html(item.description),
      published: item.dc?.dates?.[0],
      language: feed.dc?.languages?.[0],
    })),
  json: (feed) =>
    (feed.items ?? []).map((item) => ({
      guid: item.id,
      link: item.url ?? item.external_url,
      title: plain(item.title),
      content: item.content_text === undefined ? html(item.content_html) : plain(item.content_text),
      summary: plain(item.summary),
      published: item.date_published ?? item.date_modified,
      language: item.language ?? feed.language,
    })),
};

export type Parsed =
  { readonly ok: true; readonly items: readonly FeedItem[] } | { readonly ok: false; readonly why: string };

const itemsOf = <F extends AnyFeed['format']>({
  format,
  feed,
}: {
  format: F;
  feed: Parameters<ByFormat[F]>[0];
}) => (ITEMS[format] as (feed: Parameters<ByFormat[F]>[0]) => readonly FeedItem[])(feed);

/** RSS, Atom, RDF or JSON Feed. Oldest first, so that reports are kept in the order in which they were written. */
export function parseItems(bytes: Uint8Array, charset: string | undefined): Parsed {
  const decoded = decodeText(bytes, { ...(charset !== undefined && { label: charset }), markup: true });
  if (!decoded.ok) return { ok: false, why: `it cannot be decoded: ${decoded.why}` };
  try {
    const items = itemsOf(parseFeed(decoded.text, { maxItems: MAX_ITEMS }));
    return { ok: true, items: items.toReversed() };
  } catch (error) {
    const page = /<html[\s>]/i.test(decoded.text.slice(0, 2000));
    const why = page
      ? 'a web page is there and no feed; look for the address of its feed (often /feed, /rss or /atom.xml)'
      : `it is no feed that can be read (${(error as Error).message}); RSS, Atom, RDF and JSON Feed can`;
    return { ok: false, why };
  }
}
