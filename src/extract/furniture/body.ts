import type { Sentence, Token } from '../../model/reading.ts';
import { isCapitalised } from '../../model/letters.ts';
import { perSpelling } from '../../model/spelling.ts';
import { PhraseTable } from '../phrases.ts';
import type { Cue } from './cues.ts';
import { AGENCIES, CAPTION_WORDS, CREDIT_WORDS, CUES, OPENERS, REPORTING_WORDS } from './cues.ts';
import { wireDatelineEnd, type Stretch } from './head.ts';

const cues = new PhraseTable<Cue>(CUES);

const CAPTION_LENGTH = 45;
const isUpper = (token: Token | undefined): boolean => isCapitalised(token?.text ?? '');

function cueStretch(tokens: readonly Token[], sentence: Sentence, at: number): Stretch | undefined {
  const found = cues.match(tokens, at);
  if (found === undefined) return undefined;
  const { capital, tail, reach, label } = found.value;
  if (capital === true && !isUpper(tokens[at])) return undefined;
  if (tail === true && at * 3 < tokens.length * 2) return undefined;
  const last = { cue: found.last, sentence: Math.max(found.last, sentence.last), text: tokens.length }[reach];
  return { first: at, last, label };
}

/** A credit in brackets, "(AFP photo)", "[Anadolu]": index behind it, or -1. */
function creditEnd(tokens: readonly Token[], at: number): number {
  const open = tokens[at]?.text;
  if (open !== '(' && open !== '[') return -1;
  let position = at + 1;
  while (position < at + 8 && CREDIT_WORDS.has(tokens[position]?.norm ?? '')) position += 1;
  return position > at + 1 && /^[)\]]$/.test(tokens[position]?.text ?? '') ? position + 1 : -1;
}

/**
 * The caption before a credit. Only words that captions use make it one: prose may end in "(Reuters)" too, and a
 * caption that is kept costs less than prose that is lost.
 */
function captionStart(
  tokens: readonly Token[],
  from: number,
  credit: number,
  creditWords: readonly Token[],
): number {
  // "… the market. (AFP photo)": the caption is the sentence before the credit's own.
  let first = credit;
  if (/^[.!?]$/.test(tokens[first - 1]?.text ?? '')) first -= 1;
  while (first > from && !/^[.!?]$/.test(tokens[first - 1]?.text ?? '')) first -= 1;
  const words = tokens.slice(first, credit);
  if (
    words.length === 0 ||
    words.length > CAPTION_LENGTH ||
    words.some((token) => REPORTING_WORDS.has(token.norm))
  )
    return credit;
  const archive = creditWords.some((token) => /^(?:archives?|file)$/.test(token.norm));
  return archive || words.slice(0, 12).some((token) => CAPTION_WORDS.has(token.norm)) ? first : credit;
}

/** A photo credit that opens a fragment: "AP Photo …", "© Sputnik …", "Flickr …", up to the dateline or the sentence's end. */
function creditLead(tokens: readonly Token[], sentence: Sentence, at: number): Stretch | undefined {
  const token = tokens[at];
  const lead =
    token?.text === '©' ||
    (AGENCIES.has(token?.norm ?? '') && /^photos?$/.test(tokens[at + 1]?.norm ?? '')) ||
    /^(?:Flickr|YouTube\w*|Screenshot|Photo|REUTERS)$/.test(token?.text ?? '');
  if (!lead) return undefined;
  for (let i = at + 1; i < Math.min(at + CAPTION_LENGTH, sentence.last); i += 1) {
    const end = wireDatelineEnd(tokens, i);
    if (end > i && tokens[end - 1]?.text !== tokens[i]?.text)
      return { first: at, last: end, label: 'caption' };
  }
  return token?.text === '©' || token?.norm === 'photo'
    ? { first: at, last: sentence.last, label: 'caption' }
    : undefined;
}

/** "Tags Syria Idlib Douma More than 19 …": keywords up to the words that open a sentence, or to the text's last third's end. */
function tagsStretch(tokens: readonly Token[], sentence: Sentence, at: number): Stretch | undefined {
  if (tokens[at]?.text !== 'Tags' || tokens[at + 1]?.text === ',') return undefined;
  for (let i = at + 2; i < Math.min(at + 40, sentence.last); i += 1) {
    const token = tokens[i];
    if (isUpper(token) && (OPENERS.has(token?.norm ?? '') || cues.match(tokens, i) !== undefined))
      return { first: at, last: i, label: 'tags' };
  }
  const atEnd = sentence.last === tokens.length && sentence.last - at < 40;
  return { first: at, last: atEnd ? sentence.last : at + 1, label: 'tags' };
}

/** "… 87 Related Army Frees Town … Tags …": headlines behind the text, up to its tags or its end. */
function relatedStretch(tokens: readonly Token[], at: number): Stretch | undefined {
  const before = tokens[at - 1];
  if (tokens[at]?.text !== 'Related' || at * 2 < tokens.length || !isUpper(tokens[at + 1])) return undefined;
  if (before?.kind === 'word') return undefined;
  const tags = tokens.findIndex((token, i) => i > at && token.text === 'Tags');
  return { first: at, last: tags < 0 ? tokens.length : tags, label: 'related' };
}

/** A last fragment of names, numbers and agencies only: "Manar Haddad / Hazem Saleh", "--Reuters", "12". */
function signature(tokens: readonly Token[], sentence: Sentence): Stretch | undefined {
  const { first, last } = sentence;
  if (first === 0 || last !== tokens.length || last - first > 9) return undefined;
  const words = tokens.slice(first, last);
  const bare = words.every((token) => token.kind !== 'word' || isUpper(token) || token.norm === 'and');
  return bare && !words.some((token) => token.text === '.') ? { first, last, label: 'byline' } : undefined;
}

/** "(Source: Sample Office)", "Source Sample World and agencies" behind the text. */
function sourceStretch(tokens: readonly Token[], sentence: Sentence, at: number): Stretch | undefined {
  if (tokens[at]?.text !== 'Source' || sentence.last !== tokens.length || sentence.last - at > 12)
    return undefined;
  if (tokens[at - 1]?.text === '(') return { first: at - 1, last: sentence.last, label: 'credits' };
  return at === sentence.first ? { first: at, last: sentence.last, label: 'credits' } : undefined;
}

/** "Aleppo A military source …": a section's heading that lost its line, before a capitalised article. */
function heading(tokens: readonly Token[], sentence: Sentence): Stretch | undefined {
  for (let i = sentence.first; i < Math.min(sentence.first + 4, sentence.last); i += 1) {
    const token = tokens[i];
    if (i > sentence.first && /^(?:A|An|The|Another|Later|Earlier|Meanwhile)$/.test(token?.text ?? ''))
      return tokens[i + 1]?.kind === 'word'
        ? { first: sentence.first, last: i, label: 'heading' }
        : undefined;
    if (!isUpper(token) || /^(?:A|An|The|In|On|At|But|And|For|With)$/.test(token?.text ?? ''))
      return undefined;
  }
  return undefined;
}

const REPEATED_WORDS = 5;

/** Where a sentence starts again with its own first words: a standfirst that ran into the text that repeats it. */
function repetition(tokens: readonly Token[], sentence: Sentence): Stretch | undefined {
  const { first, last } = sentence;
  for (let i = first + REPEATED_WORDS; i + REPEATED_WORDS < last; i += 1) {
    let alike = 0;
    while (alike < REPEATED_WORDS && tokens[first + alike]?.norm === tokens[i + alike]?.norm) alike += 1;
    if (alike === REPEATED_WORDS) return { first: i, last: i, label: '' };
  }
  return undefined;
}

const OPENING_TEXTS = new Set(['(', '[', 'Tags', 'Related', 'Source']);
const CUE_WORDS = new Set(CUES.map(([phrase]) => phrase.split(' ')[0] ?? ''));

/** Whether a credit, a cue, tags, related headlines or a source may begin with it: nearly no token tells by itself. */
const mayOpen = perSpelling(({ text, norm }) => OPENING_TEXTS.has(text) || CUE_WORDS.has(norm));

/** Page furniture inside and behind the prose, from the token `from` on; in text order, without overlap. */
export function bodyStretches(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  from: number,
): Stretch[] {
  const stretches: Stretch[] = [];
  let free = from;
  const take = (stretch: Stretch | undefined): boolean => {
    if (stretch === undefined || stretch.last <= free) return false;
    const first = Math.max(stretch.first, free);
    stretches.push({ ...stretch, first });
    free = stretch.last;
    return true;
  };
  for (const sentence of sentences) {
    const again = sentence.first >= free ? repetition(tokens, sentence) : undefined;
    if (sentence.first >= free) take(heading(tokens, sentence));
    for (let i = Math.max(sentence.first, free); i < sentence.last; i = Math.max(i + 1, free)) {
      if (i === again?.first) stretches.push(again);
      const token = tokens[i];
      if (token !== undefined && mayOpen(token.spelling)) {
        const credit = creditEnd(tokens, i);
        if (credit > 0) {
          const first = credit === tokens.length ? i : captionStart(tokens, free, i, tokens.slice(i, credit));
          take({ first, last: credit, label: 'caption' });
          continue;
        }
        if (
          take(cueStretch(tokens, sentence, i)) ||
          take(tagsStretch(tokens, sentence, i)) ||
          take(relatedStretch(tokens, i)) ||
          take(sourceStretch(tokens, sentence, i))
        )
          continue;
      }
      const opens = i === sentence.first || i === free;
      if (opens && take(creditLead(tokens, sentence, i))) continue;
      const wire = tokens[i + 1]?.text === '(' || opens ? wireDatelineEnd(tokens, i) : i;
      if (wire > i && tokens[wire - 1]?.kind === 'mark') take({ first: i, last: wire, label: 'dateline' });
    }
    take(signature(tokens, sentence));
  }
  return stretches;
}
