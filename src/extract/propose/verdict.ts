import type { Effect, EffectEntry } from '../lexicon/entries.ts';
import type { VerbGroup } from '../syntax/chunk.ts';
import type { Context } from './context.ts';

/** What the governing words make of a verb group. */
export interface Verdict {
  /** `open`: announced, tried for, expected. `void`: nothing is stated. */
  readonly is: 'happened' | 'ongoing' | 'open' | 'failed' | 'denied' | 'void';
  readonly negated: boolean;
  /** Finite present tense without aspect: "controls", "captures". */
  readonly present: boolean;
  /** Chunk indices of the speech verbs that it hangs on, innermost first. */
  readonly speech: readonly number[];
  /** Why, for the trace. */
  readonly why: readonly string[];
}

const HYPOTHETICAL = /^(?:could|can|may|might|couldnt|cannot|cant)$/;

export type Is = Verdict['is'];

export const verdict = (is: Is, why: string, group?: VerbGroup): Verdict => ({
  is,
  negated: group?.negated ?? false,
  present: group?.form === 'present' && !group.perfect && !group.progressive && group.modal === undefined,
  speech: [],
  why: [why],
});

/** What the verb group says by itself. */
export function own(group: VerbGroup): Verdict {
  if (group.modal !== undefined) {
    // "could not leave the town"
    if (group.negated && /^(?:could|couldnt)$/.test(group.modal) && !group.perfect)
      return { ...verdict('failed', 'could not'), why: ['could not', 'fail'] };
    if (HYPOTHETICAL.test(group.modal) || group.perfect)
      return verdict('void', `modal ${group.modal}`, group);
    return verdict('open', `modal ${group.modal}`, group);
  }
  if (nearly(group.adverbs)) return verdict('void', 'nearly', group);
  if (group.progressive) return verdict('ongoing', 'progressive', group);
  return verdict('happened', group.form, group);
}

/** "almost captured the town": it did not; "almost completely surrounded it": it did, for the most part. */
const nearly = (adverbs: readonly string[]): boolean =>
  adverbs.some((word) => /^(?:almost|nearly)$/.test(word)) &&
  !adverbs.some((word) => /^(?:completely|entirely|fully|totally)$/.test(word));

/** The effect of the verb group's lemma, with its particle first. */
export function effectOf(context: Context, group: VerbGroup): EffectEntry | undefined {
  return (
    (group.particle === undefined
      ? undefined
      : context.lexicon.verbEffect(`${group.lemma} ${group.particle}`)) ??
    context.lexicon.verbEffect(group.lemma)
  );
}

export const BY_EFFECT: Readonly<Record<Effect, (mine: Verdict) => Is>> = {
  real: (mine) => mine.is,
  begun: (mine) => (mine.is === 'happened' ? 'ongoing' : mine.is),
  say: (mine) => mine.is,
  open: (mine) => (mine.is === 'failed' || mine.is === 'void' || mine.is === 'denied' ? mine.is : 'open'),
  failed: (mine) => (mine.is === 'void' ? 'void' : 'failed'),
  denied: (mine) => (mine.is === 'void' ? 'void' : 'denied'),
  void: () => 'void',
};

export function wordsOf(context: Context, chunk: { first: number; last: number }): string[] {
  return context.ground.tokens.slice(chunk.first, chunk.last).map((token) => token.norm);
}
