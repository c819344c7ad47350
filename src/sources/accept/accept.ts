import { sketch } from '../../assess/sketch.ts';
import { reportId } from '../../model/ids.ts';
import type { Source, SourceKind } from '../../model/report.ts';
import type { Clock, Instant } from '../../model/time.ts';
import type { AcceptInput, Acceptance, ReportsPort } from '../ports.ts';
import type { SourceBook } from './book.ts';
import { digest, fingerprint, noticeKind, noticeOf } from './fingerprint.ts';
import type { FieldProblem } from './incoming.ts';
import { readIncoming } from './incoming.ts';
import { notAfter } from './published.ts';
import { cleanLine, cleanText, detectLanguage } from './text.ts';

const MAX_TITLE = 300;

/** A report whose source is settled and whose fields are checked, before it is brought into the one form that is kept. */
export interface RawReport {
  readonly source: Source;
  readonly outlet: string;
  readonly guid?: string;
  readonly url?: string;
  readonly title?: string;
  readonly text: string;
  readonly published?: Instant;
  readonly language?: string;
  readonly baseline?: boolean;
}

export interface Prepared {
  readonly input: AcceptInput;
  /** What was put right on the way, for the log. */
  readonly notes: readonly string[];
}

/** Same source, outlet, name (guid, else url), text and notice: same id. */
function idOf({ source, outlet, guid, url }: RawReport, body: string, notice: string) {
  return reportId(`r_${digest('report', source.id, outlet, guid ?? url ?? '', body, notice)}`);
}

/** The form that is kept. Pure: `now` is when the report came. */
export function prepare(raw: RawReport, now: Instant): Prepared {
  const body = cleanText(raw.text);
  const title = raw.title === undefined ? '' : cleanLine(raw.title, MAX_TITLE);
  const notice = noticeOf(title);
  const kind = noticeKind(notice);
  const { at: published, note } = notAfter(raw.published ?? now, now);
  const input: AcceptInput = {
    report: {
      id: idOf(raw, body, notice),
      source: raw.source.id,
      outlet: raw.outlet,
      ...(raw.url !== undefined && { url: raw.url }),
      ...(title !== '' && { title }),
      body,
      language: raw.language?.toLowerCase() ?? detectLanguage(body),
      published,
    },
    fingerprint: fingerprint(body, published, notice),
    ...(raw.guid !== undefined && { guid: raw.guid }),
    ...(raw.baseline === true && { baseline: true }),
    ...(kind !== undefined && { notice: kind }),
    ...sketch(body),
  };
  return { input, notes: note === undefined ? [] : [note] };
}

export interface AcceptDeps {
  readonly book: SourceBook;
  readonly clock: Clock;
}

export type PrepareResult =
  ({ readonly ok: true } & Prepared) | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** Checks what a person or a program handed in by way of `way`, and brings it into the form that is kept. */
export function prepareIncoming(value: unknown, way: SourceKind, { book, clock }: AcceptDeps): PrepareResult {
  const incoming = readIncoming(value);
  if (!incoming.ok) return incoming;
  const { source: name, outlet, id, url, title, text, published, language } = incoming.report;
  const resolved = book.resolve({ name: name ?? outlet, url }, way);
  const raw: RawReport = {
    source: resolved.source,
    outlet: outlet ?? resolved.outlet,
    text,
    ...(id !== undefined && { guid: id }),
    ...(url !== undefined && { url }),
    ...(title !== undefined && { title }),
    ...(published !== undefined && { published }),
    ...(language !== undefined && { language }),
  };
  return { ok: true, ...prepare(raw, clock()) };
}

export type AcceptResult =
  | { readonly ok: true; readonly acceptance: Acceptance; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/**
 * Accepts one report; `ok` means committed. Shape of `value`: see `incomingReport`.
 * @throws what the store throws when it is away; then nothing was promised
 */
export async function acceptReport(
  value: unknown,
  way: SourceKind,
  deps: AcceptDeps & { readonly reports: ReportsPort },
): Promise<AcceptResult> {
  const prepared = prepareIncoming(value, way, deps);
  if (!prepared.ok) return prepared;
  const acceptance = await deps.reports.accept(prepared.input);
  return { ok: true, acceptance, notes: prepared.notes };
}
