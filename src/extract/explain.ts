import type { Statement } from '../model/statement.ts';
import type { Mark, Sentence } from '../model/reading.ts';
import { extractTraced, type Knowledge, type Readable } from './extract.ts';
import type { Proposal } from './propose/proposal.ts';
import { chunk } from './syntax/chunks.ts';
import type { Chunk } from './syntax/chunk.ts';
import { ground } from './syntax/ground.ts';

/** What a refiner did to a proposal. */
interface Step {
  readonly kind: 'dropped' | 'changed';
  readonly rule: string;
  /** The words that the proposal stands on. */
  readonly text: string;
  readonly refiner: string;
  readonly why: string;
}

interface ExplainedSentence {
  readonly text: string;
  /** Why it is passed over; absent for prose. */
  readonly furniture?: string;
  /** Chunks with their words: `np`, `vg`, `link`, `date`, `aside`. */
  readonly chunks: readonly { readonly kind: Chunk['kind']; readonly text: string; readonly note?: string }[];
  readonly marks: readonly { readonly kind: Mark['kind']; readonly text: string; readonly as: string }[];
}

export interface Explanation {
  readonly day: string;
  readonly countries: readonly string[];
  readonly sentences: readonly ExplainedSentence[];
  /** In the order in which the refiners worked. */
  readonly steps: readonly Step[];
  readonly statements: readonly Statement[];
}

/** How the engine came to its statements; for `sitrep explain` and for tests. Nothing for a language without lexicon. */
export function explain(report: Readable, knowledge: Knowledge): Explanation | undefined {
  const steps: Step[] = [];
  const words = (span: Proposal['span'], body: string): string => {
    const tokens = traced?.annotated.reading.tokens ?? [];
    return body.slice(tokens[span.first]?.start ?? 0, tokens[span.last - 1]?.end ?? 0);
  };
  const pending: { readonly proposal: Proposal; readonly step: Omit<Step, 'text'> }[] = [];
  const note = (kind: Step['kind']) => (proposal: Proposal, refiner: string, why: string) => {
    pending.push({ proposal, step: { kind, rule: proposal.rule, refiner, why } });
  };
  const traced = extractTraced(report, knowledge, { dropped: note('dropped'), changed: note('changed') });
  if (traced === undefined) return undefined;
  for (const { proposal, step } of pending) steps.push({ ...step, text: words(proposal.span, report.body) });
  const { reading, day, countries } = traced.annotated;
  const cut = ground(reading, traced.lexicon, []);
  const text = (first: number, last: number): string =>
    report.body.slice(reading.tokens[first]?.start ?? 0, reading.tokens[last - 1]?.end ?? 0);
  const sentence = (one: Sentence): ExplainedSentence => ({
    text: text(one.first, one.last),
    ...(one.furniture !== undefined && { furniture: one.furniture }),
    chunks:
      one.furniture === undefined
        ? chunk(cut, one).map((part) => ({
            kind: part.kind,
            text: text(part.first, part.last),
            ...noteOf(part),
          }))
        : [],
    marks: reading.marks
      .filter((mark) => mark.first >= one.first && mark.last <= one.last)
      .map((mark) => ({ kind: mark.kind, text: text(mark.first, mark.last), as: labelOf(mark) })),
  });
  return { day, countries, sentences: reading.sentences.map(sentence), steps, statements: traced.statements };
}

function noteOf(part: Chunk): { readonly note?: string } {
  if (part.kind === 'link') return { note: part.is };
  if (part.kind !== 'vg') return {};
  const flags = [part.form, part.passive && 'passive', part.negated && 'negated', part.modal].filter(Boolean);
  return {
    note: `${part.lemma}${part.particle === undefined ? '' : ` ${part.particle}`}: ${flags.join(' ')}`,
  };
}

function labelOf(mark: Mark): string {
  switch (mark.kind) {
    case 'place':
      return mark.mention.id ?? `~${mark.mention.within ?? ''}`;
    case 'actor':
      return `${mark.role} ${mark.id ?? '?'}${mark.generic ? ' (generic)' : ''}`;
    case 'date':
      return mark.date;
    case 'figure':
      return `${mark.figure.low ?? ''}–${mark.figure.high ?? ''} ${mark.figure.unit}`;
  }
}
