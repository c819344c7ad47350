import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stretches } from '../../../src/chat/desk/html/evidence.ts';
import { blocksHtml, lineHtml, linkHtml } from '../../../src/chat/desk/html/message.ts';
import { isOwnPath, textHtml } from '../../../src/chat/desk/html/text.ts';
import { calm, safeLink } from '../../../src/chat/text.ts';
import { agoText, dayText, publishedHtml } from '../../../src/chat/desk/html/time.ts';
import type { Block, Inline } from '../../../src/model/message.ts';
import type { StoredStatement } from '../../../src/model/statement.ts';
import { instant } from '../../../src/model/time.ts';

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</bdi></p><form action="https://evil.example">',
  '&lt;script&gt;',
  '\u202Egnp.exe',
  '\u2066hidden\u2069',
  'a\u200Bb\u200Ec',
  '[click](https://evil.example)',
  '@everyone <!channel> <@U123>',
  'Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309',
  'A'.repeat(5000),
];

describe('words of a report', () => {
  it('lose what would reorder, hide or overrun, and keep what scripts need', () => {
    expect(calm('a\u202Eb\u2066c\u200Bd\uFEFF')).toBe('abcd');
    expect(calm('می\u200Cروند')).toBe('می\u200Cروند');
    expect(calm('دير الزور, Hajin — “quoted”\n')).toBe('دير الزور, Hajin — “quoted”\n');
    expect(calm('e\u0301' + '\u0302'.repeat(30))).toHaveLength(5);
  });

  const inlines: readonly ((text: string) => Inline)[] = [
    (text) => ({ kind: 'text', text }),
    (text) => ({ kind: 'strong', text }),
    (text) => ({ kind: 'untrusted', text }),
    (text) => ({ kind: 'link', text, url: 'https://wire.example/a' }),
  ];

  it('cannot become markup in any inline or block', () => {
    const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 60 }));
    fc.assert(
      fc.property(text, fc.nat(inlines.length - 1), (words, which) => {
        const line = [inlines[which]!(words)];
        const blocks: readonly Block[] = [
          { kind: 'paragraph', line },
          { kind: 'list', lines: [line] },
          { kind: 'fields', fields: [{ label: words, value: line }] },
          { kind: 'quote', text: words, source: line },
          { kind: 'context', lines: [line] },
          {
            kind: 'actions',
            actions: [
              { kind: 'command', label: words, command: words },
              { kind: 'open', label: words, path: words },
            ],
          },
        ];
        const markup = String(
          blocksHtml({ headline: words, tone: 'alert', blocks }, { commands: '/c/all/commands' }),
        );
        const tags = new Set(
          [...markup.matchAll(/<\/?([a-z]\w*)/gi)].map((match) => match[1]!.toLowerCase()),
        );
        const ours = 'p ul li dl div dt dd figure blockquote figcaption form input button bdi strong a span';
        expect([...tags].filter((tag) => !ours.split(' ').includes(tag))).toEqual([]);
        expect(markup).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
        for (const [, attributes] of markup.matchAll(/<\w+((?:\s+[\w-]+(?:="[^"]*")?)*)/g))
          expect(attributes!.replace(/"[^"]*"/g, '')).not.toMatch(/\son\w+=/i);
      }),
    );
  });

  it('isolates by markup what a message isolates by characters', () => {
    expect(String(textHtml('Hajin (\u2068هجين\u2069), Syria'))).toBe('Hajin (<bdi>هجين</bdi>), Syria');
  });
});

describe('links', () => {
  it.each([
    ['javascript:alert(1)'],
    ['data:text/html,<script>alert(1)</script>'],
    ['file:///etc/passwd'],
    ['not a url'],
    ['//evil.example'],
    [''],
  ])('%s is no link', (url) => {
    expect(safeLink(url)).toBeUndefined();
    expect(String(linkHtml('words', url))).not.toContain('<a');
  });

  it('shows where it truly leads', () => {
    expect(safeLink('https://trusted.example@evil.example/x')).toEqual({
      href: 'https://evil.example/x',
      host: 'evil.example',
    });
    expect(safeLink('https://аррle.example/')?.host).toMatch(/^xn--/);
    expect(String(linkHtml('https://trusted.example', 'https://evil.example/'))).toContain(
      '<span class="host">evil.example</span>',
    );
  });

  it.each(['/incidents/i_1', '/places/~syr%2Ftell', '/c/deir-ezzor?before=1'.replace('?before=1', '')])(
    '%s is a path of the desk',
    (path) => {
      expect(isOwnPath(path)).toBe(true);
    },
  );

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:x', '/a"b', '/a b', ''])(
    '%j is none',
    (path) => {
      expect(isOwnPath(path)).toBe(false);
    },
  );
});

describe('evidence', () => {
  const statement = (id: string, start: number, end: number): StoredStatement =>
    ({ id, report: 'r', span: [start, end] }) as unknown as StoredStatement;

  it('is cut wherever it begins or ends, overlapping or not', () => {
    const cut = stretches(0, 20, [statement('a', 2, 10), statement('b', 5, 15), statement('c', 30, 40)]);
    expect(
      cut.map(({ start, end, statements }) => [start, end, statements.map(({ id }) => id).join('')]),
    ).toEqual([
      [0, 2, ''],
      [2, 5, 'a'],
      [5, 10, 'ab'],
      [10, 15, 'b'],
      [15, 20, ''],
    ]);
  });

  it('covers the text exactly once, for any spans', () => {
    const spans = fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 8 });
    fc.assert(
      fc.property(spans, (pairs) => {
        const statements = pairs.map(([a, b], i) => statement(String(i), Math.min(a, b), Math.max(a, b)));
        const cut = stretches(10, 50, statements);
        expect(cut[0]?.start).toBe(10);
        expect(cut.at(-1)?.end).toBe(50);
        for (const [i, part] of cut.entries()) {
          expect(part.end).toBeGreaterThan(part.start);
          expect(cut[i + 1]?.start ?? 50).toBe(part.end);
        }
      }),
    );
  });
});

describe('times', () => {
  it('days as people write them, as short as they are known', () => {
    expect(['2018-05-20', '2018-05', '2018'].map(dayText)).toEqual(['20 May 2018', 'May 2018', '2018']);
  });

  it('how long ago, and the day when that is long ago', () => {
    const now = instant('2018-05-20T12:00:00Z');
    const ago = (at: string) => agoText(instant(at), now);
    expect(ago('2018-05-20T11:59:30Z')).toBe('just now');
    expect(ago('2018-05-20T11:59:00Z')).toBe('1 minute ago');
    expect(ago('2018-05-20T09:00:00Z')).toBe('3 hours ago');
    expect(ago('2018-05-18T09:00:00Z')).toBe('2 days ago');
    expect(ago('2018-03-18T09:00:00Z')).toBe('18 Mar 2018');
  });

  it('of publications have no hour where only the day is known', () => {
    const shown = (at: string) => String(publishedHtml(instant(at)));
    expect(shown('2018-05-20')).toBe('<time datetime="2018-05-20">20 May 2018</time>');
    expect(shown('2018-05-20T00:01:00Z')).toContain('>20 May 2018, 00:01 UTC<');
  });

  it('stand in time elements', () => {
    const at = instant('2018-05-20T06:00:00Z');
    expect(String(lineHtml([{ kind: 'time', at }]))).toBe(
      '<time datetime="2018-05-20T06:00:00.000Z">20 May 2018, 06:00 UTC</time>',
    );
  });
});
