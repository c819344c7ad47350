import { learn } from '../app/knowledge.ts';
import { loadConfig } from '../config/load.ts';
import { explain, type Explanation } from '../extract/explain.ts';
import { systemClock } from '../model/time.ts';
import type { Statement } from '../model/statement.ts';
import type { Readable } from '../extract/extract.ts';
import { prepareIncoming } from '../sources/accept/accept.ts';
import { sourceBook } from '../sources/accept/book.ts';
import { describeFields } from '../sources/accept/incoming.ts';
import { readFileContent } from '../sources/inbox/read.ts';
import { contents } from './handed.ts';
import { ROOT } from './root.ts';
import { printJson, say, UserError } from './terminal.ts';

/** The reports of a file as they would be accepted; one that gives no time is taken to be of `published`. */
async function reportsIn(file: string, published: string | undefined): Promise<readonly Readable[]> {
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
      book: sourceBook([]),
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
  { published, json }: { published?: string; json?: true },
): Promise<void> {
  const reports = await reportsIn(file, published);
  const { reader } = await learn(ROOT, loadConfig({ root: ROOT, env: process.env }).dataDir);
  const explained = reports.map((report) => {
    const explanation = explain(report, reader);
    if (explanation === undefined)
      throw new UserError(`There is no lexicon for the language "${report.language}" under config/lexicon.`);
    return { report, explanation };
  });
  if (json) {
    const [first, ...more] = explained.map(({ explanation }) => explanation);
    printJson(more.length === 0 ? first : [first, ...more]);
    return;
  }
  for (const [index, { report, explanation }] of explained.entries()) {
    if (index > 0) say('');
    if (explained.length > 1) say(`Report ${index + 1}: ${report.title ?? ''}`);
    for (const line of describe(explanation, report.body)) say(line);
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
