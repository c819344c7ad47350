/** The text as Postgres can hold it, of the same length: U+FFFD for a zero character and for half of a surrogate pair. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

/** What `JSON.stringify` makes of a zero character and of half of a surrogate pair; and what merely looks so. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/;

/** The value as JSON that Postgres can hold. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  return UNSTORABLE.test(text)
    ? JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storable(part) : part))
    : text;
}
