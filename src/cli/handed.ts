import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';

interface Contents {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Standard input has no name to say what it holds: JSON and JSON Lines begin with a bracket, all else is text. */
function nameOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8').trim();
  if (!/^\uFEFF?[{[]/.test(text)) return 'standard-input.md';
  try {
    JSON.parse(text);
    return 'standard-input.json';
  } catch {
    return 'standard-input.jsonl';
  }
}

/** What a file, or - for standard input, holds, and the name that says of what kind it is. */
export async function contents(file: string): Promise<Contents> {
  if (file === '-') {
    const bytes = await buffer(process.stdin);
    return { name: nameOf(bytes), bytes };
  }
  return { name: basename(file), bytes: await readFile(file) };
}
