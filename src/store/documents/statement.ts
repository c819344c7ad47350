import { z } from 'zod';
import type { Statement } from '../../model/statement.ts';
import { actorMention, datePrecision, figure, phase, placeMention, statementType, status } from './parts.ts';

export const statement = z.looseObject({
  type: statementType,
  status,
  phase: z.exactOptional(phase),
  part: z.exactOptional(z.literal(true)),
  places: z.array(placeMention),
  toPlaces: z.exactOptional(z.array(placeMention)),
  viaPlaces: z.exactOptional(z.array(placeMention)),
  to: z.exactOptional(z.array(actorMention)),
  from: z.exactOptional(z.array(actorMention)),
  parties: z.exactOptional(z.array(actorMention)),
  people: z.exactOptional(figure),
  figures: z.exactOptional(z.array(figure.extend({ by: z.exactOptional(actorMention) }))),
  date: z.exactOptional(z.string()),
  datePrecision: z.exactOptional(datePrecision),
  dateAtLatest: z.exactOptional(z.literal(true)),
  by: z.exactOptional(actorMention),
  span: z.tuple([z.int(), z.int()]),
  confidence: z.number(),
  rule: z.string(),
}) satisfies z.ZodType<Statement>;
