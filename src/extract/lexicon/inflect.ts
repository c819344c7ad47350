/** The forms of one verb; English lets one spelling stand for several. The last three are Arabic's. */
export type VerbForm = 'base' | 'third' | 'past' | 'participle' | 'gerund' | 'present' | 'future' | 'passive';

const VOWEL = /[aeiou]/;
/** One vowel, then one consonant that doubles before an ending: "step" → "stepped". */
const DOUBLES = /^[^aeiou]*[aeiou][bdgk-nprt]$/;
/** Longer verbs stressed on the last syllable: "transfer", not "offer"; "permit", not "limit". */
const LATE_STRESS = /(?:(?<!li)mit|(?<!f)fer|cur|pel|bel|gin|trol|run)$/;

/** "cancel", "signal": an -l behind an unstressed vowel. */
const UNSTRESSED_L = /[aeiou][^aeiou]{1,3}(?:el|al)$/;

function stem(lemma: string): { readonly ed: string; readonly ing: string; readonly s: string } {
  const last = lemma.at(-1) ?? '';
  const before = lemma.at(-2) ?? '';
  if (lemma.endsWith('ie')) return { ed: `${lemma}d`, ing: `${lemma.slice(0, -2)}ying`, s: `${lemma}s` };
  if (lemma.endsWith('ee') || lemma.endsWith('oe'))
    return { ed: `${lemma}d`, ing: `${lemma}ing`, s: `${lemma}s` };
  if (last === 'e') return { ed: `${lemma}d`, ing: `${lemma.slice(0, -1)}ing`, s: `${lemma}s` };
  if (last === 'y' && !VOWEL.test(before))
    return { ed: `${lemma.slice(0, -1)}ied`, ing: `${lemma}ing`, s: `${lemma.slice(0, -1)}ies` };
  if (/(?:[sxz]|ch|sh)$/.test(lemma)) return { ed: `${lemma}ed`, ing: `${lemma}ing`, s: `${lemma}es` };
  const doubled = DOUBLES.test(lemma) || LATE_STRESS.test(lemma) ? lemma + last : lemma;
  return { ed: `${doubled}ed`, ing: `${doubled}ing`, s: `${lemma}s` };
}

/**
 * All spellings of a verb with what each can be. `irregular` is `[past, participle]` where the rules do not hold.
 * "take", ["took", "taken"] → take/base, takes/third, took/past, taken/participle, taking/gerund.
 */
export function inflect(
  lemma: string,
  irregular?: readonly [past: string, participle: string],
): readonly (readonly [form: string, is: VerbForm])[] {
  const { ed, ing, s } = stem(lemma);
  // "cancelled" is British, "canceled" American.
  const british: readonly (readonly [string, VerbForm])[] =
    irregular === undefined && UNSTRESSED_L.test(lemma)
      ? [
          [`${lemma}led`, 'past'],
          [`${lemma}led`, 'participle'],
          [`${lemma}ling`, 'gerund'],
        ]
      : [];
  return [
    ...british,
    [lemma, 'base'],
    [s, 'third'],
    [irregular?.[0] ?? ed, 'past'],
    [irregular?.[1] ?? ed, 'participle'],
    [ing, 'gerund'],
  ];
}

/** Singular and plural of a noun; `man`, `person` and the like are listed with their plurals in the lexicon. */
export function plural(noun: string): string {
  if (/(?:[sxz]|ch|sh)$/.test(noun)) return `${noun}es`;
  if (noun.endsWith('y') && !VOWEL.test(noun.at(-2) ?? '')) return `${noun.slice(0, -1)}ies`;
  return `${noun}s`;
}
