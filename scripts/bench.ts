/**
 * `npm run bench`: the project's speed figures, ratios taken in one run, each with the floor that must be held and the
 * aim. A missed floor is said so and is no failure of the command: it depends on the machine's other load.
 */
import { parseArgs } from 'node:util';
import { benchCompletion } from './bench/completion.ts';
import { benchExtraction } from './bench/extraction.ts';
import { printed, verdictOf, type Result } from './bench/measure.ts';
import { benchJudging } from './bench/judging.ts';
import { benchSubscriptions } from './bench/subscriptions.ts';
import { benchTelling } from './bench/telling.ts';

const BENCHES: Readonly<
  Record<string, { readonly what: string; readonly seconds: number; readonly run: () => Promise<Result> }>
> = {
  extraction: { what: 'reports read, against wink-nlp on the same texts', seconds: 40, run: benchExtraction },
  subscriptions: { what: '1,000,000 subscriptions matched', seconds: 60, run: benchSubscriptions },
  completion: { what: 'places proposed while one is typed', seconds: 10, run: benchCompletion },
  judging: { what: 'reports judged among 1,000,000 statements', seconds: 260, run: benchJudging },
  telling: { what: "the whole way of a report, against BullMQ's own", seconds: 45, run: benchTelling },
};

const HELP = `usage: npm run bench -- [--json] [NAME …]

${Object.entries(BENCHES)
  .map(([name, { what, seconds }]) => `  ${name.padEnd(14)} ${what} (about ${seconds} s)`)
  .join('\n')}

Without a name all of them, one after the other. --json prints the same as JSON. Ratios are of one run; the times are
those of an idle machine with two cores.
`;

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  allowPositionals: true,
});
if (values.help === true) {
  process.stdout.write(HELP);
  process.exit(0);
}
const unknown = positionals.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  process.stderr.write(
    `No such benchmark: ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}\n`,
  );
  process.exit(2);
}
const wanted = Object.entries(BENCHES).filter(
  ([name]) => positionals.length === 0 || positionals.includes(name),
);
const seconds = wanted.reduce((sum, [, bench]) => sum + bench.seconds, 0);
process.stderr.write(`This takes about ${seconds} s.\n`);
const results: Record<string, Result> = {};
for (const [name, { what, run }] of wanted) {
  process.stderr.write(`${name}: ${what} …\n`);
  results[name] = await run();
}
const judged = Object.fromEntries(
  Object.entries(results).map(([name, { measures, numbers }]) => [
    name,
    { measures: measures.map((measure) => ({ ...measure, verdict: verdictOf(measure) })), numbers },
  ]),
);
process.stdout.write(values.json === true ? `${JSON.stringify(judged, undefined, 2)}\n` : printed(results));
process.exit(0);
