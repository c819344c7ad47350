import { z } from 'zod';
import type { CorrectionNote } from '../../model/correction.ts';
import type { RulingNote } from '../../model/ruling.ts';
import {
  UPDATE_KINDS,
  type Account,
  type Change,
  type Claim,
  type Fact,
  type Incident,
  type Origin,
  type Standing,
  type Update,
} from '../../model/incident.ts';
import {
  actorId,
  actorMention,
  correctionId,
  datePrecision,
  day,
  factId,
  figure,
  incidentId,
  instant,
  phase,
  placeRef,
  reason,
  reportId,
  rulingId,
  statementId,
  statementType,
  status,
  updateId,
} from './parts.ts';

export const standing: z.ZodType<Standing> = z.enum([
  'claimed',
  'reported',
  'confirmed',
  'contested',
  'denied',
  'stale',
]);

const origin = z.looseObject({
  key: z.string(),
  name: z.string(),
  kind: z.enum(['speaker', 'outlet']),
  alignment: z.exactOptional(actorId),
  reliability: z.enum(['A', 'B', 'C', 'D', 'E', 'F']),
}) satisfies z.ZodType<Origin>;

export const claim = z.looseObject({
  statement: statementId,
  report: reportId,
  outlet: z.string(),
  origin,
  stance: z.enum(['says', 'denies', 'admits', 'gains']),
  figures: z.array(figure),
  at: instant,
  instead: z.exactOptional(z.string()),
  planned: z.exactOptional(z.literal(true)),
  drawsOn: z.exactOptional(z.array(reportId)),
}) satisfies z.ZodType<Claim>;

const account = z.looseObject({
  statement: statementId,
  report: reportId,
  at: instant,
  type: statementType,
  phase: z.exactOptional(phase),
  status,
  part: z.boolean(),
  places: z.array(placeRef),
  toPlaces: z.array(placeRef),
  viaPlaces: z.array(placeRef),
  to: z.array(actorMention),
  from: z.array(actorMention),
  parties: z.array(actorMention),
  date: z.exactOptional(z.string()),
  datePrecision: z.exactOptional(datePrecision),
  dateAtLatest: z.exactOptional(z.literal(true)),
  day,
  exact: z.boolean(),
  drawsOn: z.exactOptional(z.array(reportId)),
  tie: z.exactOptional(z.string()),
  guest: z.exactOptional(z.literal(true)),
  implied: z.exactOptional(z.literal(true)),
  anew: z.exactOptional(z.literal(true)),
  contrary: z.exactOptional(z.literal(true)),
  past: z.exactOptional(z.literal(true)),
}) satisfies z.ZodType<Account>;

const fact = z.looseObject({
  id: factId,
  type: statementType,
  phase: z.exactOptional(phase),
  status,
  part: z.boolean(),
  places: z.array(placeRef),
  toPlaces: z.array(placeRef),
  viaPlaces: z.array(placeRef),
  to: z.array(actorMention),
  from: z.array(actorMention),
  parties: z.array(actorMention),
  date: z.exactOptional(z.string()),
  datePrecision: z.exactOptional(datePrecision),
  dateAtLatest: z.exactOptional(z.literal(true)),
  standing,
  why: reason,
  claims: z.array(claim),
}) satisfies z.ZodType<Fact>;

export const incident = z.looseObject({
  id: incidentId,
  family: z.enum(['ground', 'movement']),
  state: z.enum(['open', 'closed']),
  revision: z.int(),
  opened: instant,
  lastActivity: instant,
  facts: z.array(fact),
  // Incidents of earlier versions have none; judging makes them from the facts (`unitsIn`).
  accounts: z.array(account).default([]),
  maybeSame: z.array(incidentId),
  past: z.exactOptional(z.literal(true)),
  mergedInto: z.exactOptional(incidentId),
  withdrawn: z.exactOptional(z.array(fact)),
}) satisfies z.ZodType<Incident>;

const onFact = { fact: factId };
const change = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('new_fact'), ...onFact }),
  z.looseObject({ kind: z.literal('status'), ...onFact, was: status, now: status }),
  z.looseObject({ kind: z.literal('phase'), ...onFact, was: z.exactOptional(phase), now: phase }),
  z.looseObject({
    kind: z.literal('figure'),
    ...onFact,
    origin: z.string(),
    was: z.exactOptional(figure),
    now: figure,
  }),
  z.looseObject({
    kind: z.literal(['place', 'destination']),
    ...onFact,
    places: z.array(placeRef),
    origin: z.string(),
  }),
  z.looseObject({ kind: z.literal('standing'), ...onFact, was: standing, now: standing }),
  z.looseObject({ kind: z.literal(['denial', 'support']), ...onFact, origin: z.string() }),
  z.looseObject({ kind: z.literal('quiet'), ...onFact, days: z.number() }),
  z.looseObject({
    kind: z.literal(['merged', 'absorbed', 'parted', 'resumed']),
    ...onFact,
    other: incidentId,
    lead: fact,
  }),
  z.looseObject({ kind: z.literal('gone'), ...onFact, was: fact }),
  z.looseObject({ kind: z.literal('figure_gone'), ...onFact, was: figure, origin: z.string() }),
  z.looseObject({ kind: z.literal('place_gone'), ...onFact, places: z.array(placeRef) }),
]) satisfies z.ZodType<Change>;

const correction = z.looseObject({
  id: correctionId,
  kind: z.enum(['retraction', 'revision']),
  report: reportId,
  by: z.string(),
  reason: z.string(),
  published: z.boolean(),
}) satisfies z.ZodType<CorrectionNote>;

const ruling = z.looseObject({
  id: rulingId,
  kind: z.enum(['same', 'apart']),
  reason: z.string(),
}) satisfies z.ZodType<RulingNote>;

export const update = z.looseObject({
  id: updateId,
  incident: incidentId,
  revision: z.int(),
  report: reportId,
  at: instant,
  kinds: z.array(z.enum(UPDATE_KINDS)),
  changes: z.array(change),
  broadcast: z.boolean(),
  reason,
  correction: z.exactOptional(correction),
  ruling: z.exactOptional(ruling),
}) satisfies z.ZodType<Update>;
