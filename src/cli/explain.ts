import { judgeAlone, type JudgedAlone, type ReadReport } from '../app/alone.ts';
import { learn } from '../app/knowledge.ts';
import { loadConfig } from '../config/load.ts';
import { explain, type Explanation } from '../extract/explain.ts';
import { systemClock } from '../model/time.ts';
import { statementId, type StatementId } from '../model/ids.ts';
import { shortIdOf } from '../model/incident.ts';
import type { Report } from '../model/report.ts';
import type { Statement } from '../model/statement.ts';
import { headlineOf } from '../render/clause.ts';
import type { Wording } from '../render/names.ts';
import { plain, sayReason } from '../render/strings.ts';
import { prepareIncoming } from '../sources/accept/accept.ts';
import { sourceBook, type SourceBook } from '../sources/accept/book.ts';
import { describeFields } from '../sources/accept/incoming.ts';
import { readFileContent } from '../sources/inbox/read.ts';
import { contents } from './handed.ts';
import { ROOT } from './root.ts';
import { printJson, say, UserError } from './terminal.ts';

type NewReport = Omit<Report, 'accepted'>;

/** The reports of a file as they would be accepted; one that gives no time is taken to be of `published`. */
async function reportsIn(
  file: string,
  published: string | undefined,
  book: SourceBook,
): Promise<readonly NewReport[]> {
  const { name, bytes } = await contents(file).catch((error: unknown) => {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  });
  const { items, problems } = readFileContent(name, bytes);
  const named = (where: string): string => [file, where].filter(Boolean).join(' ');
  const [problem] = problems;
  if (problem) throw new UserError(`${named(problem.where)}: ${problem.why}`);
  const given = published === undefined ? {} : { published };
  return items.map(({ where, value }) => {
    const prepared = prepareIncoming({ ...(value as object), ...given }, 'inbox', {
      book,
      clock: systemClock,
    });
    if (!prepared.ok) throw new UserError(`${named(where)}: ${describeFields(prepared.problems)}`);
    return prepared.input.report;
  });
}

/**
 * `sitrep explain FILE`: the text of each report in a file, as the inbox takes it, with what was found in it, by which rule,
 * and what was dropped and why.
 */
export async function explainFile(
  file: string,
  { published, judged, json }: { published?: string; judged?: true; json?: true },
): Promise<void> {
  const { dataDir, sources } = loadConfig({ root: ROOT, env: process.env });
  const book = sourceBook(sources);
  const reports = await reportsIn(file, published, book);
  const { reader, wording } = await learn(ROOT, dataDir);
  const explained = reports.map((report) => {
    const explanation = explain(report, reader);
    if (explanation === undefined)
      throw new UserError(`There is no lexicon for the language "${report.language}" under config/lexicon.`);
    return { report, explanation };
  });
  const outcomes = judged
    ? judgeAlone(
        explained.map((one) => asRead(one, book)),
        wording,
      )
    : [];
  if (json) {
    const [first, ...more] = explained.map(({ explanation }, index) => ({
      ...explanation,
      ...(outcomes[index] && { judged: outcomeData(outcomes[index]) }),
    }));
    printJson(more.length === 0 ? first : [first, ...more]);
    return;
  }
  for (const [index, { report, explanation }] of explained.entries()) {
    if (index > 0) say('');
    if (explained.length > 1) say(`Report ${index + 1}: ${report.title ?? ''}`);
    for (const line of describe(explanation, report.body)) say(line);
    const outcome = outcomes[index];
    if (outcome) for (const line of describeOutcome(outcome, explanation.statements, wording)) say(line);
  }
}

function* describe(
  { day: on, countries, sentences, steps, statements }: Explanation,
  text: string,
): Generator<string> {
  yield `Read as of ${on}; countries: ${countries.join(', ') || 'none recognised'}`;
  for (const [index, sentence] of sentences.entries()) {
    yield '';
    yield `${index + 1}. ${sentence.text.replace(/\s+/g, ' ')}`;
    if (sentence.furniture !== undefined) {
      yield `   passed over: ${sentence.furniture}`;
      continue;
    }
    yield `   ${sentence.chunks.map(({ kind, text: words, note }) => `[${kind}${note === undefined ? '' : ` ${note}`}: ${words}]`).join(' ')}`;
    for (const mark of sentence.marks) yield `   ${mark.kind}: "${mark.text}" = ${mark.as}`;
  }
  yield '';
  yield steps.length > 0 ? 'Dropped and changed:' : 'Nothing that was proposed was dropped or changed.';
  for (const step of steps)
    yield `  ${step.kind} by ${step.refiner}: ${step.rule} "${step.text}" — ${step.why}`;
  yield '';
  yield statements.length > 0 ? 'Statements:' : 'No statement was found.';
  for (const statement of statements) yield* describeStatement(statement, text);
}

/** What was read, as the store would keep it. */
const asRead = (
  { report, explanation }: { readonly report: NewReport; readonly explanation: Explanation },
  book: SourceBook,
): ReadReport => ({
  report: { ...report, accepted: report.published },
  source: book.get(report.source),
  statements: explanation.statements.map((statement, n) => ({
    ...statement,
    id: statementId(`${report.id}.${n}`),
    report: report.id,
  })),
});

const outcomeData = ({ decisions, updates }: JudgedAlone) => ({
  decisions: decisions.map(({ statement, incident, reason }) => ({ statement, incident, reason })),
  updates: updates.map(({ incident, kinds }) => ({ incident, kinds })),
});

/** Where each statement goes, and why; then what would be told. */
function* describeOutcome(
  { decisions, updates, incidents }: JudgedAlone,
  statements: readonly Statement[],
  wording: Wording,
): Generator<string> {
  yield '';
  yield 'Judged as if nothing else were known:';
  const ordinal = (statement: StatementId): number => Number(statement.slice(statement.lastIndexOf('.') + 1));
  for (const { statement, incident, reason } of decisions.toSorted(
    (a, b) => ordinal(a.statement) - ordinal(b.statement),
  )) {
    const number = ordinal(statement);
    const what = statements[number];
    const where = incident === undefined ? 'no incident' : `incident #${shortIdOf(incident)}`;
    yield `  ${number + 1}. ${what?.type ?? ''}: ${where}; ${plain(sayReason(reason, wording.strings), wording.strings)}`;
  }
  if (updates.length === 0) yield '  Nothing would be told.';
  for (const { incident, kinds } of updates) {
    const known = incidents.get(incident);
    if (known) yield `  Told (${kinds.join(', ')}): #${shortIdOf(incident)} ${headlineOf(known, wording)}`;
  }
}

const names = (list: readonly { readonly text: string; readonly name?: string }[] | undefined): string =>
  (list ?? [])
    .map(({ text, name }) => (name === undefined || name === text ? text : `${name} ("${text}")`))
    .join(', ');

function* describeStatement(statement: Statement, text: string): Generator<string> {
  const { type, status, phase, part, span, confidence, rule } = statement;
  yield `  ${type}, ${status}${phase ? `, ${phase}` : ''}${part ? ', in part' : ''} — ${confidence.toFixed(2)} by rule ${rule}`;
  yield `      "${text.slice(...span).replace(/\s+/g, ' ')}"`;
  const rows: readonly (readonly [string, string])[] = [
    ['places', names(statement.places)],
    ['to', names(statement.toPlaces)],
    ['by way of', names(statement.viaPlaces)],
    ['who gains or acts', names(statement.to)],
    ['who loses or leaves', names(statement.from)],
    ['parties', names(statement.parties)],
    [
      'how many',
      [statement.people, ...(statement.figures ?? [])].flatMap((figure) => figure?.text ?? []).join('; '),
    ],
    ['when', statement.date ?? ''],
    ['on whose word', statement.by ? names([statement.by]) : ''],
  ];
  for (const [label, value] of rows) if (value !== '') yield `      ${label}: ${value}`;
}
