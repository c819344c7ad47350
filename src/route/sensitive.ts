import type { Fact, Incident } from '../model/incident.ts';
import type { Discretion, SensitiveType, SensitivityRules } from '../model/sensitivity.ts';
import { instant, type Instant } from '../model/time.ts';

const CIVILIANS: ReadonlySet<string> = new Set(['civilians', 'families', 'wounded', 'people']);

const isKind = (type: Fact['type'], rules: SensitivityRules): type is SensitiveType =>
  Object.hasOwn(rules, type);

/** Fighters who leave are a side's own matter; with families or wounded among them they are not. */
const movesCivilians = ({ from, claims }: Fact): boolean =>
  from.length === 0 || claims.some(({ figures }) => figures.some(({ unit }) => CIVILIANS.has(unit)));

/** How a fact may be told where nobody is known to be trusted. What is over, or called off, endangers nobody any more. */
function ofFact(fact: Fact, rules: SensitivityRules): Discretion {
  const { type } = fact;
  return fact.status === 'ongoing' && isKind(type, rules) && movesCivilians(fact) ? rules[type] : 'off';
}

/** The strictest that any of its facts asks for. */
export function discretionOf({ facts }: Incident, rules: SensitivityRules): Discretion {
  const asked = facts.map((fact) => ofFact(fact, rules));
  if (asked.includes('delay')) return 'delay';
  return asked.includes('coarse') ? 'coarse' : 'off';
}

/** Until when what is under way is not told in full. */
export const withheldUntil = (now: Instant, { delayMinutes }: SensitivityRules): Instant =>
  instant(Date.parse(now) + delayMinutes * 60_000);
