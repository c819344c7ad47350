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
  const { tokens, wordAt, lexicon } = ground;
  const triggers: NumberedTrigger[] = [];
  const met = new Uint8Array(lexicon.needs);
  for (let at = sentence.first; at < sentence.last; at += 1) {
    const word = wordAt[at];
    if (word === undefined) continue;
    if (word.meets.length > 0) for (const need of word.meets) met[need] = 1;
    if (word.triggers.length > 0) addTriggers(ground, at, word, triggers);
  }
  for (const compound of compoundsIn(tokens, sentence)) {
    const word = lexicon.word(compound);
    for (const need of word.meets) met[need] = 1;
    triggers.push(...word.triggers);
  }
  if (triggers.length === 0) return NOTHING;
  const candidates = new Set<FrameEntry>();
  for (const { frame, needs } of triggers) if (areMet(needs, met)) candidates.add(frame);
  return candidates;
}

function areMet(needs: readonly number[], met: Uint8Array): boolean {
  for (const need of needs) if (met[need] !== 1) return false;
  return true;
}

/** A word inside a name is no verb ("government forces"), and one inside a place's name no noun that tells of anything. */
function addTriggers(ground: Ground, at: number, word: Word, triggers: NumberedTrigger[]): void {
  const place = ground.placeAt[at] !== undefined;
  const named = place || ground.actorAt[at] !== undefined || ground.dateAt[at] !== undefined;
  if (!named || isAuxiliary(word)) triggers.push(...word.triggers);
  else if (!place) for (const trigger of word.triggers) if (trigger.as === 'noun') triggers.push(trigger);
}

/** Auxiliaries head a verb group from wherever its chain has them. */
const isAuxiliary = ({ classes }: Word): boolean =>
  classes.has('be') || classes.has('have') || classes.has('do');
