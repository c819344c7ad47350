import { z } from 'zod';
import type { SubscriptionId } from '../../model/ids.ts';
import type { Because } from '../../model/telling.ts';
import { reason } from './parts.ts';

export const because = z.looseObject({
  subscription: z.exactOptional(z.string() as unknown as z.ZodType<SubscriptionId>),
  why: reason,
}) satisfies z.ZodType<Because>;
