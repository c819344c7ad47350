import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { learn } from '../app/knowledge.ts';
import { loadConfig } from '../config/load.ts';
import { explain, type Explanation } from '../extract/explain.ts';
import { day, dayOf, instant, systemClock } from '../model/time.ts';
import type { Statement } from '../model/statement.ts';
import { detectLanguage } from '../sources/accept/text.ts';
import { ROOT } from './root.ts';
import { printJson, say, UserError } from './terminal.ts';

async function body(file: string): Promise<string> {
  try {
    return file === '-' ? await readAll(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** `sitrep explain FILE`: the text with what was found in it, by which rule, and what was dropped and why. */
export async function explainFile(
  file: string,
  { published, json }: { published?: string; json?: true },
): Promise<void> {
  const on = published === undefined ? dayOf(systemClock()) : day(published);
  const text = await body(file);
  const language = detectLanguage(text);
  const { reader } = await learn(ROOT, loadConfig({ root: ROOT, env: process.env }).dataDir);
  const explained = explain({ body: text, published: instant(on), language }, reader);
  if (explained === undefined)
    throw new UserError(`There is no lexicon for the language "${language}" under config/lexicon.`);
  if (json) printJson(explained);
  else for (const line of describe(explained, text)) say(line);
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
