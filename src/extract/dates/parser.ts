import type { Token } from '../../model/reading.ts';
import type { Day } from '../../model/time.ts';
import type { Resolved } from './resolve.ts';

/** A date's words: `[at, last)`. */
export interface DateMatch extends Resolved {
  readonly last: number;
}

/** One way to write a date: what stands at `at`, read on the day of publication. */
export type DateParser = (tokens: readonly Token[], at: number, published: Day) => DateMatch | undefined;

/** The norm of a token, empty beyond the text's ends. */
export const norm = (tokens: readonly Token[], at: number): string => tokens[at]?.norm ?? '';
export const found = (resolved: Resolved | undefined, last: number): DateMatch | undefined =>
  resolved === undefined ? undefined : { ...resolved, last };
