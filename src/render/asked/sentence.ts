const ENDS = /[.!?؟۔]["”’»)\]]*(?=\s)|\n/gu;

/** The sentence, or sentences, of a text in which a stretch stands; at least the stretch itself. */
export function sentenceAround(body: string, [start, end]: readonly [number, number]): string {
  const before = [...body.slice(0, start).matchAll(ENDS)].at(-1);
  const from = before ? before.index + before[0].length : 0;
  // The stretch may end with the full stop of its sentence.
  const rest = body.slice(Math.max(start, end - 1));
  const after = [...rest.matchAll(ENDS)].at(0);
  const to = after ? Math.max(end, Math.max(start, end - 1) + after.index + after[0].length) : body.length;
  return body.slice(from, to).replace(/\s+/gu, ' ').trim();
}
