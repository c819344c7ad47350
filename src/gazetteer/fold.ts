/** Letters that NFKD leaves whole although a keyboard without them writes others, and Arabic finals that writers mix. */
const LETTERS: Readonly<Record<string, string>> = {
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ə: 'a',
  ى: 'ي',
  ة: 'ه',
  ی: 'ي',
  ک: 'ك',
  گ: 'ك',
  ٱ: 'ا',
};
const LETTERS_APART = /[ıłøđßæœəىةیکگٱ]/g;
const ASCII = /^\p{ASCII}*$/u;
const APOSTROPHES = /['`]/g;
// Marks (Latin accents, Arabic vowel signs), apostrophes and their look-alikes (ayn, hamza), tatweel, format characters.
const DROPPED = /[\p{M}\p{Cf}'’‘ʼʻ`´ʿʾ\u0640ء]/gu;

/** Lower case without apostrophes, diacritics and vowel signs; Arabic alef, ya and ta marbuta folded. */
export function plain(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replace(APOSTROPHES, '');
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(DROPPED, '')
    .replace(LETTERS_APART, (letter) => LETTERS[letter] ?? letter);
}

/** Whether the text has a letter of the Arabic script. Asked of nearly every word: no pattern. */
export function isArabic(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x600 && code <= 0x6ff) return true;
  }
  return false;
}

/** The Arabic article as Latin script writes it, assimilated to sun letters or not. */
const ARTICLES = new Set('al el ul il ad ed an en ar er as es ash esh at et ath az ez adh edh'.split(' '));
/** Is this word (in `plain` form) the Arabic article? Whether it is one in its sentence is for the caller to judge. */
export const isArticle = (word: string): boolean => ARTICLES.has(word);

/**
 * One class for a, e, i, y, one for o, u; runs, final h and doubled letters collapse; kh and q count as k, gh as g. So
 * the spellings of one Arabic name meet ("Hajeen", "Hajin"; "Raqqah", "Raka"; "Deir", "Dayr") at the price of strangers
 * that meet too ("Nawa", "Niwa"): callers rank by closeness of the plain forms. `word` is in `plain` form.
 */
function foldLatin(word: string): string {
  let text = word;
  if (text.includes('j')) text = text.replaceAll('dj', 'j');
  if (text.includes('c')) text = text.replace(/tch|ch/g, 'sh');
  if (/[kqgc]/.test(text)) text = text.replace(/[kqg]h|[kqc]/g, (k) => (k === 'gh' ? 'g' : 'k'));
  if (text.includes('h')) text = text.replace(/[td]h/g, (t) => t.charAt(0));
  if (text.includes('w')) text = text.replace(/(?:ou|oo|u)w(?=[aeiouy])/g, 'w');
  if (/[uw]/.test(text)) text = text.replace(/[aeo][uw](?![aeiouyw])/g, 'u');
  const consonant = text.startsWith('y') && /^y[aeiou]/.test(text);
  return inClasses(consonant ? text.slice(1) : text, consonant ? 'y' : '')
    .replace(/([au])h$/, '$1')
    .replace(/^k[au]fa?r/, 'kafr');
}

/** Each vowel as its class, each run of one letter as one. */
function inClasses(word: string, before: string): string {
  let text = before;
  let last = '';
  for (const letter of word) {
    const own =
      letter === 'o' || letter === 'u'
        ? 'u'
        : letter === 'a' || letter === 'e' || letter === 'i' || letter === 'y'
          ? 'a'
          : letter;
    if (own !== last) text += own;
    last = own;
  }
  return text;
}

const ARABIC_ARTICLE = /^ال(?=..)/;
/** Folded form of one word: the unit of the index. The article inside an Arabic word is dropped. */
export function foldWord(word: string): string {
  if (isArabic(word)) return word.replace(ARABIC_ARTICLE, '').replace(/ي(?=ي)|و(?=و)/g, '');
  return foldLatin(word);
}

const ARABIC_CLITICS = /^(?:و|ف)?[بلك]?(?:ال|ل(?=ل))?/;
/**
 * What a word may be beside its own folded form, most likely first: without a glued article ("Alnairab"), without a
 * possessive s whose apostrophe is lost ("Syrias"), without Arabic prepositions and "and" ("بالحسكة").
 */
export function otherFolds(word: string, final: boolean): string[] {
  const own = foldWord(word);
  const forms: string[] = [];
  if (isArabic(word)) {
    const clitics = ARABIC_CLITICS.exec(word)?.[0].length ?? 0;
    for (let cut = 1; cut <= clitics; cut += 1)
      if (word.length - cut >= 3) forms.push(foldWord(word.slice(cut)));
  } else {
    const bare = final && word.length >= 4 && word.endsWith('s') ? word.slice(0, -1) : undefined;
    if (bare !== undefined) forms.push(foldWord(bare));
    if (word.length >= 5 && /^[ae]l/.test(word)) {
      forms.push(foldWord(word.slice(2)));
      if (bare !== undefined) forms.push(foldWord(bare.slice(2)));
    }
  }
  return [...new Set(forms)].filter((form) => form !== own && form.length > 0);
}

const WORDS = /[\p{L}\p{N}]+/gu;
const ONE_WORD = /^[a-z0-9]+$/;
/** The words of a name in `plain` form, articles left out (unless it has nothing else). */
function nameWords(name: string): string[] {
  const text = plain(name);
  if (ONE_WORD.test(text)) return [text];
  const words = text.match(WORDS) ?? [];
  const kept = words.filter((word) => !isArticle(word));
  return kept.length > 0 ? kept : words;
}

/** A name as the index has it. */
export interface Spelling {
  /** Its folded words without spaces: the key. */
  readonly folded: string;
  /** With nothing but spaces, hyphens, articles, case and diacritics taken away: equal means written alike. */
  readonly squashed: string;
}

export const foldName = (name: string): string => nameWords(name).map(foldWord).join('');
export const squash = (name: string): string => nameWords(name).map(withoutArticle).join('');

const withoutArticle = (word: string): string => (isArabic(word) ? word.replace(ARABIC_ARTICLE, '') : word);

/** `foldName` and `squash` of the names of a whole gazetteer: each name is taken apart once, each word folded once. */
export class Spellings {
  private readonly names = new Map<string, Spelling>();
  private readonly words = new Map<string, string>();

  of(name: string): Spelling {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    let folded = '';
    let squashed = '';
    for (const word of nameWords(name)) {
      folded += this.fold(word);
      squashed += withoutArticle(word);
    }
    const spelling = { folded, squashed };
    this.names.set(name, spelling);
    return spelling;
  }

  /** "San", "Kafr" and their like begin thousands of names. */
  private fold(word: string): string {
    const known = this.words.get(word);
    if (known !== undefined) return known;
    const form = foldWord(word);
    this.words.set(word, form);
    return form;
  }
}
