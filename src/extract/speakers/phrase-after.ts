import { PHRASE_REACH, type Ground } from './ground.ts';
import { actorPhrase, endingAt, PRONOUNS, type Phrase } from './phrase.ts';

/** The phrase that starts at `start`, behind "according to", "said" or "by". */
export function phraseAfter(ground: Ground, start: number, ceiling: number): Phrase | undefined {
  const at = ground.isDeterminer(start) ? start + 1 : start;
  if (PRONOUNS.has(ground.norm(at))) return undefined;
  let last = at;
  while (last < ceiling && last < at + PHRASE_REACH && continues(ground, last, at)) {
    const actor = ground.byFirst.get(last);
    last = actor !== undefined && actor.last <= ceiling ? actor.last : last + 1;
    if (ends(ground, last)) break;
  }
  if (last === at) return undefined;
  const phrase = mouthpieceOf(ground, last) ?? endingAt(ground, last, start);
  return phrase === undefined ? undefined : { ...phrase, first: start, last: Math.max(last, phrase.last) };
}

/** "the Twitter account of the Islamic Front". */
function mouthpieceOf(ground: Ground, last: number): Phrase | undefined {
  if (!ground.words.mouthpieces.has(ground.norm(last - 1)) || !/^(?:of|by|from)$/.test(ground.norm(last)))
    return undefined;
  const actor = ground.byFirst.get(last + 1) ?? ground.byFirst.get(last + 2);
  return actor === undefined ? undefined : actorPhrase(ground, actor, last);
}

function continues(ground: Ground, at: number, start: number): boolean {
  return (
    ground.byFirst.has(at) ||
    ground.isCapital(at) ||
    ground.isSpeaker(at) ||
    ground.isHyphen(at) ||
    ground.words.modifiers.has(ground.norm(at)) ||
    (at > start && ground.words.particles.has(ground.norm(at)))
  );
}

/** A noun in small letters ends the phrase, unless a name or another noun of the phrase follows. */
function ends(ground: Ground, last: number): boolean {
  if (!ground.isSpeaker(last - 1) || !/^\p{Ll}/u.test(ground.tokens[last - 1]?.text ?? '')) return false;
  const named = ground.words.titles.has(ground.norm(last - 1)) && ground.isCapital(last);
  return !named && !ground.isSpeaker(last);
}
