import { z } from 'zod';
import type { ActorMention } from '../../model/actor.ts';
import type {
  ActorId,
  CorrectionId,
  FactId,
  IncidentId,
  PlaceId,
  ReportId,
  RulingId,
  StatementId,
  UpdateId,
} from '../../model/ids.ts';
import type { Reason } from '../../model/incident.ts';
import type { PlaceKey, PlaceKind, PlaceMention, PlaceRef } from '../../model/place.ts';
import type { DatePrecision, Figure, Phase, StatementType, Status } from '../../model/statement.ts';
import type { Day, Instant } from '../../model/time.ts';
import { STATEMENT_TYPES, STATUSES } from '../../model/statement.ts';

// Documents are checked for what the code relies on and keep what else they hold (`looseObject`), so that a field which a
// model gains is neither refused nor lost.

const text = <T extends string>(): z.ZodType<T> => z.string() as unknown as z.ZodType<T>;

export const actorId = text<ActorId>();
export const correctionId = text<CorrectionId>();
export const rulingId = text<RulingId>();
export const factId = text<FactId>();
export const incidentId = text<IncidentId>();
const placeId = text<PlaceId>();
export const reportId = text<ReportId>();
export const statementId = text<StatementId>();
export const updateId = text<UpdateId>();
export const instant = text<Instant>();
export const day = text<Day>();
const placeKey = text<PlaceKey>();
const placeKind = text<PlaceKind>();

export const statementType: z.ZodType<StatementType> = z.enum(STATEMENT_TYPES);
export const status: z.ZodType<Status> = z.enum(STATUSES);
export const phase: z.ZodType<Phase> = z.enum([
  'imposed',
  'standing',
  'eased',
  'broken',
  'proposed',
  'reached',
  'in_force',
  'extended',
  'suspended',
  'violated',
  'ended',
]);
export const datePrecision: z.ZodType<DatePrecision> = z.enum(['day', 'week', 'month', 'year']);

export const actorMention = z.looseObject({
  text: z.string(),
  id: z.exactOptional(actorId),
  name: z.exactOptional(z.string()),
}) satisfies z.ZodType<ActorMention>;

export const figure = z.looseObject({
  low: z.exactOptional(z.number()),
  high: z.exactOptional(z.number()),
  unit: z.string(),
  text: z.string(),
  counts: z.exactOptional(z.enum(['further', 'total'])),
}) satisfies z.ZodType<Figure>;

export const placeMention = z.looseObject({
  text: z.string(),
  start: z.int(),
  end: z.int(),
  id: z.exactOptional(placeId),
  name: z.exactOptional(z.string()),
  kind: z.exactOptional(placeKind),
  lat: z.exactOptional(z.number()),
  lon: z.exactOptional(z.number()),
  precision: z.literal([1, 2, 3]),
  country: z.exactOptional(z.string()),
  admin1: z.exactOptional(z.string()),
  within: z.exactOptional(placeId),
}) satisfies z.ZodType<PlaceMention>;

export const placeRef = z.looseObject({
  key: placeKey,
  id: z.exactOptional(placeId),
  name: z.string(),
  kind: z.exactOptional(placeKind),
  lat: z.exactOptional(z.number()),
  lon: z.exactOptional(z.number()),
  within: z.array(placeId),
}) satisfies z.ZodType<PlaceRef>;

export const reason = z.looseObject({
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
}) satisfies z.ZodType<Reason>;
