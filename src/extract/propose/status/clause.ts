import { type Chunk, isLink, type VerbGroup } from '../../syntax/chunk.ts';
import { type Clauses, reduced, skip } from '../../syntax/clause.ts';

/** Index of the first chunk of the clause whose verb is at `at`: its subject's first noun phrase. */
export function clauseStart({ chunks, ...rest }: Clauses, at: number): number {
  const clauses = { chunks, ...rest };
  let start = at;
  for (let i = at - 1; i >= 0; i -= 1) {
    const chunk = chunks[i];
    if (chunk === undefined) break;
    if (chunk.kind === 'vg' && !reduced(clauses, i)) {
      // "who runs the Observatory" inside the subject.
      if (isLink(chunks[skip(chunks, i - 1, -1)], 'relative')) {
        i = skip(chunks, i - 1, -1);
        continue;
      }
      // "troops fighting in the region seized the town"
      if (chunk.form === 'gerund' && !chunk.progressive && chunks[skip(chunks, i - 1, -1)]?.kind === 'np')
        continue;
      break;
    }
    if (isLink(chunk, 'complementizer', 'subordinator', 'condition', 'break', 'relative')) break;
    if (isLink(chunk, 'conjunction') && isVerbBefore(chunks, i)) break;
    if (isLink(chunk, 'preposition') && /^(?:after|before|since|until|till|as|despite)$/.test(chunk.word))
      break;
    start = i;
  }
  return start;
}

function isVerbBefore(chunks: readonly Chunk[], at: number): boolean {
  for (let i = at - 1; i >= 0; i -= 1) {
    const chunk = chunks[i];
    if (chunk?.kind === 'vg') return true;
    if (isLink(chunk, 'break')) return false;
  }
  return false;
}

/** "Had the army taken the town, …" */
export function inverted({ ground, chunks }: Clauses, at: number): boolean {
  const first = chunks[0];
  const had =
    first?.kind === 'vg' &&
    first.lemma === 'have' &&
    /^(?:had|should)$/.test(ground.tokens[first.first]?.norm ?? '');
  return had && at > 0 && chunks.slice(1, at).every((chunk) => chunk.kind === 'np' || chunk.kind === 'date');
}

/** "if they break the siege, they will cut the road": what would come of something that has not come about. */
export function dependsOn({ chunks }: Clauses, at: number): boolean {
  for (let i = at - 1; i >= 0; i -= 1) {
    if (isLink(chunks[i], 'condition')) return true;
    if (isLink(chunks[i], 'break', 'relative', 'complementizer')) return false;
  }
  return false;
}

/** "to push ahead and capture the town": the bare verb behind "and" goes with the infinitive or modal before it. */
export function sharedInfinitive({ ground, chunks }: Clauses, at: number, group: VerbGroup): number {
  if (group.last - group.first !== 1 || ground.tokens[group.head]?.norm !== group.lemma) return -1;
  let link = skip(chunks, at - 1, -1);
  // "would see fighters leave and the army take control"
  if (chunks[link]?.kind === 'np') link = skip(chunks, link - 1, -1);
  if (!isLink(chunks[link], 'conjunction')) return -1;
  const subject = chunks[skip(chunks, at - 1, -1)];
  if (subject?.kind === 'np' && (ground.tokens[subject.head]?.norm ?? '').endsWith('s')) return -1;
  for (let i = at - 1; i >= 0; i -= 1) {
    const left = chunks[i];
    if (left?.kind === 'vg' && (left.form === 'infinitive' || left.modal !== undefined)) return i;
    if (isLink(left, 'break', 'relative', 'complementizer')) return -1;
  }
  return -1;
}
