// `npm run bench`: the project's speed figures as JSON, ratios taken in one run. `npm run bench -- extraction` for some.
import { benchExtraction } from './bench/extraction.ts';
import { benchSubscriptions } from './bench/subscriptions.ts';
import { benchTelling } from './bench/telling.ts';

const BENCHES = {
  extraction: benchExtraction,
  subscriptions: benchSubscriptions,
  telling: benchTelling,
} as const;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  process.stderr.write(
    `No such benchmark: ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}\n`,
  );
  process.exit(2);
}
const results: Record<string, unknown> = {};
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  results[name] = await bench();
}
process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
process.exit(0);
