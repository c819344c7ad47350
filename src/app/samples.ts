import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readFileContent } from '../sources/inbox/read.ts';

/** One sample report: as it is handed in, and what to call it. */
export interface Sample {
  readonly title: string;
  readonly value: unknown;
}

/** The demo's reports under `config/demo/reports`, in the order in which they are played. */
export async function loadSamples(root: string): Promise<readonly Sample[]> {
  const folder = join(root, 'config', 'demo', 'reports');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
  const contents = await Promise.all(
    files.map(async (name) => readFileContent(name, await readFile(join(folder, name)))),
  );
  return contents.flatMap(({ items }, index) =>
    items.map(({ value }) => ({ title: titleOf(value) ?? files[index] ?? '', value })),
  );
}

const titleOf = (value: unknown): string | undefined => (value as { title?: string }).title;
