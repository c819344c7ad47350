import type { ActorId } from '../../model/ids.ts';
import type { ActorLexicon } from '../actors/lexicon.ts';
import { normalise } from '../norm.ts';
import type { Phrase } from './phrase.ts';

interface Speaker {
  readonly name: string;
  readonly id?: ActorId;
  readonly speaksFor?: ActorId;
}

/** Who has spoken so far in a report: whom "he", "the source" and a surname mean. */
export class Memory {
  private readonly lexicon: ActorLexicon;
  private readonly byHead = new Map<string, Speaker>();
  private readonly bySurname = new Map<string, Speaker>();
  private person: Speaker | undefined;
  private body: Speaker | undefined;
  private last: Speaker | undefined;

  constructor(lexicon: ActorLexicon) {
    this.lexicon = lexicon;
  }

  /** Whether anybody has spoken yet. */
  get hasHeard(): boolean {
    return this.last !== undefined;
  }

  /** The speaker that a phrase means, if anybody; the phrase is remembered. */
  resolve(phrase: Phrase): Speaker | undefined {
    const speaker = this.find(phrase);
    if (speaker === undefined) return undefined;
    this.last = speaker;
    if (phrase.kind === 'person' || /^(?:he|she)$/.test(phrase.head ?? '')) this.person = speaker;
    else this.body = speaker;
    if (phrase.kind === 'person') this.bySurname.set(surname(speaker.name), speaker);
    // "the center" after "the coordination center in Hmeimim".
    if (phrase.kind === 'actor')
      for (const word of normalise(speaker.name).split(' ')) this.byHead.set(word, speaker);
    if (phrase.kind === 'noun' && phrase.head !== undefined) this.byHead.set(phrase.head, speaker);
    return speaker;
  }

  private find(phrase: Phrase): Speaker | undefined {
    const { name, id, speaksFor } = phrase;
    const own: Speaker = {
      name,
      ...(id === undefined ? {} : { id }),
      ...(speaksFor === undefined ? {} : { speaksFor }),
    };
    switch (phrase.kind) {
      case 'pronoun':
        return /^(?:he|she)$/.test(phrase.head ?? '') ? (this.person ?? this.last) : (this.body ?? this.last);
      case 'actor': {
        // "the group said": the body that spoke last, if it is no party.
        if (phrase.definite === true) return this.body ?? own;
        if (phrase.generic === true) {
          const earlier = this.byHead.get(phrase.head ?? '');
          if (earlier !== undefined) return earlier;
          // "The group said" right behind the word of a monitor: the monitor.
          const monitor = this.last?.id !== undefined && this.lexicon.get(this.last.id)?.kind === 'speaker';
          if (monitor && BODIES.has(phrase.head ?? '')) return this.last ?? own;
        }
        const actor = id === undefined ? undefined : this.lexicon.get(id);
        return actor?.kind === 'party' ? { ...own, speaksFor: actor.id } : own;
      }
      case 'noun':
        // "the same source"
        if (name.startsWith('same ')) return this.last ?? own;
        return phrase.definite === true
          ? (this.byHead.get(phrase.head ?? '') ?? this.definite(phrase, own))
          : own;
      case 'person':
        return this.known(name) ?? own;
    }
  }

  /** A surname, or the last parts of a name that was given in full before. */
  private known(name: string): Speaker | undefined {
    const earlier = this.bySurname.get(surname(name));
    const short = !name.includes(' ') || normalise(earlier?.name ?? '').endsWith(` ${normalise(name)}`);
    return short ? earlier : undefined;
  }

  /** "the statement", "the group": the body that spoke last; "the spokesman": the person. */
  private definite(phrase: Phrase, own: Speaker): Speaker {
    if (BODIES.has(phrase.name.replace(/^news /, ''))) return this.body ?? own;
    return PERSONS.has(phrase.name) ? (this.person ?? own) : own;
  }
}

/** Definite nouns that mean the body, or the person, that spoke last. */
const BODIES = new Set(
  'group statement organization organisation report monitor watchdog network agency'.split(' '),
);
const PERSONS = new Set(
  'spokesman spokeswoman minister commander director president general activist'.split(' '),
);
/** The last part of a name, without its article: "al-Barazi" → "barazi". */
const surname = (name: string): string => normalise(name.split(/[\s-]+/).at(-1) ?? name);
