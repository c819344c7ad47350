import type { PlaceMention } from '../../model/place.ts';
import { isLink, type VerbGroup } from '../syntax/chunk.ts';
import { type Clauses, rightSide, skip } from '../syntax/clause.ts';
import type { Context } from './context.ts';
import { placesOf } from './places.ts';
import type { Proposal } from './proposal.ts';
import { uniquePlaces } from './filled.ts';

/** How many sentences behind "14 villages" their names may stand. */
const AHEAD = 2;
const GROUND = new Set(['control', 'held', 'advance', 'siege']);
/** What a sentence that names them starts with. */
const PICKS_UP =
  /^(?:they|these|those|gains?|advances?|areas|villages|towns|cities|districts|neighbou?rhoods|settlements|localities|positions|points|sites|hills|bases|checkpoints|territories|fields)$/;

/**
 * "took 14 villages in Hama. They include Suran and Halfaya": puts the names where only their number and what they lie in
 * were given.
 */
export function withNames(context: Context, proposals: readonly Proposal[]): readonly Proposal[] {
  const used = new Set<number>();
  const named = proposals.map((proposal) => {
    if (!GROUND.has(proposal.type) || !proposal.part || !/^(?:container|topic)$/.test(proposal.how))
      return proposal;
    for (let next = proposal.sentence + 1; next <= proposal.sentence + AHEAD; next += 1) {
      const places = listIn(context, context.sentences[next]);
      if (places.length === 0) continue;
      used.add(next);
      const how = places.some(({ id }) => id === undefined) ? ('provisional' as const) : ('named' as const);
      return { ...proposal, places, how, part: false };
    }
    return proposal;
  });
  return named.filter(({ rule, sentence }) => !(rule === 'taken-are' && used.has(sentence)));
}

/** The places that a sentence lists as being those told of before it. */
function listIn(context: Context, clauses: Clauses | undefined): readonly PlaceMention[] {
  if (clauses === undefined) return [];
  const { chunks, ground } = clauses;
  const first = chunks.findIndex((chunk) => chunk.kind === 'np');
  const np = chunks[first];
  if (np?.kind !== 'np' || !(np.definite || np.pronoun) || np.places.length > 0) return [];
  const lead = chunks[skip(chunks, first - 1, -1)];
  const word = ground.tokens[np.head]?.norm ?? '';
  if (!PICKS_UP.test(word) || (lead !== undefined && !isLink(lead, 'preposition', 'break'))) return [];
  const at = chunks.findIndex((chunk, i) => i > first && chunk.kind === 'vg' && isList(chunk));
  if (at < 0) return [];
  const { objects, adjuncts } = rightSide(clauses, at, true);
  const including = adjuncts
    .filter(({ prep }) => /^(?:including|such as)$/.test(prep))
    .flatMap(({ args }) => args);
  const args = including.length > 0 ? including : objects;
  const found = args.map((arg) => placesOf(context, clauses, arg, { provisional: true, topic: false }));
  if (found.some((where) => where === undefined || !/^(?:named|provisional)$/.test(where.how))) return [];
  return uniquePlaces(found.flatMap((where) => where?.places ?? []));
}

const isList = ({ lemma, negated, passive }: VerbGroup): boolean =>
  /^(?:be|include|comprise)$/.test(lemma) && !negated && !passive;
