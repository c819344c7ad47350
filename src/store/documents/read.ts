import { z } from 'zod';
import { StoreError } from '../error.ts';

/**
 * A row's document, checked.
 * @param where the row, as the error names it: `incidents i_…`
 * @throws StoreError when the document has not the shape that this version of the code relies on
 */
export function readDocument<T>(schema: z.ZodType<T>, where: string, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new StoreError(
    `The row ${where} holds a document that this version cannot read: ${z.prettifyError(result.error)}`,
  );
}
