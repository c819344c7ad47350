import type { ActorMention } from '../../src/model/actor.ts';
import { factId, incidentId } from '../../src/model/ids.ts';
import type { Claim, Fact, Incident, Standing } from '../../src/model/incident.ts';
import type { PlaceRef } from '../../src/model/place.ts';
import type { StatementType } from '../../src/model/statement.ts';
import type { Instant } from '../../src/model/time.ts';

export interface SampleFact {
  readonly type: StatementType;
  readonly place: PlaceRef;
  readonly to?: ActorMention;
  readonly from?: ActorMention;
  readonly standing: Standing;
  readonly claim: Claim;
}

const factOf = (id: string, { type, place, to, from, standing, claim }: SampleFact, at: Instant): Fact => ({
  id: factId(id),
  type,
  status: 'happened',
  part: false,
  places: [place],
  toPlaces: [],
  viaPlaces: [],
  to: to ? [to] : [],
  from: from ? [from] : [],
  parties: [],
  date: at.slice(0, 10),
  datePrecision: 'day',
  standing,
  why: { key: `standing.${standing}`, values: { origins: claim.origin.name } },
  claims: [claim],
});

/** An incident of a few facts, opened and last moved at one moment. */
export const incidentWith = (sample: {
  readonly id: string;
  readonly at: Instant;
  readonly facts: readonly SampleFact[];
}): Incident => ({
  id: incidentId(sample.id),
  family: 'ground',
  state: 'open',
  revision: 1,
  opened: sample.at,
  lastActivity: sample.at,
  facts: sample.facts.map((fact, index) => factOf(`${sample.id}_f${index}`, fact, sample.at)),
  accounts: [],
  maybeSame: [],
});
