import type { Inline, Line } from '../../../model/message.ts';
import { calm, ISOLATED, safeLink, type SafeLink } from '../../text.ts';
import { LIMITS } from '../limits.ts';

/**
 * Signs that mrkdwn reads, as their look-alikes. Slack knows no escape for them: only `&`, `<` and `>` have one
 * (docs.slack.dev/messaging/formatting-message-text). A line that begins with `>` would be a quote even when it is escaped.
 */
const LOOKALIKES: Readonly<Record<string, string>> = { '*': '∗', _: '‗', '~': '∼', '`': 'ˋ' };
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** `&`, `<` and `>` as entities: nothing can be a mention, a link or a date. */
export const entities = (text: string): string => text.replace(/[&<>]/gu, (sign) => ENTITIES[sign] ?? sign);

/** Words that a report or a person supplied, on one line, without any power over what stands around them. */
export const plainWords = (text: string): string => calm(text).replace(/\s+/gu, ' ');

/** Words as they stand, for mrkdwn. */
const literal = (text: string): string =>
  entities(
    plainWords(text)
      .replace(/[*_~`]/gu, (sign) => LOOKALIKES[sign] ?? sign)
      // `:name:` would become an emoji.
      .replace(/:(?=[\w+'-]*:)/gu, '∶')
      .replace(/^(\s*)>/u, '$1›'),
  );

/** Between isolates, so that right-to-left words cannot reorder the line. */
export const isolated = (text: string): string => (text === '' ? '' : `\u2068${text}\u2069`);

/** Our own words keep the isolates that they were written with; every other unseen character goes. */
export const ownWords = (text: string, words: (part: string) => string): string =>
  text
    .split(ISOLATED)
    .map((part, i) => (i % 2 === 0 ? words(part) : isolated(words(part))))
    .join('');

/** The host that a link leads to, where its text does not say it. */
export const hostBeside = (text: string, host: string): string => (text === host ? '' : ` (${host})`);

/** A web address that Slack takes as a link; its mark-up ends an address at `|`. */
export function slackLink(url: string): SafeLink | undefined {
  const link = safeLink(url);
  if (!link) return undefined;
  const href = link.href.replace(/[|<>\s]/gu, encodeURIComponent);
  return href.length > LIMITS.url / 2 ? undefined : { ...link, href };
}

const INLINES: { readonly [K in Inline['kind']]: (inline: Extract<Inline, { kind: K }>) => string } = {
  text: ({ text }) => ownWords(text, literal),
  strong: ({ text }) => {
    const words = ownWords(text, literal);
    return words.trim() === '' ? words : `*${words.trim()}*`;
  },
  untrusted: ({ text }) => isolated(literal(text)),
  link: ({ text, url }) => {
    const link = slackLink(url);
    const shown = isolated(literal(text));
    if (!link || shown === '') return shown;
    return `<${link.href.replaceAll('&', '&amp;')}|${shown.replaceAll('|', '¦')}>${literal(hostBeside(plainWords(text), link.host))}`;
  },
  time: ({ at }) =>
    `<!date^${Math.floor(Date.parse(at) / 1000)}^{date_short_pretty} {time}|${at.slice(0, 16).replace('T', ' ')} UTC>`,
};

/** One line of mrkdwn. */
export const mrkdwn = (line: Line): string =>
  line.map((inline) => (INLINES[inline.kind] as (inline: Inline) => string)(inline)).join('');
