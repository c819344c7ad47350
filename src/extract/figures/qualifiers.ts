import type { FigureSpan, Token } from '../../model/reading.ts';

type Qualifier = NonNullable<FigureSpan['qualifier']>;

/** What stands before a number, longest first, as token norms. Terms after IDMC's qualifiers of figures. */
const BEFORE: readonly (readonly [readonly string[], Qualifier])[] = (
  [
    ['at least', 'at_least'],
    ['no fewer than', 'at_least'],
    ['no less than', 'at_least'],
    ['not less than', 'at_least'],
    ['a minimum of', 'at_least'],
    ['more than', 'more_than'],
    ['greater than', 'more_than'],
    ['in excess of', 'more_than'],
    ['upwards of', 'more_than'],
    ['well over', 'more_than'],
    ['over', 'more_than'],
    ['above', 'more_than'],
    ['exceeding', 'more_than'],
    ['as many as', 'up_to'],
    ['up to', 'up_to'],
    ['no more than', 'up_to'],
    ['at most', 'up_to'],
    ['fewer than', 'up_to'],
    ['less than', 'up_to'],
    ['under', 'up_to'],
    ['nearly', 'nearly'],
    ['almost', 'nearly'],
    ['close to', 'nearly'],
    ['just under', 'nearly'],
    ['an estimated', 'about'],
    ['about', 'about'],
    ['around', 'about'],
    ['some', 'about'],
    ['approximately', 'about'],
    ['roughly', 'about'],
    ['circa', 'about'],
    ['estimated', 'about'],
    ['نحو', 'about'],
    ['حوالي', 'about'],
    ['قرابه', 'nearly'],
    ['اكثر من', 'more_than'],
  ] as const
).map(([words, qualifier]) => [words.split(' '), qualifier]);

/** Behind a number: "100 or more", "100 or so". */
const AFTER: readonly (readonly [readonly string[], Qualifier])[] = [
  [['or', 'more'], 'at_least'],
  [['or', 'so'], 'about'],
];

/** The qualifier that ends at `at`, and where it starts. */
export function qualifierBefore(
  tokens: readonly Token[],
  at: number,
): { readonly first: number; readonly qualifier?: Qualifier } {
  const article = /^(?:the|a|an)$/.test(tokens[at - 1]?.norm ?? '') ? 1 : 0;
  for (const skip of article === 1 ? [0, 1] : [0])
    for (const [words, qualifier] of BEFORE) {
      const first = at - skip - words.length;
      if (first >= 0 && words.every((word, offset) => tokens[first + offset]?.norm === word))
        return { first, qualifier };
    }
  return { first: at };
}

export function qualifierAfter(
  tokens: readonly Token[],
  at: number,
): { readonly last: number; readonly qualifier?: Qualifier } {
  for (const [words, qualifier] of AFTER)
    if (words.every((word, offset) => tokens[at + offset]?.norm === word))
      return { last: at + words.length, qualifier };
  return { last: at };
}
