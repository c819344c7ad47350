import type { Sentence, Token } from '../model/reading.ts';
import { bodyStretches } from './furniture/body.ts';
import { headStretches, titleWords, type Stretch } from './furniture/head.ts';
import { tokenize } from './tokens.ts';

/**
 * Marks page furniture (`furniture`: why) and the repetition of the report's title (`title`). Where furniture and prose
 * run into each other without a full stop, the sentence is cut. In doubt it is prose: a caption that is kept costs less
 * than a sentence that is lost.
 */
export function markFurniture(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  title?: string,
): Sentence[] {
  const words = title === undefined ? [] : titleWords(tokenize(title));
  const head = headStretches(tokens, words);
  const stretches = [...head, ...bodyStretches(tokens, sentences, head.at(-1)?.last ?? 0)];
  return cut(tokens, sentences, stretches);
}

/** Cuts the sentences at the stretches' ends; what lies in a stretch is marked with its label. */
function cut(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  stretches: readonly Stretch[],
): Sentence[] {
  const pieces: Sentence[] = [];
  let next = 0;
  const push = (first: number, last: number, label?: string): void => {
    const from = tokens[first];
    const to = tokens[last - 1];
    if (from === undefined || to === undefined || last <= first) return;
    pieces.push({
      index: pieces.length,
      first,
      last,
      start: from.start,
      end: to.end,
      ...(label === 'title' ? { title: true as const } : label === undefined ? {} : { furniture: label }),
    });
  };
  for (const sentence of sentences) {
    let position = sentence.first;
    while (position < sentence.last) {
      while ((stretches[next]?.last ?? Infinity) <= position) next += 1;
      const stretch = stretches[next];
      if (stretch === undefined || stretch.first >= sentence.last) {
        push(position, sentence.last);
        break;
      }
      push(position, Math.min(stretch.first, sentence.last));
      position = Math.min(stretch.last, sentence.last);
      push(Math.max(stretch.first, sentence.first), position, stretch.label);
    }
  }
  return absorbMarks(tokens, pieces);
}

/** A piece of marks alone ("." behind a title) joins the piece before it. */
function absorbMarks(tokens: readonly Token[], pieces: readonly Sentence[]): Sentence[] {
  const kept: Sentence[] = [];
  for (const piece of pieces) {
    const before = kept.at(-1);
    const bare = tokens.slice(piece.first, piece.last).every((token) => token.kind === 'mark');
    if (bare && before !== undefined) kept[kept.length - 1] = { ...before, last: piece.last, end: piece.end };
    else kept.push({ ...piece, index: kept.length });
  }
  return kept;
}
