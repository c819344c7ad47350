import type { Spelling } from '../model/spelling.ts';
import { normalise } from './norm.ts';

type Kind = Spelling['kind'];

/** How many spellings of texts are remembered: a text has some hundreds, a language some ten thousand that recur. */
const REMEMBERED = 20_000;
/** A power of two, so that a hash is cut to a slot by its last bits. */
const SLOTS = 32_768;
/** Slots that are looked at: a text that is made to meet in one slot again and again is read without being remembered. */
const PROBES = 16;
/** FNV-1a's prime, of 32 bits. */
const PRIME = 0x01000193;
const SEEDS: Readonly<Record<Kind, number>> = { word: 0x811c9dc5, number: 0x2f0b4c27, mark: 0x5bd1e995 };

/**
 * The text as the engine keeps names of properties: one string for one text. Compared with a word of the code or of a
 * lexicon, of which there is one too, it is found equal or not by where it lies, without a look at its letters.
 */
const interned = (text: string): string => Object.keys({ [text]: true })[0] ?? text;

function normOf(text: string, kind: Kind): string {
  if (kind === 'number') return normalise(text).replaceAll(/[,٬]/g, '').replace('٫', '.');
  if (text === '%') return 'percent';
  return kind === 'word' ? normalise(text).replaceAll('.', '') : text.toLowerCase();
}

/** A spelling that a text has of its own: a letter that is a word, a name of several tokens. Not remembered. */
export const spell = (text: string, norm: string, kind: Kind): Spelling => ({ text, norm, kind, known: [] });

const made = (text: string, kind: Kind): Spelling =>
  spell(interned(text), interned(normOf(text, kind)), kind);

/** Whether the text from `start` to `end` is written like that. */
function isWritten(text: string, body: string, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let at = 0; at < text.length; at += 1)
    if (text.charCodeAt(at) !== body.charCodeAt(start + at)) return false;
  return true;
}

/**
 * The spellings that texts brought, in a table that is asked with the text itself: normalising follows from the text alone,
 * the same words come again and again, and cutting each out of its text only to look it up would cost more than the rest.
 */
export class Spellings {
  private slots = new Array<Spelling | undefined>(SLOTS);
  private size = 0;

  /** How `body` writes what stands from `start` to `end`. */
  of(body: string, start: number, end: number, kind: Kind): Spelling {
    let hash = SEEDS[kind];
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ body.charCodeAt(at), PRIME);
    const home = hash ^ (hash >>> 16);
    for (let probe = 0; probe < PROBES; probe += 1) {
      const slot = (home + probe) & (SLOTS - 1);
      const known = this.slots[slot];
      if (known === undefined) return this.remember(slot, made(body.slice(start, end), kind));
      if (known.kind === kind && isWritten(known.text, body, start, end)) return known;
    }
    return made(body.slice(start, end), kind);
  }

  private remember(slot: number, spelling: Spelling): Spelling {
    if (this.size >= REMEMBERED) {
      this.slots = new Array<Spelling | undefined>(SLOTS);
      this.size = 0;
    }
    this.slots[slot] = spelling;
    this.size += 1;
    return spelling;
  }
}
