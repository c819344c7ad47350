import type { Sentence, TokenSpan } from '../../model/reading.ts';
import type { Frame } from './cover.ts';
import type { Ground } from './ground.ts';
import { phraseAfter } from './phrase-after.ts';
import { endingAt, type Phrase } from './phrase.ts';

/** Words that say whose word something is. */
export interface Said extends Frame {
  readonly phrase: Phrase;
  /** The speaker's words alone. */
  readonly named: TokenSpan;
  readonly verb: string;
}

/** Words of what is said before or behind the colon at least. */
const LEAST = 2;
/** Words of a speaker before the colon at most. */
const LEAD = 5;

/**
 * "Army: rebels withdrew from the town", "Rebels take the town: monitor": a headline's speaker. A state or a place at its
 * head is where it happened, "Myanmar: rebels take the prison".
 */
export function headlineFrame(ground: Ground, at: number, { first, last }: Sentence): Said | undefined {
  const lead = at - first <= LEAD && last - at > LEAST ? endingAt(ground, at, first) : undefined;
  if (lead?.first === first && speaks(ground, lead) && !isState(ground, lead))
    return { phrase: lead, named: lead, after: at + 1, order: 'headline', verb: ':' };
  const tail = at - first > LEAST ? phraseAfter(ground, at + 1, last) : undefined;
  if (tail === undefined || !speaks(ground, tail) || !endsIn(ground, tail.last, last)) return undefined;
  return { phrase: { ...tail, first: at }, named: tail, after: tail.last, order: 'trailing', verb: ':' };
}

const speaks = (ground: Ground, { kind, last }: Phrase): boolean =>
  kind === 'actor' || (kind === 'noun' && ground.isSpeaker(last - 1));

const isState = (ground: Ground, { id }: Phrase): boolean =>
  id !== undefined && ground.lexicon.get(id)?.tags.has('state') === true;

/** Nothing follows but who wrote it: "…: monitor Karim Saleh". */
function endsIn(ground: Ground, from: number, last: number): boolean {
  for (let at = from; at < last; at += 1) if (ground.norm(at) !== '.' && !ground.isCapital(at)) return false;
  return true;
}
