import { ANSWERS } from './keys/answers.ts';
import { MESSAGES } from './keys/messages.ts';
import { WORDS } from './keys/words.ts';

/**
 * Every string of a locale file, with the placeholders that it may use. A key here that no file has, a key of a file that
 * is not here, and a placeholder that is not listed are all errors when the file is loaded (`src/config/locales.ts`).
 * A string with `count` may have a form for each plural category of its language.
 */
export const PLACEHOLDERS = { ...WORDS, ...MESSAGES, ...ANSWERS } as const;

export type StringKey = keyof typeof PLACEHOLDERS;
export type Placeholder<K extends StringKey> = (typeof PLACEHOLDERS)[K][number];
