/** The text as Postgres can hold it, of the same length: U+FFFD for a zero character and for half of a surrogate pair. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');
