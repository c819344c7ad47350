import type { Source } from '../../model/report.ts';
import type { RawReport } from '../accept/accept.ts';
import { MAX_BODY } from '../accept/incoming.ts';
import { readPublished } from '../accept/published.ts';
import { cleanText, hasWords } from '../accept/text.ts';
import { htmlText } from '../html.ts';
import type { FeedItem, Written } from './parse.ts';

const MAX_GUID = 1000;
const MAX_URL = 2048;

function shown(written: Written | undefined): string {
  if (written === undefined) return '';
  return cleanText(written.markup ? htmlText(written.text) : written.text);
}

/** The item's address in full; none when it leads nowhere on the web. */
function addressOf({ link, base }: FeedItem, feedUrl: string): string | undefined {
  if (link === undefined) return undefined;
  const url = URL.parse(link.trim(), URL.parse(base ?? '', feedUrl)?.href ?? feedUrl);
  return url !== null && /^https?:$/.test(url.protocol) && url.href.length <= MAX_URL ? url.href : undefined;
}

/** The whole text; without one, the title and the summary, unless the summary says the title again. */
function bodyOf(content: string, title: string, summary: string): string {
  if (content.length > summary.length) return content;
  if (title === '' || summary.startsWith(title)) return summary;
  return `${title}\n\n${summary}`;
}

export type ItemResult =
  { readonly ok: true; readonly raw: RawReport } | { readonly ok: false; readonly why: string };

interface FeedOrigin {
  readonly source: Source;
  /** Where the feed was in the end. */
  readonly url: string;
  readonly language?: string;
  readonly baseline: boolean;
}

function languageOf(item: FeedItem, origin: FeedOrigin): string | undefined {
  const stated = origin.language ?? item.language?.trim();
  return stated !== undefined && /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(stated) ? stated : undefined;
}

/** An item as a report. Pure. */
export function itemReport(item: FeedItem, origin: FeedOrigin): ItemResult {
  try {
    const title = shown(item.title);
    const text = bodyOf(shown(item.content), title, shown(item.summary)).trim();
    if (!hasWords(text)) return { ok: false, why: 'it has no text' };
    if (text.length > MAX_BODY)
      return { ok: false, why: `it has ${text.length} characters and may have ${MAX_BODY}` };
    const url = addressOf(item, origin.url);
    const published = item.published === undefined ? undefined : readPublished(item.published);
    const language = languageOf(item, origin);
    const guid = item.guid?.trim().slice(0, MAX_GUID);
    const raw: RawReport = {
      source: origin.source,
      outlet: origin.source.name,
      text,
      ...(guid !== undefined && guid !== '' && { guid }),
      ...(url !== undefined && { url }),
      ...(title !== '' && { title }),
      ...(published !== undefined && { published }),
      ...(language !== undefined && { language }),
      ...(origin.baseline && { baseline: true }),
    };
    return { ok: true, raw };
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, why: error.message };
    throw error;
  }
}
