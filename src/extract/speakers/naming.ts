import type { Ground } from './ground.ts';

export const singular = (noun: string): string => (noun.endsWith('s') ? noun.slice(0, -1) : noun);

/** Adjectives of peoples: with a capital wherever they stand. */
export const PEOPLES =
  /^(?:kurdish|western|turkish|russian|syrian|iraqi|lebanese|yemeni|sudanese|ukrainian|israeli|iranian|american|british|french|european|arab)$/;

/** "Activists" at a sentence's head is "activists"; names and acronyms keep their capitals. */
export function decapitalised(ground: Ground, first: number, end: number): string {
  const name = ground.text(first, end);
  const word = ground.norm(first);
  const { words } = ground;
  const common =
    words.determiners.has(word) ||
    words.nouns.has(word) ||
    words.titles.has(word) ||
    words.modifiers.has(word);
  const proper = PEOPLES.test(word);
  const acronym = /^\p{Lu}{2}/u.test(name);
  return common && !proper && !acronym ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

/** "the pro-government al-Watan newspaper": its proper name, where it has one. */
export function properName(ground: Ground, first: number, head: number): string | undefined {
  if (!/^(?:newspaper|radio|website|channel|outlet)$/.test(ground.norm(head)) || !ground.isCapital(head - 1))
    return undefined;
  let start = head;
  while (
    start > first &&
    (ground.isCapital(start - 1) ||
      ground.isArticle(start - 1) ||
      (ground.isHyphen(start - 1) && ground.isArticle(start - 2)))
  )
    start -= 1;
  return ground.text(start, head);
}
