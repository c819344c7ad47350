import type { ActorIndex, ActorMention } from '../model/actor.ts';
import type { Claim, IncidentFamily, Origin } from '../model/incident.ts';
import { placeRef, type PlaceRef } from '../model/place.ts';
import type { Report } from '../model/report.ts';
import type { StoredStatement } from '../model/statement.ts';
import { statementDay, type Dated } from './days.ts';
import type { Origins } from './origin.ts';
import { alike } from './sides.ts';
import { isGround } from './triage.ts';
import type { Knowledge } from './types.ts';

/**
 * What is matched to incidents: a statement with its places resolved and the claims that it makes. Of a statement on ground
 * at several places there is one for each place: two villages taken on one day are two happenings.
 */
export interface Unit {
  readonly statement: StoredStatement;
  readonly family: IncidentFamily;
  readonly places: readonly PlaceRef[];
  readonly toPlaces: readonly PlaceRef[];
  readonly viaPlaces: readonly PlaceRef[];
  readonly dated: Dated;
  /** The statement's own, then one for each other speaker's figure. */
  readonly claims: readonly Claim[];
}

const MAX_QUOTE = 300;

function quoteOf({ span: [start, end] }: StoredStatement, report: Report): string {
  const words = report.body.slice(start, end).replace(/\s+/gu, ' ').trim();
  return words.length <= MAX_QUOTE ? words : `${words.slice(0, words.lastIndexOf(' ', MAX_QUOTE))}…`;
}

/** Who gains and who loses if the statement is true. */
function stakes(statement: StoredStatement): {
  readonly gains: readonly ActorMention[];
  readonly loses: readonly ActorMention[];
} {
  const { type, status, phase, to = [], from = [] } = statement;
  // Repelled, or a siege that ends: the other side's success.
  const turned = status === 'failed' || (type === 'siege' && (phase === 'broken' || phase === 'eased'));
  if (isGround(type)) return turned ? { gains: from, loses: to } : { gains: to, loses: from };
  return type === 'withdrawal' ? { gains: [], loses: from } : { gains: [], loses: [] };
}

/** What an origin's word is worth on a statement: does it gain by it, or admit a loss? */
function stanceOf(statement: StoredStatement, { alignment }: Origin, actors: ActorIndex): Claim['stance'] {
  if (statement.status === 'denied') return 'denies';
  if (alignment === undefined) return 'says';
  const self: ActorMention = { text: alignment, id: alignment };
  const { gains, loses } = stakes(statement);
  const among = (side: readonly ActorMention[]): boolean => side.some((actor) => alike(self, actor, actors));
  if (among(gains)) return 'gains';
  if (among(loses)) return 'admits';
  // That the enemy has left is a party's own success, whoever else it names.
  return statement.type === 'withdrawal' && loses.length > 0 ? 'gains' : 'says';
}

export function claimsOf(
  statement: StoredStatement,
  report: Report,
  origins: Origins,
  actors: ActorIndex,
): readonly Claim[] {
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
  });
  const counts = [...(statement.people ? [statement.people] : []), ...figures.filter(({ by }) => !by)];
  return [
    claim(own, counts),
    ...figures.flatMap(({ by, ...figure }) => (by ? [claim(origins.of(by), [figure])] : [])),
  ];
}

/** @param origins of the report that the statement stands in. */
export function unitsOf(
  statement: StoredStatement,
  report: Report,
  origins: Origins,
  knowledge: Knowledge,
): readonly Unit[] {
  const refs = (mentions: StoredStatement['places'] = []): readonly PlaceRef[] => [
    ...new Map(
      mentions.map((mention) => placeRef(mention, knowledge.places)).map((ref) => [ref.key, ref]),
    ).values(),
  ];
  const places = refs(statement.places);
  const ground = isGround(statement.type);
  const unit = (at: readonly PlaceRef[]): Unit => ({
    statement,
    family: ground ? 'ground' : 'movement',
    places: at,
    toPlaces: refs(statement.toPlaces),
    viaPlaces: refs(statement.viaPlaces),
    dated: statementDay(statement, report),
    claims: claimsOf(statement, report, origins, knowledge.actors),
  });
  return ground ? places.map((place) => unit([place])) : [unit(places)];
}
