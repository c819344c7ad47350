import type { Incident } from '../../model/incident.ts';
import { withoutIdle } from '../contrary.ts';
import { factsOf } from '../fact.ts';
import type { Knowledge } from '../types.ts';
import { accountOf, unitsIn } from '../unit.ts';
import { claimsLeft, type TakenBack } from './left.ts';

/**
 * The incident as the claims make it that are left. Facts that nobody's word stands for any more are kept aside.
 * @param told the facts as its readers know them.
 */
export function withdrawnFrom(
  incident: Incident,
  told: Incident['facts'],
  taken: TakenBack,
  knowledge: Knowledge,
): Incident {
  const left = unitsIn(incident)
    .map((unit) => ({ ...unit, claims: claimsLeft(unit.claims, taken) }))
    .filter(({ claims }) => claims.length > 0);
  const units = withoutIdle(left, knowledge);
  const facts = factsOf(units, incident.facts, knowledge);
  const gone = told.filter(({ id }) => !facts.some((fact) => fact.id === id));
  const withdrawn = [...(incident.withdrawn ?? []), ...gone];
  return {
    ...incident,
    facts,
    accounts: units.map(accountOf),
    ...(withdrawn.length > 0 && { withdrawn }),
    state: facts.length === 0 ? 'closed' : incident.state,
  };
}
