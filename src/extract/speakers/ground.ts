import type { ActorId } from '../../model/ids.ts';
import { isCapitalised } from '../../model/letters.ts';
import type { ActorSpan, Token, TokenSpan } from '../../model/reading.ts';
import type { ActorLexicon } from '../actors/lexicon.ts';
import { MONTHS, WEEKDAYS } from '../dates/calendar.ts';
import { isHyphen } from '../phrases.ts';
import type { SpeakerWords } from './schema.ts';

/** How far back a phrase may start: a long title with a long name. */
export const PHRASE_REACH = 14;
const NAME_REACH = 6;
const BASED = /^(?:based|run|backed|led)$/;
/** Adjectives of peoples and directions, "Syrian", "Turkish", "Western". */
const ADJECTIVE = /(?:an|ish|i|ese|ern|ch|led)$/;
/** Titles whose bearer speaks for a state or force that an adjective before them names. */
const OFFICE =
  /^(?:minist|official|officer|spokes|president|ambassador|envoy|militar|army|government|general|colonel|commander|premier|governor|authorit|secretary|king|chief|foreign|defen[cs]e)/;

/** The text as speakers are looked for in it: words, actors, places and their neighbours. */
export class Ground {
  readonly words: SpeakerWords;
  readonly lexicon: ActorLexicon;
  readonly tokens: readonly Token[];
  readonly byFirst = new Map<number, ActorSpan>();
  readonly byLast = new Map<number, ActorSpan>();
  private readonly actorAt = new Map<number, ActorSpan>();
  private readonly places = new Set<number>();
  private readonly body: string;
  /** What "the army" means in this report. */
  private readonly government: ActorId | undefined;

  constructor(
    body: string,
    tokens: readonly Token[],
    marks: readonly (ActorSpan | (TokenSpan & { readonly kind: 'place' }))[],
    words: SpeakerWords,
    lexicon: ActorLexicon,
  ) {
    this.body = body;
    this.tokens = tokens;
    this.words = words;
    this.lexicon = lexicon;
    this.government = marks.find(
      (mark): mark is ActorSpan => mark.kind === 'actor' && mark.generic && this.isGovernment(mark.id),
    )?.id;
    for (const mark of marks) {
      if (mark.kind === 'place') for (let at = mark.first; at < mark.last; at += 1) this.places.add(at);
      else if (mark.epithet === undefined) {
        this.byFirst.set(mark.first, mark);
        this.byLast.set(mark.last, mark);
        for (let at = mark.first; at < mark.last; at += 1) this.actorAt.set(at, mark);
      }
    }
  }

  private isGovernment(id: ActorId | undefined): boolean {
    return id !== undefined && this.lexicon.get(id)?.tags.has('government') === true;
  }
  norm(at: number): string {
    return this.tokens[at]?.norm ?? '';
  }
  text(first: number, last: number): string {
    return this.body.slice(this.tokens[first]?.start ?? 0, this.tokens[last - 1]?.end ?? 0);
  }
  isHyphen(at: number): boolean {
    return isHyphen(this.tokens[at]);
  }
  /** The "al" of "al-Watan". */
  isArticle(at: number): boolean {
    return this.words.particles.has(this.norm(at)) && this.isHyphen(at + 1);
  }
  isDeterminer(at: number): boolean {
    return this.words.determiners.has(this.norm(at));
  }
  /** A noun or title that can speak. */
  isSpeaker(at: number): boolean {
    return this.words.nouns.has(this.norm(at)) || this.words.titles.has(this.norm(at));
  }
  isPossessive(at: number): boolean {
    return /['’]s$/.test(this.tokens[at]?.text ?? '');
  }
  isCapital(at: number): boolean {
    const token = this.tokens[at];
    if (token?.kind !== 'word' || !isCapitalised(token.text)) return false;
    return !WEEKDAYS.has(token.norm) && !MONTHS.has(token.norm) && !this.words.leads.has(token.norm);
  }
  /** Whether all of `[first, last)` is places' names. */
  isPlace(first: number, last: number): boolean {
    for (let at = first; at < last; at += 1) if (!this.places.has(at) && !this.isHyphen(at)) return false;
    return true;
  }
  /** A capitalised word or a known actor's last word. */
  isName(at: number): boolean {
    return this.isCapital(at) || this.byLast.has(at + 1);
  }
  actorWithin(at: number, floor: number, end: number): ActorSpan | undefined {
    const actor = this.actorAt.get(at);
    return actor !== undefined && actor.first >= floor && actor.last <= end ? actor : undefined;
  }

  /** A capitalised word that belongs to a noun: right before it, or an adjective or acronym farther off. */
  describes(at: number, adjacent: boolean): boolean {
    if (!this.isCapital(at)) return false;
    const acronym = /^\p{Lu}[\p{Lu}.]+$/u.test(this.tokens[at]?.text ?? '');
    return (
      adjacent || acronym || this.isHyphen(at + 1) || ADJECTIVE.test(this.norm(at)) || this.isCapital(at + 1)
    );
  }

  /** Over determiners and modifiers to a phrase's start. */
  widen(from: number, floor: number): number {
    let first = from;
    while (first > floor && first > from - NAME_REACH) {
      if (this.isDeterminer(first - 1)) return first - 1;
      // "London-based", "London based".
      const based = this.isHyphen(first) || BASED.test(this.norm(first));
      const modifier = this.words.modifiers.has(this.norm(first - 1)) || this.isHyphen(first - 1);
      if (!modifier && !(based && this.isCapital(first - 1))) return first;
      first -= 1;
    }
    return first;
  }

  /** Where the run of capitalised words and name particles that ends before `end` starts; `end` when there is none. */
  nameStart(end: number, floor: number): number {
    let first = end;
    while (first > floor && first > end - NAME_REACH) {
      const at = first - 1;
      const inside = first < end && (this.words.particles.has(this.norm(at)) || this.isHyphen(at));
      if ((!this.isCapital(at) && !inside) || this.words.titles.has(this.norm(at))) break;
      first = at;
    }
    // "Sample Coalition Karim Saleh": an actor or place that stands right before a name is no part of it.
    for (let at = first; at < end; at += 1) {
      const actor = this.actorAt.get(at);
      if (actor !== undefined && actor.last < end) first = actor.last;
      else if (this.places.has(at) && at + 1 < end) first = at + 1;
    }
    while (first < end && (!this.isCapital(first) || this.isDeterminer(first))) first += 1;
    // "Secretary of State John Kerry", "President of Turkey Recep …": the office, then the name.
    if (this.norm(first - 1) === 'of' && this.words.titles.has(this.norm(first - 2)) && end - first >= 3)
      first += 1;
    return first;
  }

  /** The party that the words of a title in `[first, last)` name: an actor, or a people's adjective before an office. */
  partyIn(first: number, last: number): ActorId | undefined {
    for (let at = first; at < last; at += 1) {
      const actor = this.byFirst.get(at);
      if (actor?.id !== undefined) return this.sideOf(actor.id);
      for (const value of this.lexicon.names.match(this.tokens, at)?.values ?? []) {
        if (value.use === 'name' && !value.local) return this.sideOf(value.actor.id);
        if (
          value.use !== 'name' &&
          'generic' in value &&
          value.generic.role === 'government' &&
          this.government !== undefined
        )
          return this.government;
        if ((value.use === 'demonym' || value.use === 'seat') && this.holdsOffice(at + 1, last + 1))
          return value.actor.id;
      }
    }
    return undefined;
  }

  private holdsOffice(first: number, last: number): boolean {
    for (let at = first; at < last; at += 1) if (OFFICE.test(this.norm(at))) return true;
    return false;
  }

  /** The side that an actor speaks for: its own, or the one that a speaker is aligned with. */
  sideOf(id: ActorId): ActorId | undefined {
    const actor = this.lexicon.get(id);
    return actor?.kind === 'speaker' ? actor.alignment : id;
  }
}
