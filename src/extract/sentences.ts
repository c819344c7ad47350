import type { Sentence, Token } from '../model/reading.ts';
import { isCapitalised } from '../model/letters.ts';

/** Words that a full stop shortens: it does not end the sentence when a capital follows. */
const TITLES = new Set(
  'gen lt col maj capt sgt brig cmdr adm mr mrs ms dr prof st mt ft rep sen gov amb hon rev messrs sheikh al'.split(
    ' ',
  ),
);
/** Shortened only before a number: "No. 5", "Jan. 12". */
const BEFORE_NUMBER = new Set(
  'no nos jan feb mar apr jun jul aug sep sept oct nov dec p pp art fig approx'.split(' '),
);
const INSIDE = new Set('vs eg ie etc viz cf inc ltd co corp'.split(' '));
/** What a sentence starts with after a dotted abbreviation ("in the U.S. The army …"). */
const STARTERS = new Set(
  'the a an he she it they we i this that these those in on at but and however meanwhile earlier later according'.split(
    ' ',
  ),
);

const TERMINAL = /^(?:[.!?؟۔…]|\.{2,}|[!?]+)$/u;
const isTerminal = ({ kind, text }: Token): boolean => kind === 'mark' && TERMINAL.test(text);
const CLOSING = /^["'”’»)\]]$/u;
const BULLET = /^(?:[*•·▪●○◦‣■□►▶–—-]|-{2,})$/u;
const LOWER = /^\p{Ll}/u;
/** No sentence is longer: what follows works sentence by sentence, and a text without full stops must not stop it. */
const LONGEST = 300;
const WRAP_MIN = 50;
const WRAP_MAX = 100;

/**
 * Whether single line breaks are the wrapping of a typewriter or a mail program: no line is longer than 100 and the
 * typical line is near the longest.
 */
function wrapWidth(body: string): number {
  let longest = 0;
  let full = 0;
  let lines = 0;
  for (const line of body.split('\n')) {
    const length = line.trimEnd().length;
    if (length === 0) continue;
    lines += 1;
    if (length > longest) longest = length;
    if (length >= WRAP_MIN) full += 1;
  }
  return lines >= 3 && longest <= WRAP_MAX && full * 2 >= lines ? longest : 0;
}

function breaksLine(
  body: string,
  previous: Token,
  next: Token,
  after: Token | undefined,
  wrap: number,
): boolean {
  // Most words are parted by one blank.
  const width = next.start - previous.end;
  if (width === 0 || (width === 1 && body.charCodeAt(previous.end) === 32)) return false;
  const gap = body.slice(previous.end, next.start);
  if (!/[\n\r\u2028\u2029]/.test(gap)) return false;
  if (/\n\s*\n|\r\s*\r|\u2029/.test(gap)) return true;
  if (BULLET.test(next.text) || (/^(?:\d{1,2}|[a-z])$/i.test(next.text) && /^[.)]$/.test(after?.text ?? '')))
    return true;
  if (wrap > 0) {
    const lineStart = body.lastIndexOf('\n', previous.end - 1) + 1;
    // A line that the next word would not have fitted on was wrapped, not ended.
    return previous.end - lineStart + 1 + next.text.length < wrap - 4;
  }
  return !LOWER.test(next.text);
}

/** Whether the full stop at `stop` only shortens the word before it. */
function shortens(tokens: readonly Token[], stop: number): boolean {
  const word = tokens[stop - 1];
  const next = tokens[stop + 1];
  if (word === undefined || next === undefined || word.end !== tokens[stop]?.start) return false;
  if (TITLES.has(word.norm)) return isCapitalised(next.text) && word.norm !== 'al';
  if (BEFORE_NUMBER.has(word.norm)) return next.kind === 'number';
  if (INSIDE.has(word.norm)) return true;
  // An initial: "John B. Smith".
  return word.text.length === 1 && isCapitalised(word.text) && isCapitalised(next.text) && word.norm !== 'i';
}

/** Whether a sentence ends at the mark `at`, were `next` the first token after it. */
function ends(tokens: readonly Token[], at: number, next: Token): boolean {
  const mark = tokens[at];
  if (mark === undefined) return false;
  if (mark.kind === 'word' && mark.text.endsWith('.'))
    return isCapitalised(next.text) && STARTERS.has(next.norm) && next.start > mark.end;
  if (!isTerminal(mark)) return false;
  if (LOWER.test(next.text)) return false;
  if (mark.text === '.' && shortens(tokens, at)) return false;
  if (next.start > mark.end) return true;
  // Glued: "… the city.Read more" ends, "v.2" and "Masdar.net" do not.
  const before = tokens[at - 1];
  return (
    isCapitalised(next.text) &&
    next.text.length > 1 &&
    before !== undefined &&
    /\p{Ll}\p{Ll}$/u.test(before.text)
  );
}

/** Whether the tokens from `from` on to the line's start are an item's number: "1." */
function isItemNumber(tokens: readonly Token[], at: number, first: number): boolean {
  return (
    at - first === 1 && /^(?:\d{1,2}|[a-z])$/i.test(tokens[first]?.text ?? '') && tokens[at]?.text === '.'
  );
}

/**
 * Cuts the tokens into sentences that cover them all, in order. A sentence ends at a full stop, question or
 * exclamation mark (not after an abbreviation), at an empty line, at a line break that is not mere wrapping, and
 * before a bullet. Linear.
 */
export function splitSentences(body: string, tokens: readonly Token[]): Sentence[] {
  const sentences: Sentence[] = [];
  const wrap = wrapWidth(body);
  let first = 0;
  const close = (last: number): void => {
    const from = tokens[first];
    const to = tokens[last - 1];
    if (from === undefined || to === undefined || last <= first) return;
    sentences.push({ index: sentences.length, first, last, start: from.start, end: to.end });
    first = last;
  };
  for (let i = 0; i + 1 < tokens.length; i += 1) {
    const token = tokens[i];
    const next = tokens[i + 1];
    if (token === undefined || next === undefined) break;
    const bullet = next.kind === 'mark' && /^[•▪●‣■]$/u.test(next.text);
    if (bullet || i + 1 - first >= LONGEST || breaksLine(body, token, next, tokens[i + 2], wrap)) {
      close(i + 1);
      continue;
    }
    const end = isTerminal(token) ? closingEnd(tokens, i) : i;
    const opener = tokens[end + 1];
    if (opener !== undefined && ends(tokens, i, opener) && !isItemNumber(tokens, i, first)) {
      close(end + 1);
      i = end;
    }
  }
  close(tokens.length);
  return sentences;
}

/** The last of the closing quotes and brackets right behind a stop: they belong to its sentence. */
function closingEnd(tokens: readonly Token[], stop: number): number {
  let end = stop;
  for (
    let next = tokens[end + 1];
    next !== undefined && CLOSING.test(next.text) && next.start === tokens[end]?.end;
    next = tokens[end + 1]
  )
    end += 1;
  return end;
}
