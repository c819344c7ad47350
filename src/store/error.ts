import { storable } from './text.ts';

/** The database did not do what was asked. Says what, never with the values of a statement (they hold reports' words). */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

const REASON_LIMIT = 2_000;

/** An error in the words that are kept beside a row. The query builder's error repeats a statement's values; what lies under it does not. */
export function reasonOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return storable(inner instanceof Error ? inner.message : String(inner)).slice(0, REASON_LIMIT);
}
