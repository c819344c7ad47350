import type { Figure, StoredStatement } from '../model/statement.ts';

/** How far around its statement a figure is looked for, and its words around it, in characters. */
const AROUND = 60;

const FURTHER = /\b(?:further|another|additional)(?:\s+(?:about|some|around|nearly))?\s*$/iu;
const MORE = /^\S+\s+more\b(?!\s+than)/iu;
const TOTAL = /\b(?:total of|in total|altogether|in all)(?:\s+(?:about|some|around|nearly))?\s*$/iu;
const SO_FAR = /^[^.]{0,60}\b(?:so far|in total|altogether|in all|since)\b/iu;

/** Is it a new group, or the sum of all? By the words before and after the figure; reports are in English so far. */
export function counted(figure: Figure, { span: [start, end] }: StoredStatement, body: string): Figure {
  const from = Math.max(0, start - AROUND);
  const at = body.indexOf(figure.text, from);
  if (at < 0 || at > end + AROUND) return figure;
  const before = body.slice(Math.max(0, at - AROUND), at);
  const after = body.slice(at + figure.text.length);
  if (FURTHER.test(before) || FURTHER.test(figure.text) || MORE.test(figure.text))
    return { ...figure, counts: 'further' };
  return TOTAL.test(before) || SO_FAR.test(after) ? { ...figure, counts: 'total' } : figure;
}
