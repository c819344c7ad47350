const UPPER = /^\p{Lu}/u;
const ASCII = 0x80;

/** Whether a text begins with a capital letter of any script. */
export function isCapitalised(text: string): boolean {
  const first = text.charCodeAt(0);
  // Asked of nearly every word: no pattern for those that need none.
  return first < ASCII ? first >= 65 && first <= 90 : UPPER.test(text);
}
