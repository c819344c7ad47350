import { convert } from 'html-to-text';
import type { DomNode, FormatCallback, HtmlToTextOptions } from 'html-to-text';

const LIMITS = { maxDepth: 200, maxInputLength: 8_000_000 };
/** The parser's time grows with the square of the depth; real pages stay far below this. */
const MAX_NESTING = 5000;
const FURNITURE = [
  'nav',
  'aside',
  'footer',
  'form',
  'button',
  'head',
  'title',
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'iframe',
  'figcaption',
  'img',
];
/** An article that is shorter is a teaser among others: then the whole page is read. */
const TEASER = 200;

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

const TEXT: HtmlToTextOptions = {
  wordwrap: false,
  limits: LIMITS,
  selectors: [
    ...FURNITURE.map((selector) => ({ selector, format: 'skip' })),
    ...HEADINGS.map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'blockquote', options: { trimEmptyLines: true }, format: 'block' },
    { selector: 'ul', options: { itemPrefix: ' ' } },
  ],
};

/** Elements that need no end tag: void ones, and those that their next sibling closes (HTML Living Standard, 13.1.2). */
const CLOSES_ITSELF =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|tr|td|th|option)$/i;

/** @throws RangeError when elements are nested so deep that no text can be had in reasonable time */
function refuseDeep(html: string): void {
  let open = 0;
  for (const [, close, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9-]*)(?=[\s/>])/gi)) {
    if (CLOSES_ITSELF.test(name)) continue;
    open = close === '' ? open + 1 : Math.max(0, open - 1);
    if (open > MAX_NESTING)
      throw new RangeError(
        `more than ${MAX_NESTING} elements are open at once; save the text of the page instead`,
      );
  }
}

/**
 * A stretch of HTML (a feed's summary) as text.
 * @throws RangeError when it is nested too deep
 */
export function htmlText(html: string): string {
  refuseDeep(html);
  return convert(html, TEXT);
}

/** What a page says of itself, beside its text. */
export interface Page {
  readonly text: string;
  readonly title?: string;
  readonly outlet?: string;
  readonly url?: string;
  readonly published?: string;
  readonly language?: string;
}

type Attributes = Readonly<Record<string, string | undefined>>;

interface Head {
  readonly meta: Map<string, string>;
  title?: string;
  language?: string | undefined;
  canonical?: string | undefined;
  time?: string | undefined;
}

/** What html-to-text hands to a formatter; its types leave the attributes open. */
interface Element {
  readonly attribs?: Attributes;
  readonly children: readonly { readonly data?: string | undefined }[];
}

type Visit = (head: Head, attribs: Attributes, children: Element['children']) => void;

const visitors: Readonly<Record<string, Visit>> = {
  html: (head, attribs) => (head.language ??= attribs['lang']),
  meta: ({ meta }, attribs) => {
    const name = (attribs['property'] ?? attribs['name'] ?? attribs['itemprop'])?.toLowerCase();
    const content = attribs['content']?.trim();
    if (name !== undefined && content !== undefined && content !== '' && !meta.has(name))
      meta.set(name, content);
  },
  link: (head, attribs) => {
    if (attribs['rel']?.toLowerCase() === 'canonical') head.canonical ??= attribs['href'];
  },
  time: (head, attribs) => (head.time ??= attribs['datetime']),
  title: (head, _, children) => {
    head.title ??= children
      .map(({ data }) => data ?? '')
      .join('')
      .trim();
  },
};

/** html-to-text walks the page with a real parser; the formatters only look. */
function readHead(html: string): Head {
  const head: Head = { meta: new Map() };
  const formatters: Readonly<Record<string, FormatCallback>> = Object.fromEntries(
    Object.entries(visitors).map(([tag, visit]): [string, FormatCallback] => [
      tag,
      (element: DomNode, walk, builder) => {
        const { attribs = {}, children } = element as Element;
        visit(head, attribs, children);
        walk(element.children, builder);
      },
    ]),
  );
  const selectors = Object.keys(visitors).map((selector) => ({ selector, format: selector }));
  convert(html, { limits: LIMITS, baseElements: { selectors: ['html'] }, formatters, selectors });
  return head;
}

const first = (meta: ReadonlyMap<string, string>, ...names: readonly string[]): string | undefined =>
  names.map((name) => meta.get(name)).find((value) => value !== undefined);

function mainText(html: string): string {
  const article = convert(html, {
    ...TEXT,
    baseElements: { selectors: ['article', 'main'], orderBy: 'selectors', returnDomByDefault: false },
    limits: { ...LIMITS, maxBaseElements: 1 },
  });
  return article.length >= TEASER
    ? article
    : convert(html, { ...TEXT, baseElements: { selectors: ['body'] } });
}

/**
 * A saved page as a report: its main text, and title, outlet, address, time and language from its head.
 * @throws RangeError when it is nested too deep
 */
export function readPage(html: string): Page {
  refuseDeep(html);
  const head = readHead(html);
  const { meta } = head;
  const title = first(meta, 'og:title', 'twitter:title', 'dc.title') ?? head.title;
  const outlet = first(meta, 'og:site_name');
  const url = head.canonical ?? first(meta, 'og:url');
  const published =
    first(meta, 'article:published_time', 'datepublished', 'dc.date', 'dcterms.created', 'pubdate', 'date') ??
    head.time;
  const language = head.language?.trim();
  return {
    text: mainText(html),
    ...(title !== undefined && title !== '' && { title }),
    ...(outlet !== undefined && { outlet }),
    ...(url !== undefined && /^https?:/.test(url) && { url }),
    ...(published !== undefined && { published }),
    ...(language !== undefined && /^[a-z]{2,3}\b/i.test(language) && { language }),
  };
}
