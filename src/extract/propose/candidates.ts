import type { TokenSpan } from '../../model/reading.ts';
import type { FrameEntry } from '../lexicon/entries.ts';
import type { Word } from '../lexicon/lexicon.ts';
import type { NumberedTrigger } from '../lexicon/triggers.ts';
import type { Ground } from '../syntax/ground.ts';
import { compoundsIn } from './heads.ts';

const NOTHING: ReadonlySet<FrameEntry> = new Set();

/**
 * The patterns that can apply in a sentence, by its words alone: one of their verbs or nouns stands in it, and what else
 * they need. A sentence that has none needs no syntax.
 */
export function candidatesIn(ground: Ground, sentence: TokenSpan): ReadonlySet<FrameEntry> {
  const { wordAt, lexicon } = ground;
  const compounds = compoundsIn(ground.tokens, sentence).map((compound) => lexicon.word(compound));
  if (!compounds.some(isTrigger) && !hasTrigger(ground, sentence)) return NOTHING;
  const met = new Array<boolean>(lexicon.needs).fill(false);
  for (const compound of compounds) meet(compound, met);
  for (let at = sentence.first; at < sentence.last; at += 1) meet(wordAt[at], met);
  const candidates = new Set<FrameEntry>();
  for (const { triggers } of compounds) addMet(triggers, met, candidates);
  for (let at = sentence.first; at < sentence.last; at += 1) {
    const word = wordAt[at];
    if (word !== undefined && isTrigger(word)) addMet(triggersOf(ground, at, word), met, candidates);
  }
  return candidates;
}

const isTrigger = ({ triggers }: Word): boolean => triggers.length > 0;

function hasTrigger({ wordAt }: Ground, { first, last }: TokenSpan): boolean {
  for (let at = first; at < last; at += 1) {
    const word = wordAt[at];
    if (word !== undefined && isTrigger(word)) return true;
  }
  return false;
}

function meet(word: Word | undefined, met: boolean[]): void {
  if (word !== undefined) for (const need of word.meets) met[need] = true;
}

function addMet(
  triggers: readonly NumberedTrigger[],
  met: readonly boolean[],
  candidates: Set<FrameEntry>,
): void {
  for (const { frame, needs } of triggers) if (areMet(needs, met)) candidates.add(frame);
}

function areMet(needs: readonly number[], met: readonly boolean[]): boolean {
  for (const need of needs) if (met[need] !== true) return false;
  return true;
}

/** A word inside a name is no verb ("government forces"), and one inside a place's name no noun that tells of anything. */
function triggersOf(ground: Ground, at: number, word: Word): readonly NumberedTrigger[] {
  const place = ground.placeAt[at] !== undefined;
  const named = place || ground.actorAt[at] !== undefined || ground.dateAt[at] !== undefined;
  if (!named || isAuxiliary(word)) return word.triggers;
  return place ? [] : word.triggers.filter((trigger) => trigger.as === 'noun');
}

/** Auxiliaries head a verb group from wherever its chain has them. */
const isAuxiliary = ({ classes }: Word): boolean =>
  classes.has('be') || classes.has('have') || classes.has('do');
