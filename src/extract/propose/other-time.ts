import type { Context } from './context.ts';

const LINK = /^(?:since|after|before)$/;

/** Whether a token stands in a clause that tells of another time than its sentence: "their worst loss since they took A". */
export function ofOtherTime(context: Context, token: number): boolean {
  const chunks = context.sentences[context.reading.tokens[token]?.sentence ?? -1]?.chunks ?? [];
  const opens = chunks.findLastIndex(
    (chunk) => chunk.last <= token && chunk.kind === 'link' && LINK.test(chunk.word),
  );
  const tells = (from: number, to: number): boolean =>
    chunks.slice(from, to).some((chunk) => chunk.kind === 'vg' && chunk.last <= token);
  return opens > 0 && tells(0, opens) && tells(opens, chunks.length);
}
