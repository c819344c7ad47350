import { createHash } from 'node:crypto';
import type { Notice } from '../../model/report.ts';
import type { Instant } from '../../model/time.ts';
import { dayOf } from '../../model/time.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** SHA-256 in RFC 4648 base32, small letters, first 26 of them (130 bits). */
export function digest(...parts: readonly string[]): string {
  const bytes = createHash('sha256').update(parts.join('\u0000')).digest();
  let bits = 0n;
  for (const byte of bytes.subarray(0, 17)) bits = (bits << 8n) | BigInt(byte);
  bits >>= 6n;
  let out = '';
  for (let index = 0; index < 26; index++, bits >>= 5n) out = (ALPHABET[Number(bits & 31n)] ?? '') + out;
  return out;
}

/** Lines that say who wrote it, where and when, and nothing of what happened. Each is tried on a whole line. */
const BYLINES: readonly RegExp[] = [
  /^by:? \p{Lu}[^.!?]{1,80}$/iu,
  /^بقلم:? [^.!?]{1,80}$/u,
  /^(?:reporting|additional reporting|written|edited|editing|compiled|translated) by [^.!?]{1,200}\.?$/iu,
  /^\((?:reporting|additional reporting|writing|editing|compiled) by [^)]{1,200}\)\.?$/iu,
  /^(?:published|updated|last updated|posted|first published)(?: on| at)?:? .{1,60}$/iu,
  /^(?:source|via):? https?:\/\/\S+$/iu,
  /^https?:\/\/\S+$/iu,
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:\d{1,2} \p{L}{3,9}|\p{L}{3,9} \d{1,2}),? \d{4}(?:,? .{0,20})?$/iu,
  /^\([\p{L} .&/-]{2,40}\)$/u,
  /^©.{1,80}$/u,
];
/** "Sample Wire | Beirut". A table has several such lines, a dateline one. */
const PIPED = /^[^|.!?]{2,50} \| [^|.!?]{2,50}$/u;
/** "BEIRUT, May 20 (Sample Wire) - " before the first sentence. */
const DATELINE = /^\p{Lu}[\p{L}\d ,.'’/-]{1,60}\([\p{L} .&/-]{2,40}\) ?[-–—]{1,2} /u;

const EDGE_LINES = 5;
const SHORT_TEXT_WORDS = 30;

const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\u0640'’ʼ]/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

function withoutBylines(body: string): string {
  const lines = body.split('\n').filter((line) => line !== '');
  const piped = lines.filter((line) => PIPED.test(line)).length;
  const kept = lines.filter((line, index) => {
    const edge = index < EDGE_LINES || index >= lines.length - EDGE_LINES;
    return !edge || !(BYLINES.some((shape) => shape.test(line)) || (piped === 1 && PIPED.test(line)));
  });
  return kept.join('\n');
}

/** "CORRECTED: …" over the same text is news about that text. */
const NOTICE =
  /^\W{0,3}(correct(?:ed|ion)|retract(?:ed|ion)|withdrawn|recalled|clarification|تصحيح|تصويب|سحب)\s{0,2}[:\-–—\])]/iu;

const TAKES_BACK = /^(?:retract|withdrawn|recalled|سحب)/u;

/** What a notice does to the text that it stands over: `noticeOf` gives it. */
export const noticeKind = (notice: string): Notice | undefined =>
  notice === '' ? undefined : TAKES_BACK.test(notice) ? 'retraction' : 'correction';

/** The word by which a title takes back or puts right what stands under it. */
export const noticeOf = (title: string): string => NOTICE.exec(title)?.[1]?.toLowerCase() ?? '';

/**
 * Equal for one text under another address, title (but for a `notice`), byline or dateline. A short text ("Hajin remains under ISIS
 * control.") is written anew on another day and then is another report, so its day belongs to it.
 */
export function fingerprint(body: string, published: Instant, notice = ''): string {
  const text = withoutBylines(body);
  const bare = wordsOf(text.replace(DATELINE, ''));
  if (bare.length >= SHORT_TEXT_WORDS) return digest('text', notice, bare.join(' '));
  const words = wordsOf(text);
  return digest('short', notice, dayOf(published), (words.length > 0 ? words : wordsOf(body)).join(' '));
}
