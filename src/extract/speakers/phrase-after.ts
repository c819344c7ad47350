import { singular } from './naming.ts';
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

/** "a statement released on Saturday by the council". */
const RELEASED =
  /^(?:released|issued|published|posted|carried|on|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/;

/** "the Twitter account of the Islamic Front". */
function mouthpieceOf(ground: Ground, last: number): Phrase | undefined {
  if (!ground.words.mouthpieces.has(ground.norm(last - 1))) return undefined;
  let link = last;
  while (link < last + 3 && RELEASED.test(ground.norm(link))) link += 1;
  if (!/^(?:of|by|from)$/.test(ground.norm(link))) return undefined;
  const start = ground.isDeterminer(link + 1) ? link + 2 : link + 1;
  const actor = ground.byFirst.get(link + 1) ?? ground.byFirst.get(start);
  if (actor !== undefined) return actorPhrase(ground, actor, last);
  let end = start;
  while (
    ground.isCapital(end) ||
    (end > start && /^(?:of|for)$/.test(ground.norm(end)) && ground.isCapital(end + 1))
  )
    end += 1;
  if (end - start < 2) return undefined;
  return {
    first: last,
    last: end,
    kind: 'noun',
    name: ground.text(start, end),
    head: singular(ground.norm(last - 1)),
  };
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
