import type { VerbForm } from '../lexicon/inflect.ts';

type Form = readonly [form: string, is: VerbForm];

/** Subject prefixes of the present: he, she or they, we. */
const PREFIXES = ['ي', 'ت', 'ن'];
const PLURALS = ['ون', 'وا', 'ان', 'ا', 'ن'];

/** The present of a verb that follows the rules, without its prefix: سيطر → سيطر, انسحب → نسحب, اجلي → جلي. */
const presentStem = (past: string): string => past.replace(/^ا(?=..)/, '');

/** Past forms: he, she, they (men, women, two). A final ya, written ى in the singular, falls before the endings. */
function pastForms(past: string, is: VerbForm): Form[] {
  const weak = past.endsWith('ي');
  const stem = weak ? past.slice(0, -1) : past;
  // Normalised letters do not tell أجلى (أجلت) from بقي (بقيت).
  const forms = [past, `${stem}ت`, `${past}ت`, `${stem}وا`, `${stem}تا`, `${past}ا`, `${past}ن`];
  return forms.map((form) => [form, is] as const);
}

/** Present and, with the prefix of the future, future forms of a stem without its own prefix. */
function presentForms(stem: string): Form[] {
  const bare = stem.endsWith('ي') ? stem.slice(0, -1) : stem;
  // Behind "lam" a long vowel or a final ya is written short: لم يستول, لم يستعد.
  const short = [bare, stem.replace(/[اوي](?=.$)/, '')].filter((form) => form.length > 1);
  const forms = PREFIXES.flatMap((prefix) =>
    [stem, ...short, ...PLURALS.map((ending) => (ending === 'ان' ? stem : bare) + ending)].map(
      (form) => prefix + form,
    ),
  );
  return forms.flatMap((form): Form[] => [
    [form, 'present'],
    [`س${form}`, 'future'],
  ]);
}

/**
 * All spellings of an Arabic verb in news prose, where only the third person counts. `lemma` is the past of "he"
 * (سيطر); a lemma in the present (يسيطر) has the present alone, so that "holds" and "took" can be told apart.
 * `irregular` is `[present, passive past]` where the letters change: استعاد → [يستعيد, استعيد]. All in normalised letters.
 */
export function inflectArabic(
  lemma: string,
  irregular?: readonly [present: string, passive: string],
): readonly Form[] {
  if (/^ي..../.test(lemma)) return presentForms(lemma.slice(1)).filter(([, is]) => is === 'present');
  const present = irregular === undefined ? presentStem(lemma) : irregular[0].slice(1);
  const passive = irregular?.[1] ?? lemma;
  return [
    ...pastForms(lemma, 'past'),
    ...(passive === lemma ? [] : pastForms(passive, 'passive')),
    ...presentForms(present),
  ];
}

const SUFFIX = /(?:هما|هم|ها|ه|نا)$/;

/**
 * What a noun may be in the lexicon, likeliest first: itself, without the article, without a possessive ("سيطرتها" →
 * "سيطره"), without the ending of the dual or plural before a genitive ("بلدتي" → "بلده").
 */
export function nounKeys(norm: string): string[] {
  const keys = [norm];
  const bare = norm.replace(/^ال(?=...)/, '');
  if (bare !== norm) keys.push(bare);
  const owned = bare.replace(SUFFIX, '');
  if (owned !== bare && owned.length >= 3)
    keys.push(owned.endsWith('ت') ? `${owned.slice(0, -1)}ه` : owned, owned);
  const dual = /^(.{2,}?)(ت?)(?:ين|ان|ي|ا)$/.exec(bare);
  if (dual?.[1] !== undefined) keys.push(dual[2] === 'ت' ? `${dual[1]}ه` : dual[1]);
  return keys;
}

/** A possessive at the end of a masdar: "its control". */
export const isOwned = (norm: string): boolean => /ت(?:هما|هم|ها|ه)$|..(?:هما|هم|ها)$/.test(norm);
