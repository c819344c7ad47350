/** Letters that NFKD leaves whole although a keyboard without them writes others. */
const LETTERS: Readonly<Record<string, string>> = {
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  // Arabic final forms that writers mix.
  ى: 'ي',
  ة: 'ه',
  ی: 'ي',
  ک: 'ك',
};

const ASCII_WORD = /^[\w-]*$/;
// Marks (Latin accents, Arabic vowel signs), apostrophes and their look-alikes (ayn, hamza), tatweel, format characters.
const DROPPED = /[\p{M}\p{Cf}'’‘ʼʻ`´ʿʾ\u0640]/gu;
const DIGITS_APART = /[\u0660-\u0669\u06F0-\u06F9]/g;
const LETTERS_APART = /[ıłøđßæœىةیک]/g;
const MOJIBAKE_APOSTROPHE = /â€[™˜]|ï¿½/g;

/**
 * What lexicons match on: lower case, without apostrophes, Latin diacritics and Arabic vowel signs; alef, ya and ta
 * marbuta folded; Arabic digits as ASCII. "Sha’afah" → `shaafah`, "Syria's" → `syrias`, "إدلب" → `ادلب`.
 */
export function normalise(text: string): string {
  if (ASCII_WORD.test(text)) return text.toLowerCase();
  return (
    text
      .replace(MOJIBAKE_APOSTROPHE, '')
      // Compatibility forms of capitals are capitals again.
      .normalize('NFKD')
      .toLowerCase()
      .replace(DROPPED, '')
      .replace(LETTERS_APART, (letter) => LETTERS[letter] ?? letter)
      .replace(DIGITS_APART, (digit) => String(digit.charCodeAt(0) & 0xf))
  );
}
