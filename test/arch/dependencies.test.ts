import { cruise } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import rules from '../../.dependency-cruiser.mjs';

const root = join(import.meta.dirname, '..', '..');

it('cli → app → effects → pure → model', async () => {
  const { output } = await cruise(
    ['src', 'test', 'scripts'],
    {
      ...rules.options,
      ruleSet: { forbidden: rules.forbidden },
      validate: true,
      baseDir: root,
      outputType: 'err-long',
    },
    {},
    { tsConfig: extractTsConfig(join(root, 'tsconfig.json')) },
  );
  expect(output).toContain('no dependency violations found');
});

it('only src/config and src/cli read the environment', () => {
  const offenders = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/^(?:config|cli)\//.test(path))
    .filter((path) => /\bprocess\.env\b/.test(readFileSync(join(root, 'src', path), 'utf8')));
  expect(offenders, 'take the value from the configuration instead').toEqual([]);
});
