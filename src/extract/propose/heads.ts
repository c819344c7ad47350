import type { Token, TokenSpan } from '../../model/reading.ts';
import { perSpelling } from '../../model/spelling.ts';
import type { NounPhrase } from '../syntax/chunk.ts';
import type { Argument } from '../syntax/clause.ts';
import type { Ground } from '../syntax/ground.ts';
import type { Context } from './context.ts';

/** Words that make one noun of the lexicon together: a head, and a word that stands somewhere before it. */
interface Compound {
  readonly is: string;
  readonly head: RegExp;
  readonly before: ReadonlySet<string>;
  /** Only of a phrase that names no place. */
  readonly unplaced?: true;
}

const COMPOUNDS: readonly Compound[] = [
  {
    is: 'takenplace',
    head: /(?:towns?|villages?|districts?|neighbou?rhoods?|areas?|cities|positions|hills|settlements|localities)$/,
    before: new Set('liberated captured recaptured seized retaken taken cleared freed'.split(' ')),
    unplaced: true,
  },
  {
    is: 'aidaccess',
    head: /^(?:access|delivery|deliveries)$/,
    before: new Set('humanitarian aid relief food unhindered unimpeded unrestricted unfettered'.split(' ')),
  },
  {
    is: 'trucetalks',
    head: /^(?:talks|negotiations|efforts)$/,
    before: new Set('truce ceasefire fire'.split(' ')),
  },
  {
    is: 'truceoffer',
    head: /^(?:offers?|proposals?|plans?)$/,
    before: new Set('truce ceasefire peace surrender evacuation'.split(' ')),
  },
  {
    is: 'safecorridor',
    head: /^(?:corridors?|passage)$/,
    before: new Set('humanitarian evacuation safe civilian'.split(' ')),
    unplaced: true,
  },
  { is: 'humanitarianpause', head: /^pauses?$/, before: new Set(['humanitarian']) },
  {
    is: 'deescalationzone',
    head: /^zones?$/,
    before: new Set(['escalation', 'deescalation', 'demilitarised', 'demilitarized']),
  },
];

/** The compounds by the word that stands before their head. */
const STARTED_BY = new Map<string, Compound[]>();
for (const compound of COMPOUNDS)
  for (const word of compound.before) STARTED_BY.set(word, [...(STARTED_BY.get(word) ?? []), compound]);

const startedBy = perSpelling(({ norm }) => STARTED_BY.get(norm) ?? null);

/** "cease-fire", "counter-offensive": one word, written with a hyphen that touches its second half. */
function glued(tokens: readonly Token[], head: number): string | undefined {
  const hyphen = tokens[head - 1];
  if (hyphen?.text !== '-') return undefined;
  const after = tokens[head];
  return hyphen.end === after?.start ? (tokens[head - 2]?.norm ?? '') + after.norm : undefined;
}

/** The head's spelling, as the lexicon has it where several words are one noun. */
export function headNorm({ ground: { tokens } }: { readonly ground: Ground }, np: NounPhrase): string {
  const { first, head } = np;
  const norm = tokens[head]?.norm ?? '';
  if (begins(tokens, first, head))
    for (const compound of COMPOUNDS)
      if (
        compound.head.test(norm) &&
        !(compound.unplaced && np.places.length > 0) &&
        tokens.slice(first, head).some((token) => compound.before.has(token.norm))
      )
        return compound.is;
  if (tokens[head - 1]?.norm === 'evacuation' && head > first && !tokens[head]?.text.startsWith('-'))
    return `evacuation${norm}`;
  return (head - 2 >= first ? glued(tokens, head) : undefined) ?? norm;
}

/** Whether a word that a compound begins with stands there: most phrases have none. */
function begins(tokens: readonly Token[], first: number, last: number): boolean {
  for (let at = first; at < last; at += 1) {
    const token = tokens[at];
    if (token !== undefined && startedBy(token.spelling) !== null) return true;
  }
  return false;
}

/** Every compound that `headNorm` may find in a stretch of text, however it is cut into phrases. */
export function compoundsIn(tokens: readonly Token[], { first, last }: TokenSpan): readonly string[] {
  const found: string[] = [];
  const begun: Compound[] = [];
  for (let at = first; at < last; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const { norm } = token;
    for (const compound of begun) if (compound.head.test(norm)) found.push(compound.is);
    const started = startedBy(token.spelling);
    if (started !== null) begun.push(...started);
    if (at === first) continue;
    if (tokens[at - 1]?.norm === 'evacuation') found.push(`evacuation${norm}`);
    const joined = glued(tokens, at);
    if (joined !== undefined) found.push(joined);
  }
  return found;
}

/** @param is classes of nouns, joined by "/" */
export function headIs(context: Context, { np }: Argument, is: string): boolean {
  const classes = context.lexicon.nounClasses(headNorm(context, np));
  return is.split('/').some((name) => classes.has(name));
}
