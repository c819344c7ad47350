import { parseDocument } from 'yaml';

/** Front matter and what follows it. */
interface Matter {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly rest: string;
}

export type MatterResult = ({ readonly ok: true } & Matter) | { readonly ok: false; readonly why: string };

const FENCE = /^---[ \t]*$/;
/** A field whose value cannot be meant as YAML's own quoting or lists. */
const FIELD = /^([a-z]+):[ \t]+([^\s"'[\]{}&*!|>%@`#].*)$/i;

/** "title: Hajin: a town apart" is what people write, and no YAML: then every line is one field. */
function plainFields(lines: readonly string[]): Readonly<Record<string, unknown>> | undefined {
  const matches = lines.filter((line) => line.trim() !== '').map((line) => FIELD.exec(line));
  if (matches.includes(null)) return undefined;
  return Object.fromEntries(matches.map((match) => [match?.[1] ?? '', match?.[2]?.trim()] as const));
}

/**
 * Splits a text at its front matter: "---", lines of YAML ("source: Sample Wire"), "---" at the very beginning. Without
 * it everything is text. Empty fields are left out.
 */
export function splitMatter(text: string): MatterResult {
  const lines = text.split(/\r\n|\n|\r/);
  const end = lines.findIndex((line, index) => index > 0 && FENCE.test(line));
  if (!FENCE.test(lines[0] ?? '') || end < 0) return { ok: true, fields: {}, rest: text };
  const rest = lines.slice(end + 1).join('\n');
  const header = lines.slice(1, end);
  // The failsafe schema leaves every value as it is written: a day, a title that is a number.
  const document = parseDocument(header.join('\n'), { schema: 'failsafe' });
  const error = document.errors[0];
  if (error) {
    const fields = plainFields(header);
    if (fields !== undefined) return { ok: true, fields, rest };
    return { ok: false, why: `its front matter is not well-formed YAML: ${error.message.trim()}` };
  }
  const value: unknown = document.toJS() ?? {};
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, why: 'its front matter holds no "key: value" lines' };
  const fields = Object.entries(value).filter(([, field]) => field !== null && field !== '');
  return { ok: true, fields: Object.fromEntries(fields), rest };
}

/** Markdown as the text that it shows. */
export function markdownText(markdown: string): string {
  return markdown
    .replace(/^(?:```|~~~).*$/gm, '')
    .replace(/!\[[^\]\n]*\]\([^)\n]*\)/g, '')
    .replace(/\[([^[\]\n]*)\]\([^()\n]*\)/g, '$1')
    .replace(/^ {0,3}#{1,6} +/gm, '')
    .replace(/^ {0,3}(?:> ?)+/gm, '')
    .replace(/^ *[*+-] +/gm, '')
    .replace(/^ {0,3}(?:[-*_] ?){3,}$/gm, '')
    .replace(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*[^*\s])\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/`([^`\n]+)`/g, '$1');
}

/** The first heading of the first level. */
export const markdownTitle = (markdown: string): string | undefined =>
  /^# +(\S.*)$/m.exec(markdown)?.[1]?.trim();
