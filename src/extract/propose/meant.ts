import type { ActorSpan } from '../../model/reading.ts';
import { isFinite, isLink } from '../syntax/chunk.ts';
import { type Clauses, skip } from '../syntax/clause.ts';
import { capitalised } from '../syntax/ground.ts';
import type { Context } from './context.ts';

/**
 * Whom "it" or "they" before a token most likely mean: of the parties in its sentence and the one before, who acts as
 * a subject rather than who is named last. Who acts in a sentence does not mean himself by its "them".
 */
export function partyBefore(context: Context, before: number, object = false): ActorSpan | undefined {
  const sentence = context.reading.tokens[before]?.sentence ?? 0;
  let found: ActorSpan | undefined;
  let most = -Infinity;
  const single = /^its?$/.test(context.reading.tokens[before]?.norm ?? '');
  const from = context.reading.sentences[Math.max(0, sentence - 1)]?.first ?? 0;
  for (const mark of new Set(context.ground.actorAt.slice(from, before))) {
    if (mark === undefined || mark.role === 'speaker' || mark.epithet === 'backer') continue;
    if (single && isMany(context, mark)) continue;
    const back = sentence - (context.reading.tokens[mark.first]?.sentence ?? 0);
    const acts = isSubject(context, mark);
    if (acts && object && back === 0) continue;
    // "… the fight with the rebels until they leave": whom its own sentence names.
    const own = object && back === 0 ? 2 : 0;
    const weight = own + (acts ? 2 : 0) - back - (mark.epithet === 'holder' ? 1 : 0);
    if (weight >= most) {
      found = mark;
      most = weight;
    }
  }
  return found;
}

/** "Two months after it lost the town, the army …": who acts in the main clause. */
export function partyAhead(context: Context, { chunks }: Clauses, at: number): ActorSpan | undefined {
  if (chunks.slice(0, at).some(({ kind }) => kind === 'vg')) return undefined;
  const comma = chunks.findIndex((chunk, i) => i > at && isLink(chunk, 'comma'));
  const main = comma < 0 ? undefined : chunks[skip(chunks, comma + 1)];
  const party = main?.kind === 'np' ? context.ground.actorAt[main.head] : undefined;
  return party?.role === 'party' && !isMany(context, party) ? party : undefined;
}

const SOME_OF =
  /^(?:\d+|some|most|many|all|several|dozens|scores|hundreds|thousands|members|number|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twenty|thirty|forty|fifty)$/;

/** "Ukrainian troops", not "the Rapid Support Forces": "it" is somebody else. */
const isMany = ({ ground: { tokens }, lexicon }: Context, { last }: ActorSpan): boolean => {
  const { norm = '', text = '' } = tokens[last - 1] ?? {};
  return norm.endsWith('s') && !capitalised(text) && lexicon.nounClasses(norm).has('troops');
};

/** Whether a finite verb follows the phrase that the party heads, and no preposition leads to it. */
function isSubject(context: Context, mark: ActorSpan): boolean {
  const clauses = context.sentences[context.reading.tokens[mark.first]?.sentence ?? -1];
  const at = clauses?.chunks.findIndex((chunk) => chunk.first <= mark.first && mark.last <= chunk.last) ?? -1;
  const np = clauses?.chunks[at];
  if (clauses === undefined || np?.kind !== 'np' || np.head >= mark.last) return false;
  const link = clauses.chunks[skip(clauses.chunks, at - 1, -1)];
  const counted = clauses.chunks[skip(clauses.chunks, at - 2, -1)];
  // "fourteen of the rebels were killed"
  const some =
    isLink(link, 'preposition') &&
    link.word === 'of' &&
    counted?.kind === 'np' &&
    SOME_OF.test(context.ground.tokens[counted.head]?.norm ?? '');
  // "…, as Russia announced", "after Russia left": it opens a clause there.
  if (isLink(link, 'preposition') && !/^(?:as|after|before|since|until)$/.test(link.word) && !some)
    return false;
  let next = skip(clauses.chunks, at + 1);
  if (isLink(clauses.chunks[next], 'relative')) next = skip(clauses.chunks, next + 1);
  const verb = clauses.chunks[next];
  return verb?.kind === 'vg' && isFinite(verb);
}
