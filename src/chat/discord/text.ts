import { cutText } from '../cut.ts';
import { calm, ISOLATED, safeLink } from '../text.ts';

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Keeps two characters from being read as one sign, and is not seen. */
const BREAK = '\u200B';

const oneLine = (text: string): string => calm(text.toWellFormed().replace(/\s+/gu, ' '));

const isolated = (text: string): string => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

/** The two signs of an isolate. */
const ISOLATE = 2;

/** At most `most` characters, in one line, for places that take no formatting: labels of buttons, names of threads. */
export const plainText = (text: string, most: number): string =>
  isolated(cutText(oneLine(text).trim(), most - ISOLATE));

/** Every sign of Discord's markdown: emphasis, code, spoilers, links, headings, quotes, lists. A backslash takes it away. */
const MARKS = /[\\*_~`|[\]()#>+-]/gu;
// Each of these may be the last of its stretch, and the next stretch complete what it began.
/** `<@1>`, `<#1>`, `<:emoji:1>`, `<t:1>`, `</command:1>`, `<id:home>`, `<https://…>`. */
const ANGLE = /<(?!\s)/gu;
/** `@everyone`, `@here`: nobody is notified of what Sitrep posts, but a reader cannot know that. */
const AT = /@(?!\s)/gu;
/** `:smile:`, and the colon of a bare address, which would become a link. */
const COLON = /:(?=\/|[\w+-]*(?::|$))/gu;
/** `1. ` at a line's start. */
const NUMBERED = /^(\s*\d+)\./u;

const neutral = (text: string): string =>
  text
    .replace(MARKS, String.raw`\$&`)
    .replace(ANGLE, `<${BREAK}`)
    .replace(AT, `@${BREAK}`)
    .replace(COLON, `:${BREAK}`)
    .replace(NUMBERED, String.raw`$1\.`);

/** Words that somebody else wrote, as Discord shows them letter by letter, in one line that nothing in them can break. */
export const untrustedText = (text: string): string => isolated(neutral(oneLine(text)));

/** Our own words, in which names of other scripts stand isolated. */
export const ownText = (text: string): string =>
  text
    .split(ISOLATED)
    .map((part, i) => (i % 2 === 0 ? neutral(oneLine(part)) : `\u2068${neutral(oneLine(part))}\u2069`))
    .join('');

/** Signs that would end an address inside a link, or format it. */
const ENDS_ADDRESS = /[()\s<>\\*_~`|[\]]/gu;
const encoded = (sign: string): string =>
  `%${sign.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;
/** Longer ones are of no use to a reader and would fill the message. */
const MAX_ADDRESS = 500;

/**
 * A link that shows where it leads: the host, in ASCII so that look-alike letters show, after the words unless they are
 * the host. Only the words for what is no web address, and only the host beside them for one that is too long.
 */
export function linkText(text: string, url: string): string {
  const link = safeLink(url);
  const words = untrustedText(text);
  if (!link) return words;
  const href = link.href.replace(ENDS_ADDRESS, encoded);
  const host = neutral(link.host);
  if (href.length > MAX_ADDRESS) return `${words} (${host})`;
  return oneLine(text).trim() === link.host ? `[${host}](${href})` : `[${words}](${href}) (${host})`;
}
