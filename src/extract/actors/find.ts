import type { ActorId } from '../../model/ids.ts';
import type { ActorSpan, Token } from '../../model/reading.ts';
import { isCapitalised } from '../../model/letters.ts';
import { isHyphen } from '../phrases.ts';
import { countriesOf, namesIn, ranked, type ActorContext, type NameMatch } from './context.ts';
import type { ActorLexicon, Generic, LexiconActor, NameUse } from './lexicon.ts';

/** Words before "rebels" that name no group, whatever their first letter looks like. */
const DESCRIBES =
  /^(?:the|these|those|some|several|many|most|more|other|all|both|two|three|dozens|hundreds|thousands|armed|heavily|local|foreign|alleged|suspected|islamist|jihadist|sunni|shia|shiite|christian|muslim|kurdish|arab|ethnic|tribal|hardline|moderate|mainstream|former|ex|anti|pro|but|and|as|when|after|while|because|if|although|then|meanwhile|also|ceasefire|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday|northern|southern|eastern|western|northeastern|northwestern|southeastern|southwestern)$/;
/** Compounds that are verbs as well. */
const DEEDS = /^(?:control|attack|advance|raid)$/;
const FILLERS = 2;
const TAILS = 3;

/**
 * Finds every actor that a text names: parties by name ("the Nusra Front terrorist group" is one span), by adjective
 * and head ("Turkish troops", "Assad's forces", "fighters loyal to Haftar"), speakers, and generic words ("regime
 * forces"), which stand for the party of that role in the context's country. In text order, without overlap. A generic
 * word without a country gets its bloc's id, "the group" none: `resolveGeneric` looks for it in the report.
 * @param matches what `namesIn` found in these tokens, when it was asked before
 */
export function findActors(
  tokens: readonly Token[],
  lexicon: ActorLexicon,
  context: ActorContext,
  matches: readonly NameMatch[] = namesIn(tokens, lexicon),
): ActorSpan[] {
  const countries = context.countries.length > 0 ? context.countries : countriesOf(matches);
  const finder = new Finder(tokens, lexicon, { ...context, countries });
  const spans: ActorSpan[] = [];
  matches.forEach((match, index) => {
    const span = finder.first(match, ranked(match.values, countries), matches[index + 1]);
    if (span === undefined) return;
    // "troops loyal to Haftar" takes in the "troops" that were found alone.
    while (spans.at(-1)?.generic === true && (spans.at(-1)?.first ?? 0) >= span.first) spans.pop();
    if (span.first < (spans.at(-1)?.last ?? 0)) return;
    const members = finder.membersBefore(span, spans.at(-1));
    if (members !== undefined) spans.pop();
    spans.push(members ?? span);
  });
  return spans;
}

class Finder {
  private readonly tokens: readonly Token[];
  private readonly lexicon: ActorLexicon;
  private readonly context: ActorContext;

  constructor(tokens: readonly Token[], lexicon: ActorLexicon, context: ActorContext) {
    this.tokens = tokens;
    this.lexicon = lexicon;
    this.context = context;
  }

  /** The first reading of a name that makes an actor. */
  first(match: NameMatch, values: readonly NameUse[], next: NameMatch | undefined): ActorSpan | undefined {
    for (const value of values) {
      const span = this.span(match, value, next);
      if (span !== undefined) return span;
    }
    return undefined;
  }

  /** "fighters from the SDF", "members of the Nusra Front": the party, named by its people. */
  membersBefore(party: ActorSpan, before: ActorSpan | undefined): ActorSpan | undefined {
    if (before?.generic !== true || party.generic || party.role !== 'party' || party.epithet !== undefined)
      return undefined;
    const the = this.norm(party.first - 1) === 'the' ? 1 : 0;
    const link = party.first - the - 1;
    if (before.last !== link || !/^(?:from|of)$/.test(this.norm(link))) return undefined;
    return this.lexicon.words.compounds.has(this.norm(party.last))
      ? undefined
      : { ...party, first: before.first };
  }

  private span(match: NameMatch, value: NameUse, next: NameMatch | undefined): ActorSpan | undefined {
    switch (value.use) {
      case 'name':
        return this.named(
          match,
          value.actor,
          value.actor.kind === 'speaker' ? match.last : this.tailEnd(match.last),
        );
      case 'seat':
        return undefined;
      case 'voice':
        return this.named(match, value.actor, match.last);
      case 'demonym':
        return this.adjective(match, next, isState(value.actor), (last) =>
          this.named(match, value.actor, last),
        );
      case 'country': {
        const owns = /['’]s$/.test(this.tokens[match.last - 1]?.text ?? '');
        const head = owns ? this.headEnd(match.last, true) : -1;
        return head > 0 ? this.named(match, value.actor, head) : undefined;
      }
      case 'leader':
        return this.followers(match, value.actor);
      case 'modifier':
        return this.adjective(match, next, false, (last) => this.unnamed(match, value.generic, last));
      case 'word':
        return this.excluded(match, value.generic)
          ? undefined
          : this.unnamed(match, value.generic, this.tailEnd(match.last));
    }
  }

  private norm(at: number): string {
    return this.tokens[at]?.norm ?? '';
  }

  private named(match: NameMatch, actor: LexiconActor, last: number): ActorSpan {
    const id = this.today(actor);
    const aside = this.prefix(match, isState(actor));
    return {
      kind: 'actor',
      first: match.first,
      last: aside ? match.last : last,
      id,
      role: this.lexicon.get(id)?.kind ?? actor.kind,
      generic: false,
      ...(aside ? { epithet: 'backer' } : this.epithet(match.last)),
    };
  }

  /** "pro-Turkey fighters", "the anti-IS coalition": those who fight are others than the one named. */
  private prefix(match: NameMatch, state: boolean): boolean {
    const before = match.first - (isHyphen(this.tokens[match.first - 1]) ? 2 : 1);
    const norm = this.norm(before);
    return norm === 'anti' || (norm === 'pro' && state);
  }

  private unnamed(match: NameMatch, generic: Generic, last: number): ActorSpan {
    const party =
      generic.role !== 'government' && this.isOthers(match.first) ? undefined : this.partyOf(generic);
    const actor = party === undefined ? undefined : this.lexicon.get(party);
    const id = actor === undefined ? generic.bloc : this.today(actor);
    const aside = this.prefix(match, false);
    return {
      kind: 'actor',
      first: match.first,
      last: aside ? match.last : last,
      ...(id === undefined ? {} : { id }),
      role: actor?.kind ?? 'bloc',
      generic: true,
      ...(aside ? { epithet: 'backer' } : this.epithet(match.last)),
    };
  }

  /** Whom the role is filled by in the likeliest of the countries in which somebody fills it. */
  private partyOf({ role }: Generic): ActorId | undefined {
    for (const country of this.context.countries) {
      const party = this.lexicon.role(country, role);
      if (party !== undefined) return party;
    }
    return undefined;
  }

  /** "Seleka rebels": those of a name that nobody knows here are not the country's rebels. */
  private isOthers(first: number): boolean {
    const before = this.tokens[first - 1];
    if (before?.kind !== 'word' || !isCapitalised(before.text) || DESCRIBES.test(before.norm)) return false;
    return this.lexicon.names.match(this.tokens, first - 1) === undefined;
  }

  /** The actor that bears the name on the day of publication. */
  private today(actor: LexiconActor): ActorId {
    const over = actor.validTo !== undefined && (this.context.published ?? '') >= actor.validTo;
    return over && actor.becomes !== undefined ? actor.becomes : actor.id;
  }

  /** "ISIS-held": the name is the first half of an adjective. */
  private epithet(last: number): { readonly epithet?: 'holder' | 'backer' } {
    const { holders, backers } = this.lexicon.words;
    if (!isHyphen(this.tokens[last])) return {};
    const word = this.norm(last + 1);
    return holders.has(word) ? { epithet: 'holder' } : backers.has(word) ? { epithet: 'backer' } : {};
  }

  /** Behind a name: "the IS group", "ISIS militants", "Nusra Front terrorist organization". A plural or "group" ends it. */
  private tailEnd(last: number): number {
    const { heads, armies, tails } = this.lexicon.words;
    let end = last;
    for (let step = 0; step < TAILS && this.touches(end); step += 1) {
      const norm = this.norm(end);
      if (!tails.has(norm) && !heads.has(norm) && !armies.has(norm)) break;
      end += 1;
      if (norm.endsWith('s') || (tails.has(norm) && !heads.has(norm) && !this.tailGoesOn(end))) break;
    }
    return end;
  }

  /** "terrorist" and "rebel" lead on to a noun; "group" is one. */
  private tailGoesOn(at: number): boolean {
    const { heads, tails } = this.lexicon.words;
    return this.touches(at) && (tails.has(this.norm(at)) || heads.has(this.norm(at)));
  }

  /** Whether only white space lies before the token, so that it continues the phrase. */
  private touches(at: number): boolean {
    return this.tokens[at]?.kind === 'word';
  }

  /** "the Syrian Armys advance": a head may be a possessive that lost its apostrophe. */
  private isHead(at: number, state: boolean): boolean {
    const { armies, heads } = this.lexicon.words;
    const norm = this.norm(at);
    const fits = (word: string): boolean => armies.has(word) || (!state && heads.has(word));
    return fits(norm) || (norm.endsWith('s') && fits(norm.slice(0, -1)));
  }

  private isPlural(at: number): boolean {
    const { armies, heads } = this.lexicon.words;
    return this.norm(at).endsWith('s') && (armies.has(this.norm(at)) || heads.has(this.norm(at)));
  }

  /** "Russian forces control most of the town": behind a plural head, and with no "of" of its own, a verb. */
  private isDeed(at: number): boolean {
    return (
      this.isPlural(at - 1) && DEEDS.test(this.norm(at)) && !/^(?:of|over|by|'?s)$/.test(this.norm(at + 1))
    );
  }

  /**
   * Index behind the head that makes an adjective an actor: "Turkish special forces", or -1. A state has armies, not
   * fighters: "Syrian fighters" may be anyone's.
   */
  private headEnd(last: number, state: boolean): number {
    const { fillers, compounds } = this.lexicon.words;
    let at = last;
    for (let step = 0; step <= FILLERS; step += 1) {
      if (!this.touches(at)) return -1;
      const compound =
        compounds.has(this.norm(at + 1)) && !isHyphen(this.tokens[at + 1]) && !this.isDeed(at + 1);
      if (this.isHead(at, state) && !(compound && at === last))
        return this.isPlural(at) ? at + 1 : this.tailEnd(at + 1);
      if (!fillers.has(this.norm(at))) return -1;
      at += 1;
    }
    return -1;
  }

  private adjective(
    match: NameMatch,
    next: NameMatch | undefined,
    state: boolean,
    make: (last: number) => ActorSpan,
  ): ActorSpan | undefined {
    const head = this.headEnd(match.last, state);
    if (head > 0) return make(head);
    const span = make(match.last);
    if (span.epithet !== undefined) return span;
    // Hyphens get lost: "rebel held Idlib", "Turkish backed fighters".
    const { holders, backers } = this.lexicon.words;
    const word = this.norm(match.last);
    if (this.touches(match.last + 1) && !/^(?:by|the|a|an|in|on|at|with)$/.test(this.norm(match.last + 1))) {
      if (holders.has(word)) return { ...span, epithet: 'holder' };
      if (backers.has(word)) return { ...span, epithet: 'backer' };
    }
    // "Syrian and Russian troops": the head is the next adjective's.
    if (next?.first !== match.last + 1 || !/^(?:and|or|,|\/)$/.test(word)) return undefined;
    const shares = next.values.some((value) => value.use === 'demonym' || value.use === 'modifier');
    return shares && this.headEnd(next.last, state) > 0 ? span : undefined;
  }

  /** "Assads forces", "pro-Haftar fighters", "troops loyal to President Hadi". The person alone is no party. */
  private followers(match: NameMatch, actor: LexiconActor): ActorSpan | undefined {
    const head = this.headEnd(match.last, false);
    const before = match.first - 1;
    if (this.prefix(match, false)) return undefined;
    if (head > 0) {
      const pro = isHyphen(this.tokens[before]) && this.norm(before - 1) === 'pro' ? before - 1 : match.first;
      return this.named({ ...match, first: pro }, actor, head);
    }
    const to = /^(?:president|general)$/.test(this.norm(before)) ? before - 1 : before;
    if (this.norm(to) === 'to' && this.norm(to - 1) === 'loyal' && this.isHead(to - 2, false))
      return this.named({ ...match, first: to - 2 }, actor, match.last);
    return undefined;
  }

  /** "army base", "ceasefire regime", "regime of silence": the word is part of something else. */
  private excluded(match: NameMatch, generic: Generic): boolean {
    if (this.lexicon.words.compounds.has(this.norm(match.last)) && this.tokens[match.last]?.kind === 'word')
      return true;
    if (generic.notAfter.has(this.norm(match.first - 1))) return true;
    return generic.notBefore.some((phrase) =>
      phrase.every((word, offset) => this.norm(match.last + offset) === word),
    );
  }
}

const isState = (actor: LexiconActor): boolean => actor.tags.has('state') || actor.tags.has('government');
