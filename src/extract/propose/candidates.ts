import type { TokenSpan } from '../../model/reading.ts';
import type { FrameEntry } from '../lexicon/entries.ts';
import type { Word } from '../lexicon/lexicon.ts';
import type { Need } from '../lexicon/triggers.ts';
import type { Ground } from '../syntax/ground.ts';
import { compoundsIn } from './heads.ts';

/**
 * The patterns that can apply in a sentence, by its words alone: one of their verbs or nouns stands in it, and what else
 * they need. Most sentences have none and need no syntax.
 */
export function candidatesIn(ground: Ground, sentence: TokenSpan): ReadonlySet<FrameEntry> {
  const { tokens, wordAt, lexicon } = ground;
  const words: Word[] = [];
  for (let at = sentence.first; at < sentence.last; at += 1) {
    const word = wordAt[at];
    if (word !== undefined && (word.triggers.length > 0 || word.supplies.length > 0)) words.push(word);
  }
  for (const compound of compoundsIn(tokens, sentence)) words.push(lexicon.word(compound));
  const candidates = new Set<FrameEntry>();
  if (!words.some(({ triggers }) => triggers.length > 0)) return candidates;
  const supplied = new Set<string>();
  for (const { supplies } of words) for (const one of supplies) supplied.add(one);
  const isMet = (need: Need): boolean => need.some((one) => supplied.has(one));
  for (const { triggers } of words)
    for (const { frame, needs } of triggers) if (needs.every(isMet)) candidates.add(frame);
  return candidates;
}
