import { z } from 'zod';
import type { ControlClaim, ControlEntry } from '../../model/control.ts';
import { claim, standing } from './incident.ts';
import { actorMention, day, instant, placeRef, reason, statementId } from './parts.ts';

const controlClaim = claim.extend({
  what: z.enum(['took', 'holds', 'left']),
  day,
  exact: z.exactOptional(z.boolean()),
  atLatest: z.exactOptional(z.literal(true)),
  holders: z.array(actorMention),
  losers: z.array(actorMention),
  part: z.boolean(),
  agreed: z.exactOptional(z.literal(true)),
  anew: z.exactOptional(z.literal(true)),
}) satisfies z.ZodType<ControlClaim>;

/** Without `recordedTo`: that is kept in a column, since a row is closed and its document never changes. */
export const controlEntry = z.looseObject({
  id: z.string(),
  place: placeRef,
  holders: z.array(actorMention),
  part: z.boolean(),
  agreed: z.exactOptional(z.literal(true)),
  standing,
  why: reason,
  validFrom: day,
  since: z.enum(['stated', 'seen']),
  validTo: z.exactOptional(day),
  lastConfirmed: day,
  claims: z.array(controlClaim),
  statements: z.array(statementId),
  recordedFrom: instant,
}) satisfies z.ZodType<Omit<ControlEntry, 'recordedTo'>>;
