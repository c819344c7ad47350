import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { instant } from '../../src/model/time.ts';
import { prepareIncoming } from '../../src/sources/accept/accept.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';
import { readFileContent } from '../../src/sources/inbox/read.ts';

const FOLDER = join(import.meta.dirname, '../../config/demo/reports');
const names = readdirSync(FOLDER);

const samples = names.map((name) => {
  const [item] = readFileContent(name, readFileSync(join(FOLDER, name))).items;
  const prepared = prepareIncoming(item?.value, 'demo', {
    book: sourceBook([]),
    clock: () => instant('2026-01-01T00:00:00Z'),
  });
  if (!prepared.ok) throw new Error(`${name}: ${JSON.stringify(prepared.problems)}`);
  return { name, value: item?.value, input: prepared.input };
});

describe('the sample reports', () => {
  it.each(samples)('$name is marked as a sample of an invented outlet', ({ value, input }) => {
    expect(value).toMatchObject({ sample: 'true' });
    expect(input.report.outlet).toMatch(/^Sample /);
    expect(input.report.source).toBe('demo');
  });

  it('are in the order of their days, in May and June 2018', () => {
    const days = samples.map(({ input }) => input.report.published);
    expect(days).toEqual(days.toSorted());
    expect(days.every((at) => /^2018-0[56]/.test(at))).toBe(true);
  });

  it('hold one report twice, under two titles and two bylines', () => {
    const prints = samples.map(({ input }) => input.fingerprint);
    expect(names.filter((_, index) => prints.indexOf(prints[index] ?? '') !== index)).toEqual([
      '06-first-buses-copy.md',
    ]);
  });
});
