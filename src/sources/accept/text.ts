/**
 * What no reader sees and every matcher stumbles over: control characters but the line feed, byte order marks, soft
 * hyphens, zero-width spaces, bidi embeddings and overrides (marks that only hint, and ZWNJ and ZWJ, which spell
 * Persian and Arabic words, stay).
 */
const UNSEEN = /(?!\n)\p{Cc}|[\u00AD\u200B\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
const SPACES = /[\t\u00A0\u2000-\u200A\u202F\u205F\u3000]/g;

/** One form of a text: Unicode NFC, "\n" line ends, plain spaces, at most one empty line in a row, trimmed. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(SPACES, ' ')
    .replace(UNSEEN, '')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A cleaned text on one line, cut to `max` characters. */
export function cleanLine(text: string, max: number): string {
  const line = cleanText(text).replace(/\s+/g, ' ');
  return line.length <= max
    ? line
    : `${line
        .slice(0, max - 1)
        .toWellFormed()
        .replace('\uFFFD', '')}…`;
}

export const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text);

/** By script alone: Arabic where a third or more of the letters are Arabic, else English. */
export function detectLanguage(text: string): 'ar' | 'en' {
  const head = text.slice(0, 4000);
  const arabic = head.match(/\p{Script=Arabic}/gu)?.length ?? 0;
  const letters = head.match(/\p{L}/gu)?.length ?? 0;
  return arabic > 0 && arabic * 3 >= letters ? 'ar' : 'en';
}
