import type { Sentence } from '../../model/reading.ts';
import { isLink } from '../syntax/chunk.ts';
import { type Clauses, skip } from '../syntax/clause.ts';
import { coordinated } from '../syntax/coordination.ts';
import type { Context } from './context.ts';
import { uniquePlaces } from './filled.ts';
import { ownersIn } from './forces.ts';
import { headIs } from './heads.ts';
import type { Proposal } from './proposal.ts';
import { verdict } from './verdict.ts';

const MARK = /^(?:[:–—-]|--)$/;

/** A line of a bulletin without a verb: "Nyala: in RSF hands", "Kutum – under army control". */
export function heldInList(context: Context, clauses: Clauses, sentence: Sentence): Proposal[] {
  const { chunks } = clauses;
  return chunks.flatMap((name, at): Proposal[] => {
    const mark = skip(chunks, at + 1);
    const prep = chunks[mark + 1];
    const hands = chunks[mark + 2];
    const entry = context.lexicon.frame('under-control');
    if (
      entry === undefined ||
      name.kind !== 'np' ||
      name.places.length === 0 ||
      !isLink(chunks[mark], 'break') ||
      !MARK.test(chunks[mark].word) ||
      !isLink(prep, 'preposition') ||
      !/^(?:in|under|within)$/.test(prep.word) ||
      hands?.kind !== 'np' ||
      !headIs(context, { np: hands, at: mark + 2 }, 'custody') ||
      chunks.slice(0, at).some(({ kind }) => kind === 'vg')
    )
      return [];
    const to = ownersIn(context, { np: hands, at: mark + 2 });
    const names = coordinated(clauses, at);
    if (to.length === 0) return [];
    return [
      {
        rule: entry.id,
        type: entry.type,
        verdict: { ...verdict('ongoing', 'no verb'), present: true },
        part: names.some(({ np }) => np.places.some(({ part }) => part !== undefined)),
        how: 'named',
        places: uniquePlaces(names.flatMap(({ np }) => np.places.map(({ mention }) => mention))),
        toPlaces: [],
        viaPlaces: [],
        to,
        from: [],
        parties: [],
        span: { first: Math.min(name.first, ...names.map(({ np }) => np.first)), last: hands.last },
        sentence: sentence.index,
        at: mark + 2,
        confidence: entry.confidence,
      },
    ];
  });
}
