import type { FrameEntry } from '../lexicon/entries.ts';
import { isLink } from '../syntax/chunk.ts';
import {
  type Adjunct,
  type Argument,
  type Clauses,
  type RightSide,
  rightSide,
  skip,
} from '../syntax/clause.ts';
import { antecedentOf } from '../syntax/relative.ts';
import type { Context } from './context.ts';
import { headIs } from './heads.ts';

/** What hangs on prepositions, the verb's own and those that its clause has elsewhere. */
export function adjunctsOf(
  context: Context,
  clauses: Clauses,
  at: number,
  frame: FrameEntry,
  right: RightSide,
  ofSubject: readonly Adjunct[],
): readonly Adjunct[] | undefined {
  if (frame.then.length > 0) return followed(clauses, right.end, frame);
  const { type, status } = frame;
  return [
    ...right.adjuncts,
    ...(type === 'advance' || type === 'siege' ? relativeAdjuncts(clauses, at) : []),
    ...ofSubject,
    ...(type === 'siege' ? behindNoun(context, clauses, right, 'siege', IMPOSES) : []),
    ...(status === 'failed' ? behindNoun(context, clauses, right, 'assault', LAUNCHES) : []),
  ];
}

/** "Dabiq, which rebels push towards", "the province where they advance": the place stands before its clause. */
function relativeAdjuncts(clauses: Clauses, at: number): readonly Adjunct[] {
  const { chunks } = clauses;
  for (let i = at - 1; i >= 0; i -= 1) {
    const chunk = chunks[i];
    if (isLink(chunk, 'relative')) {
      const args = antecedentOf(clauses, i)[0];
      const left = chunks[at + 1];
      const stranded = isLink(left, 'preposition') && chunks[skip(chunks, at + 2)]?.kind !== 'np';
      const prep = chunk.word === 'where' ? 'in' : stranded && chunk.word === 'which' ? left.word : undefined;
      return args === undefined || prep === undefined ? [] : [{ prep, args }];
    }
    if (chunk?.kind !== 'np' && !isLink(chunk, 'preposition', 'adverb')) return [];
  }
  return [];
}

/**
 * "broke the siege imposed on the town", "lifted a siege that they had laid to it": where the siege is; "repelled an attack
 * launched by the group": whose attack.
 */
function behindNoun(
  context: Context,
  clauses: Clauses,
  { objects, end }: RightSide,
  is: string,
  verbs: RegExp,
): readonly Adjunct[] {
  const [noun] = objects;
  if (noun === undefined || !headIs(context, noun, is)) return [];
  const { chunks } = clauses;
  // The participle may stand within what belongs to the verb.
  let i = is === 'assault' ? skip(chunks, noun.at + 1) : skip(chunks, end);
  if (isLink(chunks[i], 'relative', 'complementizer')) i = skip(chunks, i + 1);
  if (chunks[i]?.kind === 'np') i = skip(chunks, i + 1);
  const verb = chunks[i];
  return verb?.kind === 'vg' && verbs.test(verb.lemma) ? rightSide(clauses, i, false).adjuncts : [];
}

/** "The siege of the town was lifted": what hangs on the noun that a passive is said of. */
export function onSubject(
  clauses: Clauses,
  { type }: FrameEntry,
  voice: 'active' | 'passive' | 'described',
  left: () => readonly (readonly Argument[])[],
): readonly Adjunct[] {
  const first = type === 'siege' && voice === 'passive' ? left()[0]?.[0] : undefined;
  return first === undefined ? [] : rightSide(clauses, first.at, false).adjuncts;
}

const LAUNCHES = /^(?:launch|mount|stage|carry|conduct|wage)$/;
const IMPOSES = /^(?:impose|lay|enforce|place|put|maintain)$/;

/** What hangs on the infinitive behind the object: "to retreat from the town", "to leave the town". */
function followed(clauses: Clauses, end: number, frame: FrameEntry): readonly Adjunct[] | undefined {
  const at = skip(clauses.chunks, end);
  const verb = clauses.chunks[at];
  if (verb?.kind !== 'vg' || verb.form !== 'infinitive') return undefined;
  const name = verb.particle === undefined ? verb.lemma : `${verb.lemma} ${verb.particle}`;
  if (!frame.then.includes(name) && !frame.then.includes(verb.lemma)) return undefined;
  const { objects, adjuncts } = rightSide(clauses, at, true);
  return objects.length > 0 ? [{ prep: 'from', args: objects }, ...adjuncts] : adjuncts;
}
