import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payloadOf, pointerOf, threadName, type Payload } from '../../../src/chat/discord/payload.ts';
import { linkText, plainText, untrustedText } from '../../../src/chat/discord/text.ts';
import { calm } from '../../../src/chat/text.ts';
import { checkMessage } from '../../support/discord/forms.ts';
import { hostileMessage, hostileText } from '../../support/hostile.ts';
import { toldMessage } from '../../support/hostile-told.ts';
import { look, saying } from './harness.ts';

const MARK = { name: 'abcdefghijkl', revision: 3, pointed: false, pointer: false };

/** Our own links; each shows its host behind it, or as its words. */
const LINK = /(?<!\\)\[((?:\\.|[^\\[\]])*)\]\((https?:\/\/[^()\s<>]+)\)(?: \(([^()\s]+)\))?/gu;
/** What takes the meaning of a sign away: any sign after a backslash is shown as it is. */
const ESCAPED = /\\[^\p{L}\p{N}\s]/gu;
const shown = (markdown: string): string =>
  markdown.replace(/\\([^\p{L}\p{N}\s])/gu, '$1').replaceAll('\u200B', '');

/** Reads markdown as Discord does, and complains of all that could only have come from the words themselves. */
function complaints(markdown: string): readonly string[] {
  const found: string[] = [];
  const without = markdown.replace(LINK, (_, words: string, url: string, host: string | undefined) => {
    if (shown(host ?? words) !== new URL(url).host) found.push(`a link to ${url} does not say so: ${words}`);
    return 'link';
  });
  // Moments are ours: `<t:1526810400:f>`.
  const bare = without.replace(ESCAPED, '·').replace(/<t:-?\d+:f>/gu, 'moment');
  for (const [what, pattern] of Object.entries({
    mention: /<[@#:/a-z]|@everyone|@here/iu,
    code: /`/u,
    spoiler: /\|\|/u,
    link: /\]\(|:\/\//u,
    emphasis: /(?<!\*)\*(?!\*)|_|~~/u,
    emoji: /:[\w+-]+:/u,
    block: /^(?:#|-#|>>>|- |\* |\d+\.)/mu,
  }))
    if (pattern.test(bare))
      found.push(
        `${what}: ${JSON.stringify(pattern.exec(bare)?.[0])} in ${JSON.stringify(markdown.slice(0, 300))}`,
      );
  if ((bare.match(/\*\*/gu) ?? []).length % 2 !== 0) found.push(`open emphasis in ${markdown.slice(0, 300)}`);
  return found;
}

const HIDDEN = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]--[\n\p{Join_Control}\u200B\u2068\u2069\u0600-\u0605\u06DD]]/v;

function bidiComplaints(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    if (HIDDEN.test(line)) return [`a hidden sign in ${JSON.stringify(line.slice(0, 200))}`];
    let depth = 0;
    for (const sign of line) {
      if (sign === '\u2068') depth += 1;
      if (sign === '\u2069') depth -= 1;
      if (depth < 0 || depth > 1) return [`isolates do not match in ${JSON.stringify(line.slice(0, 200))}`];
    }
    return depth === 0 ? [] : [`an isolate stays open in ${JSON.stringify(line.slice(0, 200))}`];
  });
}

function formatted({ embeds: [embed] }: Payload): readonly string[] {
  const { title = '', description = '', fields = [] } = embed;
  return [title, description, ...fields.flatMap(({ name, value }) => [name, value])];
}

const plain = ({ embeds: [embed], components }: Payload): readonly string[] => [
  embed.footer?.text ?? '',
  ...components.flatMap((row) => row.components.map((one) => ('label' in one ? (one.label ?? '') : ''))),
];

describe.each([
  ['in any message', hostileMessage, 100],
  ['in all that Sitrep tells and answers', toldMessage, 60],
])('hostile words on Discord: %s', (_, hostile, numRuns) => {
  it('are never refused: every message is within all limits', () => {
    fc.assert(
      fc.property(hostile, (message) => {
        for (const payload of [
          payloadOf(message, look, MARK),
          pointerOf(message, look, 'https://discord.com/channels/1/2/3', MARK),
        ])
          checkMessage({ ...payload, nonce: 'n', enforce_nonce: true }, 'post');
        const name = threadName(message);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(100);
      }),
      { numRuns },
    );
  });

  it('mention nobody, format nothing, and link nowhere unseen', () => {
    fc.assert(
      fc.property(hostile, (message) => {
        const payload = payloadOf(message, look, MARK);
        expect(formatted(payload).flatMap(complaints)).toEqual([]);
        expect(payload.allowed_mentions).toEqual({ parse: [] });
      }),
      { numRuns },
    );
  });

  it('reorder and hide nothing', () => {
    fc.assert(
      fc.property(hostile, (message) => {
        const payload = payloadOf(message, look, MARK);
        expect(
          [...formatted(payload), ...plain(payload), threadName(message)].flatMap(bidiComplaints),
        ).toEqual([]);
      }),
      { numRuns },
    );
  });
});

describe('hostile words on Discord', () => {
  it('are shown letter by letter', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const seen = shown(untrustedText(text)).replace(/[\u2068\u2069]/gu, '');
        expect(seen).toBe(calm(text.toWellFormed().replace(/\s+/gu, ' ')));
      }),
    );
  });

  it.each([
    ['@everyone', '@\u200Beveryone'],
    ['<@123>', '<\u200B@\u200B123\\>'],
    ['[bank](https://evil.example)', '\\[bank\\]\\(https:\u200B//evil.example\\)'],
    ['# big', '\\# big'],
    ['1. item', '1\\. item'],
    ['a\nb', 'a b'],
    ['\u202Eexe.gnp', 'exe.gnp'],
    ['دير الزور', '\u2068دير الزور\u2069'],
  ])('%j becomes %j', (text, expected) => {
    expect(untrustedText(text)).toBe(expected);
  });

  it.each([
    ['Outlet', 'https://outlet.example/a', '[Outlet](https://outlet.example/a) (outlet.example)'],
    ['outlet.example', 'https://outlet.example/a', '[outlet.example](https://outlet.example/a)'],
    ['bank', 'https://bank.example@evil.example/', '[bank](https://evil.example/) (evil.example)'],
    [
      'аррӏе',
      'https://аррӏе.example/',
      '[аррӏе](https://xn--80ak6aa92e.example/) (xn\\-\\-80ak6aa92e.example)',
    ],
    ['x', 'javascript:alert(1)', 'x'],
    [
      'x',
      'https://a.example/)[y](https://b.example',
      '[x](https://a.example/%29%5By%5D%28https://b.example) (a.example)',
    ],
  ])('a link %j to %j says where it leads', (text, url, expected) => {
    expect(linkText(text, url)).toBe(expected);
  });

  it('names of threads and labels of buttons are one line without formatting', () => {
    expect(plainText(' a\n*b* \u202Ec ', 80)).toBe('a *b* c');
  });
});

describe('long messages on Discord', () => {
  const sentences = (count: number): string =>
    Array.from({ length: count }, (_, i) => `Sentence number ${i} ends here.`).join(' ');
  const long = (text: string) =>
    saying('Long', { blocks: [{ kind: 'paragraph', line: [{ kind: 'untrusted', text }] }] });

  it('are cut at a sentence, and say where the rest is', () => {
    const [embed] = payloadOf(long(sentences(400)), look, MARK).embeds;
    expect(embed.description).toMatch(/ends here\.$/);
    expect(embed.footer?.text).toBe('More on the incident page · ref abcdefghijkl.3');
  });

  it('are cut at a word when they have no sentences', () => {
    const [embed] = payloadOf(long('lettuce '.repeat(1000)), look, MARK).embeds;
    expect(embed.description).toMatch(/^(?:lettuce )+lettuce…$/);
  });

  it('say nothing of more when all is there', () => {
    const [embed] = payloadOf(long(sentences(5)), look, MARK).embeds;
    expect(embed.footer?.text).toBe('ref abcdefghijkl.3');
  });

  it('go on from field to field without a break in a line', () => {
    const fields = {
      kind: 'fields',
      fields: [{ label: 'Where', value: [{ kind: 'text', text: 'Hajin' }] }],
    } as const;
    const lines = Array.from(
      { length: 60 },
      (_, i) => [{ kind: 'untrusted', text: `Line ${i}: ${'word '.repeat(12).trim()}.` }] as const,
    );
    const [embed] = payloadOf(
      saying('Long', { blocks: [fields, { kind: 'list', lines }] }),
      look,
      MARK,
    ).embeds;
    const rows = embed.fields?.slice(1).flatMap(({ value }) => value.split('\n')) ?? [];
    expect(rows).toEqual(lines.map(([{ text }]) => `• ${text}`));
    expect(embed.footer?.text).toBe('ref abcdefghijkl.3');
  });
});
