import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFileContent } from '../../../src/sources/inbox/read.ts';

const read = (name: string, text: string) => readFileContent(name, Buffer.from(text));
const value = (name: string, text: string) => {
  const { items, problems } = read(name, text);
  expect(problems).toEqual([]);
  expect(items).toHaveLength(1);
  return items[0]?.value;
};
const why = (name: string, text: string) =>
  read(name, text)
    .problems.map((problem) => problem.why)
    .join('\n');

const MATTER = `---
source: Sample Wire
url: https://wire.example/1
published: 2018-05-20T06:00:00Z
title: "Buses: the second convoy"
language:
---
Buses left on Sunday.
--- 
The army denied it.
`;

describe('text files', () => {
  it('are a report without front matter', () => {
    expect(value('a.TXT', 'Buses left.\n---\nMore.')).toEqual({ text: 'Buses left.\n---\nMore.' });
  });

  it('have front matter, and rules below it stay', () => {
    expect(value('a.txt', MATTER)).toEqual({
      source: 'Sample Wire',
      url: 'https://wire.example/1',
      published: '2018-05-20T06:00:00Z',
      title: 'Buses: the second convoy',
      text: 'Buses left on Sunday.\n--- \nThe army denied it.\n',
    });
    expect(value('a.txt', MATTER.replaceAll('\n', '\r\n'))).toMatchObject({ source: 'Sample Wire' });
    expect(value('a.txt', `\uFEFF${MATTER}`)).toMatchObject({ source: 'Sample Wire' });
  });

  it('keep a day in the front matter as it is written', () => {
    expect(value('a.txt', '---\npublished: 2018-05-20\n---\nx')).toMatchObject({ published: '2018-05-20' });
  });

  it('take a value as it is written, a colon in it included', () => {
    expect(value('a.txt', '---\nsource: Sample Wire\ntitle: Hajin: a town apart\n---\nx')).toEqual({
      source: 'Sample Wire',
      title: 'Hajin: a town apart',
      text: 'x',
    });
    expect(value('a.txt', '---\ntitle: 2018\nsample: true\n---\nx')).toMatchObject({
      title: '2018',
      sample: 'true',
    });
  });

  it('say what is wrong with their front matter', () => {
    expect(why('a.txt', '---\nsource: [x\n---\ny')).toMatch(
      /^its front matter is not well-formed YAML: .* at line 1/,
    );
    expect(why('a.txt', '---\njust words\n---\ny')).toBe('its front matter holds no "key: value" lines');
  });
});

describe('Markdown files', () => {
  it('are the text that they show, under their first heading', () => {
    const text = `# Buses *leave*

> **Six** buses [left](https://wire.example) the _camp_ ![a bus](bus.jpg)

- two_by_two
- \`four\` 3 * 4 * 5

## Background
`;
    expect(value('a.md', text)).toEqual({
      title: 'Buses leave',
      text: '\n\nSix buses left the _camp_ \n\ntwo_by_two\nfour 3 * 4 * 5\n\nBackground\n',
    });
  });

  it('take the title of their front matter first', () => {
    expect(value('a.md', '---\ntitle: A\n---\n# B\nc')).toMatchObject({ title: 'A' });
  });

  it('that are a heading alone are read as one', () => {
    expect(value('a.md', '# Buses leave the camp')).toEqual({
      title: 'Buses leave the camp',
      text: 'Buses leave the camp',
    });
  });
});

describe('HTML files', () => {
  it('name their outlet as their source', () => {
    const page = '<meta property="og:site_name" content="Sample Wire"><title>T</title><p>Buses left.</p>';
    expect(value('a.html', page)).toEqual({ source: 'Sample Wire', title: 'T', text: 'Buses left.' });
  });

  it('that no parser can bear are refused', () => {
    expect(why('a.htm', '<b><i>'.repeat(40_000))).toContain('save the text of the page instead');
  });
});

describe('JSON files', () => {
  it('hold one report or a list', () => {
    expect(value('a.json', '{"text": "x"}')).toEqual({ text: 'x' });
    expect(read('a.json', '[{"text": "x"}, 3]').items).toEqual([
      { where: 'report 1', value: { text: 'x' } },
      { where: 'report 2', value: 3 },
    ]);
  });

  it('hold a report a line', () => {
    const { items, problems } = read('a.jsonl', '{"text": "x"}\r\n\n{"text": \n{"text": "y"}');
    expect(items.map(({ where }) => where)).toEqual(['line 1', 'line 4']);
    expect(problems).toEqual([
      { where: 'line 3', why: expect.stringContaining('is not well-formed JSON') as unknown },
    ]);
  });

  it('say what is wrong with them', () => {
    expect(why('a.json', '{"text": ')).toMatch(/^The file is not well-formed JSON: /);
    expect(why('a.json', '[]')).toBe('the list is empty; write at least one report into it');
    expect(why('a.jsonl', '\n')).toBe('there is no line in it');
  });
});

describe('other files', () => {
  it('are refused with what would be read', () => {
    const kinds = 'Save it as one of: .txt, .text, .md, .markdown, .html, .htm, .json, .jsonl, .ndjson';
    expect(why('a.pdf', '%PDF')).toBe(`A .pdf file cannot be read. ${kinds}`);
    expect(why('a', 'x')).toBe(`A file without an ending cannot be read. ${kinds}`);
    expect(readFileContent('a.txt', Buffer.from([0xd3, 0xe6, 0xd1])).problems[0]?.why).toBe(
      'The text cannot be decoded: it says that it is utf-8 and is not; save it as UTF-8',
    );
  });
});

describe('any bytes', () => {
  const name = fc.constantFrom('a.txt', 'a.md', 'a.html', 'a.json', 'a.jsonl', 'a.exe', '');
  const markup = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '---\n',
          '# ',
          '**',
          '[',
          '](',
          '{"text":',
          '"}',
          '<p>',
          '\n',
          ': ',
          '- ',
          '&a ',
          '*a',
        ),
        fc.string({ unit: 'binary' }),
      ),
    )
    .map((parts) => Buffer.from(parts.join('')));
  const anything = fc.oneof(markup, fc.uint8Array());

  it('give reports or a reason, never an exception', () => {
    fc.assert(
      fc.property(name, anything, (file, bytes) => {
        const { items, problems } = readFileContent(file, bytes);
        expect(items.length + problems.length).toBeGreaterThan(0);
        for (const problem of problems) expect(problem.why).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
