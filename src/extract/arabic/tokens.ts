import type { Sentence, Token } from '../../model/reading.ts';
import type { Gazetteer } from '../../gazetteer/gazetteer.ts';
import type { ActorLexicon } from '../actors.ts';
import { LEVANTINE_MONTHS, MONTHS, WEEKDAYS } from '../dates/calendar.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { spell } from '../spellings.ts';
import type { RawToken } from '../tokens.ts';
import { isKnown } from './lexicon.ts';

/** What decides whether a letter at a word's head is a word of its own. */
export interface Vocabulary {
  readonly lexicon: Lexicon;
  /** Words for speakers, normalised: "spokesman", "source". */
  readonly persons: ReadonlySet<string>;
  readonly actors: Pick<ActorLexicon, 'names'>;
  readonly gazetteer: Pick<Gazetteer, 'match'>;
}

/** "and", "then" before "in", "to", "like": و and ف come first. */
const CONJUNCTION = /^[وف]/;
const PREPOSITION = /^[بلك]/;
const ARABIC = /^[\u0600-\u06FF]/;
/** With an article the letter before it is no part of the word, unless little is left. */
const ARTICLE = /^ال.{3}/;
const NAME_WORDS = 6;

/** Index in `text` behind its first `letters` base letters: vowel signs go with the letter before them. */
function behind(text: string, letters: number): number {
  let at = 0;
  for (let seen = 0; at < text.length; at += 1) {
    if (/[\p{M}\u0640\p{Cf}]/u.test(text[at] ?? '')) continue;
    if (seen === letters) break;
    seen += 1;
  }
  return at;
}

/** A token's norm and what is left of it without its head. `للقوات` leaves `القوات`, one letter of which is not written. */
interface Rest {
  readonly norm: string;
  readonly cut: number;
}

function restOf(norm: string): Rest {
  return norm.startsWith('لل') ? { norm: `ال${norm.slice(2)}`, cut: 1 } : { norm: norm.slice(1), cut: 1 };
}

class Splitter {
  private readonly tokens: readonly Token[];
  private readonly words: Vocabulary;
  /** Tokens at which a place's full name starts. */
  private readonly named: ReadonlySet<number>;
  /** Tokens at which a place's name starts behind a glued letter. */
  private readonly glued: ReadonlySet<number>;
  /** Up to here the tokens belong to an actor's name: "المنظمة الدولية للهجرة" keeps its "ل". */
  private inside = 0;

  constructor(tokens: readonly Token[], words: Vocabulary) {
    this.tokens = tokens;
    this.words = words;
    const hits = words.gazetteer.match(tokens).filter((hit) => hit.bearers.some(({ exact }) => exact));
    this.named = new Set(hits.filter((hit) => !hit.stripped).map((hit) => hit.first));
    this.glued = new Set(hits.filter((hit) => hit.stripped).map((hit) => hit.first));
  }

  split(token: Token): readonly Token[] {
    const { norm } = token;
    if (token.index < this.inside) return [token];
    if (token.kind !== 'word' || norm.length < 3 || !ARABIC.test(norm)) return [token];
    if (this.knows(token, norm) || this.named.has(token.index)) return [token];
    const cuts = this.cuts(token, norm);
    return cuts === undefined ? [token] : pieces(token, cuts);
  }

  /** Norms of the pieces, the last with its own; nothing when the word is whole. */
  private cuts(token: Token, norm: string): readonly Rest[] | undefined {
    if (CONJUNCTION.test(norm)) {
      const rest = restOf(norm);
      if (this.stands(token, rest.norm)) return [{ norm: norm.charAt(0), cut: 1 }, rest];
      if (rest.norm.length < 4 || !PREPOSITION.test(rest.norm)) return undefined;
      const inner = restOf(rest.norm);
      if (!this.stands(token, inner.norm)) return undefined;
      return [{ norm: norm.charAt(0), cut: 1 }, { norm: rest.norm.charAt(0), cut: 1 }, inner];
    }
    if (!PREPOSITION.test(norm)) return undefined;
    const rest = restOf(norm);
    return this.stands(token, rest.norm) ? [{ norm: norm.charAt(0), cut: 1 }, rest] : undefined;
  }

  private stands(token: Token, norm: string): boolean {
    if (norm.length < 2) return false;
    return ARTICLE.test(norm) || this.knows(token, norm) || (norm.length > 2 && this.glued.has(token.index));
  }

  private knows(token: Token, norm: string): boolean {
    const ahead = this.tokens.slice(token.index + 1, token.index + NAME_WORDS);
    const name = this.words.actors.names.match([respelt(token, token.text, norm), ...ahead], 0);
    if (name !== undefined) this.inside = token.index + name.last;
    return (
      name !== undefined ||
      this.words.persons.has(norm) ||
      isKnown(this.words.lexicon, norm) ||
      WEEKDAYS.has(norm) ||
      MONTHS.has(norm)
    );
  }
}

function pieces(token: Token, cuts: readonly Rest[]): Token[] {
  let letters = 0;
  return cuts.map((piece, index) => {
    const start = behind(token.text, letters);
    letters += piece.cut;
    const end = index === cuts.length - 1 ? token.text.length : behind(token.text, letters);
    return {
      ...respelt(token, token.text.slice(start, end), piece.norm),
      start: token.start + start,
      end: token.start + end,
    };
  });
}

const respelt = (token: Token, text: string, norm: string): Token => ({
  ...token,
  text,
  norm,
  kind: 'word',
  spelling: spell(text, norm, 'word'),
});

/** Length in tokens and norm of what counts as one: "مايو/أيار", "تشرين الأول/أكتوبر", "أول من أمس". */
function joined(
  tokens: readonly Token[],
  at: number,
): { readonly length: number; readonly norm: string } | undefined {
  const norm = (offset: number): string => tokens[at + offset]?.norm ?? '';
  if (norm(0) === 'اول' && norm(1) === 'من' && norm(2) === 'امس') return { length: 2, norm: 'اول' };
  const own = monthLength(tokens, at);
  if (own === 0 || tokens[at + own]?.text !== '/') return undefined;
  const other = monthLength(tokens, at + own + 1);
  if (other === 0) return undefined;
  const name = own === 1 ? norm(0) : norm(own + 1);
  return { length: own + 1 + other, norm: MONTHS.has(name) ? name : norm(0) };
}

function monthLength(tokens: readonly Token[], at: number): 0 | 1 | 2 {
  const norm = tokens[at]?.norm ?? '';
  if (LEVANTINE_MONTHS.has(`${norm} ${tokens[at + 1]?.norm ?? ''}`)) return 2;
  return MONTHS.has(norm) ? 1 : 0;
}

/** A full stop that lacks its space: "المدينة.وقال". */
const gluedStop = (before: Token | undefined, stop: Token, next: Token | undefined): boolean =>
  /^[.؟!۔]$/.test(stop.text) &&
  before !== undefined &&
  next?.start === stop.end &&
  ARABIC.test(next.text) &&
  before.norm.length > 1;

/**
 * Arabic tokens from plain ones: "و", "ف", "ب", "ل" and "ك" at a word's head become tokens of their own where the rest
 * is a word of the lexicon, an actor's or a place's name; double month names become one. The sentences follow, and are
 * cut at a full stop without a space. Offsets stay those of the body.
 */
export function arabicTokens(
  body: string,
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  vocabulary: Vocabulary,
): { readonly tokens: RawToken[]; readonly sentences: Sentence[] } {
  const splitter = new Splitter(tokens, vocabulary);
  const out: Token[] = [];
  const cut: Sentence[] = [];
  const close = (sentence: Sentence, first: number): void => {
    const from = out[first];
    const to = out.at(-1);
    if (from === undefined || to === undefined) return;
    cut.push({ ...sentence, index: cut.length, first, last: out.length, start: from.start, end: to.end });
  };
  for (const sentence of sentences) {
    let first = out.length;
    for (let at = sentence.first; at < sentence.last; at += 1) {
      const token = tokens[at];
      if (token === undefined) continue;
      const whole = joined(tokens, at);
      const last = whole === undefined ? undefined : tokens[at + whole.length - 1];
      if (whole !== undefined && last !== undefined && at + whole.length <= sentence.last) {
        out.push({ ...respelt(token, body.slice(token.start, last.end), whole.norm), end: last.end });
        at += whole.length - 1;
        continue;
      }
      out.push(...splitter.split(token));
      if (gluedStop(tokens[at - 1], token, tokens[at + 1])) {
        close(sentence, first);
        first = out.length;
      }
    }
    if (out.length > first) close(sentence, first);
  }
  return { tokens: out.map((token, index) => ({ ...token, index })), sentences: cut };
}
