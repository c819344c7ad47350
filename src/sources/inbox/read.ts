import { extname } from 'node:path';
import { decodeText } from '../charset.ts';
import { readPage } from '../html.ts';
import { markdownText, markdownTitle, splitMatter } from './markdown.ts';

/** One report in a file, yet unchecked; `where` names it in a file of several. */
interface FileItem {
  readonly where: string;
  readonly value: unknown;
}

interface FileProblem {
  readonly where: string;
  readonly why: string;
}

/** What a file holds. A file of several may hold both. */
export interface FileContent {
  readonly items: readonly FileItem[];
  readonly problems: readonly FileProblem[];
}

const one = (value: unknown): FileContent => ({ items: [{ where: '', value }], problems: [] });
const wrong = (why: string): FileContent => ({ items: [], problems: [{ where: '', why }] });

function json(text: string): { readonly value?: unknown; readonly why?: string } {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown };
  } catch (error) {
    return { why: `is not well-formed JSON: ${(error as Error).message}` };
  }
}

function readText(text: string): FileContent {
  const matter = splitMatter(text);
  return matter.ok ? one({ ...matter.fields, text: matter.rest }) : wrong(matter.why);
}

function readMarkdown(text: string): FileContent {
  const matter = splitMatter(text);
  if (!matter.ok) return wrong(matter.why);
  const title = markdownTitle(matter.rest);
  const body = title === undefined ? matter.rest : matter.rest.replace(/^# +\S.*$/m, '');
  const shown = markdownText(body);
  return one({
    ...(title !== undefined && { title: markdownText(title) }),
    ...matter.fields,
    text: shown.trim() === '' && title !== undefined ? title : shown,
  });
}

function readHtml(text: string): FileContent {
  try {
    const { outlet, ...page } = readPage(text);
    return one({ ...(outlet !== undefined && { source: outlet }), ...page });
  } catch (error) {
    if (error instanceof RangeError) return wrong(error.message);
    throw error;
  }
}

function readJson(text: string): FileContent {
  const { value, why } = json(text);
  if (why !== undefined) return wrong(`The file ${why}`);
  if (!Array.isArray(value)) return one(value);
  if (value.length === 0) return wrong('the list is empty; write at least one report into it');
  return {
    items: value.map((item: unknown, index) => ({ where: `report ${index + 1}`, value: item })),
    problems: [],
  };
}

function readLines(text: string): FileContent {
  const items: FileItem[] = [];
  const problems: FileProblem[] = [];
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === '') continue;
    const where = `line ${index + 1}`;
    const { value, why } = json(line);
    if (why === undefined) items.push({ where, value });
    else problems.push({ where, why });
  }
  return items.length + problems.length > 0 ? { items, problems } : wrong('there is no line in it');
}

const READERS: Readonly<Record<string, (text: string) => FileContent>> = {
  '.txt': readText,
  '.text': readText,
  '.md': readMarkdown,
  '.markdown': readMarkdown,
  '.html': readHtml,
  '.htm': readHtml,
  '.json': readJson,
  '.jsonl': readLines,
  '.ndjson': readLines,
};

/** Reads a file by its name's ending. Never throws on what the bytes hold. */
export function readFileContent(name: string, bytes: Uint8Array): FileContent {
  const ending = extname(name).toLowerCase();
  const reader = READERS[ending];
  if (reader === undefined) {
    const kind = ending === '' ? 'A file without an ending' : `A ${ending} file`;
    return wrong(`${kind} cannot be read. Save it as one of: ${Object.keys(READERS).join(', ')}`);
  }
  const decoded = decodeText(bytes, { markup: reader === readHtml });
  return decoded.ok ? reader(decoded.text) : wrong(`The text cannot be decoded: ${decoded.why}`);
}
