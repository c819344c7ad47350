// `npm test`: sets up what the tests need on this machine, says what is missing and why, and runs them.
// Arguments go to vitest: `npm test -- test/assess`.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, runNode } from './step.ts';

interface SystemNeed {
  readonly what: string;
  readonly package: string;
  readonly found: () => boolean;
  readonly without: string;
}

const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, program)));

const needs: readonly SystemNeed[] = [
  {
    what: 'a Redis server',
    package: 'redis-server',
    found: () => onPath('redis-server'),
    without: 'the Redis half of the queue contract is skipped; the Postgres half runs',
  },
  {
    what: 'the Chromium browser',
    package: 'chromium',
    found: () => existsSync('/usr/bin/chromium'),
    without: 'the browser tests of the desk are skipped',
  },
];

async function install(missing: readonly SystemNeed[]): Promise<void> {
  const names = missing.map((need) => need.package);
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    for (const need of missing)
      process.stdout.write(
        `Not found: ${need.what}, so ${need.without}. To have it: sudo apt-get install ${need.package}\n`,
      );
    return;
  }
  process.stdout.write(`Setting up: installing ${names.join(' and ')} from Debian's packages (once) …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  // The daemon that a Debian package would start is not wanted: each test starts a server of its own.
  const status =
    (await run('apt-get', [...quiet, 'update'], env)) ||
    (await run('apt-get', [...quiet, 'install', '-y', '--no-install-recommends', ...names], env));
  if (status !== 0)
    for (const need of missing) process.stdout.write(`Could not install ${need.what}: ${need.without}.\n`);
}

interface VitestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

const missing = needs.filter((need) => !need.found());
if (missing.length > 0) await install(missing);

mkdirSync(join(root, '.cache'), { recursive: true });
const results = join(root, '.cache', 'test-results.json');
const status = await runNode('node_modules/vitest/vitest.mjs', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...process.argv.slice(2),
]);
if (existsSync(results)) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(results, 'utf8'),
  ) as VitestResults;
  process.stdout.write(
    `${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped\n`,
  );
}
process.exit(status);
