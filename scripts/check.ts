// The one gate: what a commit must pass. Stops at the first step that fails and says how to mend it.
import { runNode } from './step.ts';

const steps: readonly { name: string; script: string; args: readonly string[]; mend: string }[] = [
  {
    name: 'format',
    script: 'node_modules/prettier/bin/prettier.cjs',
    args: ['--check', '.', '--log-level', 'warn'],
    mend: 'run `npm run format`',
  },
  {
    name: 'types',
    script: 'node_modules/typescript/bin/tsc',
    args: ['-p', 'tsconfig.json'],
    mend: 'mend the types named above',
  },
  {
    name: 'lint',
    script: 'node_modules/eslint/bin/eslint.js',
    args: ['.', '--max-warnings', '0'],
    mend: 'mend the places named above',
  },
  {
    name: 'unused code and dependencies',
    script: 'node_modules/knip/bin/knip.js',
    args: [],
    mend: 'delete what nothing uses',
  },
  {
    name: 'tests, the architecture rules among them',
    script: 'scripts/test.ts',
    args: [],
    mend: 'see the failing test above',
  },
];

for (const [index, step] of steps.entries()) {
  const started = performance.now();
  process.stdout.write(`[${index + 1}/${steps.length}] ${step.name} …\n`);
  const status = await runNode(step.script, step.args);
  if (status !== 0) {
    process.stdout.write(`${step.name}: failed. To mend it: ${step.mend}.\n`);
    process.exit(1);
  }
  process.stdout.write(
    `[${index + 1}/${steps.length}] ${step.name}: ok in ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );
}
