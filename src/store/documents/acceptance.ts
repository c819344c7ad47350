import { z } from 'zod';
import { reportId } from './parts.ts';

export const acceptance = z.looseObject({
  kind: z.enum(['accepted', 'already', 'duplicate']),
  report: reportId,
  duplicateOf: z.exactOptional(reportId),
});
