import type { ActorIndex, ActorMention } from '../model/actor.ts';
import type { Account, Claim, Incident, IncidentFamily, Origin } from '../model/incident.ts';
import type { ReportId } from '../model/ids.ts';
import { placeRef, type PlaceRef } from '../model/place.ts';
import type { Report } from '../model/report.ts';
import type { Figure, Statement, StoredStatement } from '../model/statement.ts';
import { isAnew } from './anew.ts';
import { counted } from './counting.ts';
import { factDay, statementDay } from './days.ts';
import type { Origins } from './origin.ts';
import { alike, overlap } from './sides.ts';
import { isGround } from './triage.ts';
import type { Knowledge } from './types.ts';

/** What is matched: an account with the claims that it makes: the statement's own, then one for each other speaker's figure. */
export interface Unit extends Account {
  readonly family: IncidentFamily;
  readonly claims: readonly Claim[];
}

const MAX_QUOTE = 300;

function quoteOf({ span: [start, end] }: StoredStatement, report: Report): string {
  const words = report.body.slice(start, end).replace(/\s+/gu, ' ').trim();
  return words.length <= MAX_QUOTE ? words : `${words.slice(0, words.lastIndexOf(' ', MAX_QUOTE))}…`;
}

/** Who gains and who loses if the statement is true. */
function stakes(statement: Statement): {
  readonly gains: readonly ActorMention[];
  readonly loses: readonly ActorMention[];
} {
  const { type, status, phase, to = [], from = [] } = statement;
  // Repelled, or a siege that ends: the other side's success.
  const turned = status === 'failed' || (type === 'siege' && (phase === 'broken' || phase === 'eased'));
  if (isGround(type)) return turned ? { gains: from, loses: to } : { gains: to, loses: from };
  return type === 'withdrawal' ? { gains: [], loses: from } : { gains: [], loses: [] };
}

/** Of whom the report does not say for whom he speaks; that it is for those who gain is the safer reading. */
const SPOKESMAN =
  /^(?:an? |the |its |their )?(?:military |army )?(?:spokes(?:man|woman|person)|commander)$/iu;

/** What an origin's word is worth on a statement: does it gain by it, or admit a loss? */
function stanceOf(statement: Statement, { alignment, name }: Origin, actors: ActorIndex): Claim['stance'] {
  if (statement.status === 'denied') return 'denies';
  const { gains, loses } = stakes(statement);
  if (alignment === undefined) return gains.length > 0 && SPOKESMAN.test(name) ? 'gains' : 'says';
  const self: ActorMention = { text: alignment, id: alignment };
  const among = (side: readonly ActorMention[]): boolean => side.some((actor) => alike(self, actor, actors));
  if (among(gains)) return 'gains';
  if (among(loses)) return 'admits';
  // That the enemy has left is a party's own success, whoever else it names.
  return statement.type === 'withdrawal' && loses.length > 0 ? 'gains' : 'says';
}

/** A report with whose word its statements are, and whose words they are. */
export interface Voiced {
  readonly report: Report;
  readonly origins: Origins;
  /** Earlier accepted reports whose words it mostly shares. */
  readonly drawsOn: readonly ReportId[];
}

const drawn = ({ drawsOn }: Voiced): { readonly drawsOn?: readonly ReportId[] } =>
  drawsOn.length > 0 ? { drawsOn } : {};

export function claimsOf(statement: StoredStatement, voiced: Voiced, actors: ActorIndex): readonly Claim[] {
  const { report, origins } = voiced;
  const own = origins.of(statement.by);
  const figures = statement.figures ?? [];
  const claim = (origin: Origin, counts: Claim['figures']): Claim => ({
    statement: statement.id,
    report: report.id,
    outlet: report.outlet,
    origin,
    stance: stanceOf(statement, origin, actors),
    figures: counts,
    quote: quoteOf(statement, report),
    at: report.published,
    ...(statement.status === 'planned' && { planned: true }),
    ...drawn(voiced),
  });
  const count = (figure: Figure): Figure => counted(figure, statement, report.body);
  const counts = [...(statement.people ? [statement.people] : []), ...figures.filter(({ by }) => !by)];
  return [
    claim(own, counts.map(count)),
    ...figures.flatMap(({ by, ...figure }) => (by ? [claim(origins.of(by), [count(figure)])] : [])),
  ];
}

/** A side that took a place from itself is a misreading: who it was is not known then. */
export function sided(statement: StoredStatement, actors: ActorIndex): StoredStatement {
  const { to = [], from = [], ...rest } = statement;
  return isGround(statement.type) && overlap(to, from, actors) ? rest : statement;
}

/** `past`: the report tells it as history, of which it is said that it happened. */
export function unitsOf(
  statement: StoredStatement,
  voiced: Voiced,
  knowledge: Knowledge,
  past = false,
): readonly Unit[] {
  const refs = (mentions: StoredStatement['places'] = []): readonly PlaceRef[] => [
    ...new Map(
      mentions.map((mention) => placeRef(mention, knowledge.places)).map((ref) => [ref.key, ref]),
    ).values(),
  ];
  const { id, type, phase, status, part, to = [], from = [], parties = [] } = statement;
  const { date, datePrecision, dateAtLatest } = statement;
  const places = refs(statement.places);
  const ground = isGround(type);
  const unit = (at: readonly PlaceRef[]): Unit => ({
    statement: id,
    report: voiced.report.id,
    at: voiced.report.published,
    type,
    ...(phase !== undefined && { phase }),
    status: past ? 'happened' : status,
    part: part ?? false,
    places: at,
    toPlaces: refs(statement.toPlaces),
    viaPlaces: refs(statement.viaPlaces),
    to,
    from,
    parties,
    ...(date !== undefined && { date }),
    ...(datePrecision !== undefined && { datePrecision }),
    ...(dateAtLatest && { dateAtLatest }),
    ...statementDay(statement, voiced.report),
    ...drawn(voiced),
    ...(isAnew(statement, voiced.report) && { anew: true as const }),
    ...(past && { past }),
    family: ground ? 'ground' : 'movement',
    claims: claimsOf(statement, voiced, knowledge.actors),
  });
  if (ground) return places.map((place) => unit([place]));
  const moved = unit(places);
  return [
    moved,
    ...(!past && admitsLoss(moved) ? places.map((place) => lossOf({ ...moved, places: [place] })) : []),
  ];
}

/** Whoever says that his own side has left all of a place says that it is lost to whoever claims to have taken it. */
const admitsLoss = ({ type, status, part, claims }: Unit): boolean =>
  type === 'withdrawal' && status === 'happened' && !part && claims[0]?.stance === 'admits';

const lossOf = (moved: Unit): Unit => ({
  ...moved,
  family: 'ground',
  type: 'control',
  toPlaces: [],
  viaPlaces: [],
  parties: [],
  claims: moved.claims.slice(0, 1).map((claim) => ({ ...claim, figures: [] })),
  implied: true,
});

/** An incident that a person put together may have accounts of both. */
const familyOf = ({ type, implied }: Account): IncidentFamily =>
  implied === true || isGround(type) ? 'ground' : 'movement';

export const accountOf = ({ family: _, claims: __, ...account }: Unit): Account => account;

/** One word for each claim of an incident from before accounts were kept: all that is left of it is what its fact says. */
function fromFacts({ facts, accounts }: Incident): readonly Account[] {
  const kept = new Set(accounts.map(({ statement }) => statement));
  return facts.flatMap((fact) => {
    const { id: _, standing: __, why: ___, claims, ...said } = fact;
    const once = new Map(claims.map((claim) => [claim.statement, claim]));
    return [...once.values()]
      .filter(({ statement }) => !kept.has(statement))
      .map((claim) => ({
        ...said,
        ...factDay(fact),
        ...(claim.stance === 'denies' && { status: 'denied' as const }),
        statement: claim.statement,
        report: claim.report,
        at: claim.at,
      }));
  });
}

/** What an incident was put together from. */
export function unitsIn(incident: Incident): readonly Unit[] {
  const claims = new Map<string, Map<string, Claim>>();
  for (const claim of incident.facts.flatMap((fact) => fact.claims)) {
    const of = claims.get(claim.statement) ?? new Map<string, Claim>();
    claims.set(claim.statement, of.set(`${claim.origin.key}|${claim.stance}`, claim));
  }
  return [...incident.accounts, ...fromFacts(incident)].map((account) => ({
    ...account,
    family: familyOf(account),
    claims: [...(claims.get(account.statement)?.values() ?? [])],
  }));
}
