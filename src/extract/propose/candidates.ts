import type { TokenSpan } from '../../model/reading.ts';
import type { FrameEntry } from '../lexicon/entries.ts';
import type { Word } from '../lexicon/lexicon.ts';
import type { Ground } from '../syntax/ground.ts';
import { compoundsIn } from './heads.ts';

const NOTHING: ReadonlySet<FrameEntry> = new Set();

/**
 * The patterns that can apply in a sentence, by its words alone: one of their verbs or nouns stands in it, and what else
 * they need. Most sentences have none and need no syntax.
 */
export function candidatesIn(ground: Ground, sentence: TokenSpan): ReadonlySet<FrameEntry> {
  const { tokens, wordAt, lexicon } = ground;
  const triggering: Word[] = [];
  const met = new Uint8Array(lexicon.needs);
  const note = (word: Word): void => {
    if (word.triggers.length > 0) triggering.push(word);
    for (const need of word.meets) met[need] = 1;
  };
  for (let at = sentence.first; at < sentence.last; at += 1) {
    const word = wordAt[at];
    if (word !== undefined) note(word);
  }
  for (const compound of compoundsIn(tokens, sentence)) note(lexicon.word(compound));
  if (triggering.length === 0) return NOTHING;
  const candidates = new Set<FrameEntry>();
  for (const { triggers } of triggering)
    for (const { frame, needs } of triggers)
      if (needs.every((need) => met[need] === 1)) candidates.add(frame);
  return candidates;
}
