import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fallbackText, renderBlocks } from '../../../src/chat/slack/blocks/blocks.ts';
import type { Message } from '../../../src/model/message.ts';
import { instant } from '../../../src/model/time.ts';
import { hostileMessage } from '../../support/hostile.ts';
import { toldMessage } from '../../support/hostile-told.ts';
import { ALL_BLOCKS, blockProblems } from '../../support/slack/blocks.ts';

const around = { desk: 'https://desk.example/', more: 'More on the incident page' };
const render = (message: Message): readonly KnownBlock[] => renderBlocks(message, 'header', around);

/** Every string that Slack reads as mrkdwn. */
function mrkdwnOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnOf);
  if (typeof value !== 'object' || value === null) return [];
  const { type, text } = value as { type?: unknown; text?: unknown };
  if (type === 'mrkdwn') return [String(text)];
  return Object.values(value).flatMap(mrkdwnOf);
}

/** Every string that a reader sees. */
function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, one]) => (key === 'value' ? [] : stringsOf(one)))
    : [];
}

const isolates = (text: string): number[] => {
  const depths: number[] = [];
  let depth = 0;
  for (const sign of text) {
    if (sign === '\u2068') depth += 1;
    if (sign === '\u2069') depth -= 1;
    depths.push(depth);
  }
  return [...depths, depth];
};

/** Stretches of small print that Sitrep itself makes bold. */
const ownBold = ({ blocks }: Message): number =>
  blocks
    .flatMap((block) => (block.kind === 'context' ? block.lines : []))
    .flat()
    .filter(({ kind }) => kind === 'strong').length;

describe.each([
  ['in any message', hostileMessage, 150],
  ['in all that Sitrep tells and answers', toldMessage, 80],
])('hostile words in Slack messages: %s', (_, hostile, numRuns) => {
  it('are shown within every limit', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('header' as const, 'line' as const), (message, as) => {
        const blocks = renderBlocks(message, as, around);
        expect(blockProblems(blocks)).toEqual([]);
        expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(ALL_BLOCKS);
        expect(fallbackText(message).length).toBeLessThanOrEqual(4_000);
        expect(fallbackText(message)).not.toBe('');
      }),
      { numRuns },
    );
  });

  it('mention nobody, forge no link, make no format', () => {
    fc.assert(
      fc.property(hostile, (message) => {
        for (const text of [...mrkdwnOf(render(message)), fallbackText(message)])
          for (const tag of text.split('<').slice(1)) {
            // All that is between angle brackets is of our own making: a date, or a link whose host stands beside it.
            expect(tag).toMatch(
              /^(?:!date\^\d+\^\{date_short_pretty\} \{time\}\||https?:\/\/[^|<>\s]+\|)[^|<>]*>[^>]*$/u,
            );
          }
        let stars = 0;
        for (const text of mrkdwnOf(render(message))) {
          const [first, ...rest] = text.split('<');
          const seen = [first, ...rest.map((tag) => tag.replace(/^[^|]*/u, ''))].join('');
          expect(seen).not.toMatch(/[_~`]/u);
          stars += seen.split('*').length - 1;
          expect(text).not.toMatch(/:[\w+-]+:/u);
          expect(text.split('\n').filter((line) => line.trimStart().startsWith('&gt;'))).toEqual([]);
        }
        expect(stars).toBeLessThanOrEqual(2 * ownBold(message));
      }),
      { numRuns },
    );
  });

  it('cannot reorder, hide or run over what stands around them', () => {
    fc.assert(
      fc.property(hostile, (message) => {
        for (const text of stringsOf(render(message))) {
          expect(text.replaceAll('\n', '')).not.toMatch(
            /[\u202A-\u202E\u2066\u2067\u200B\u200E\u200F\u2060\uFEFF\u2028\u2029\p{Cc}]/u,
          );
          expect(isolates(text).every((depth) => depth === 0 || depth === 1)).toBe(true);
          expect(isolates(text).at(-1)).toBe(0);
          expect(text).not.toMatch(/\p{M}{6}/u);
        }
      }),
      { numRuns },
    );
  });
});

describe('a message', () => {
  const at = instant('2018-05-20T10:00:00Z');
  const alert: Message = {
    headline: 'ISIS took Hajin',
    tone: 'warning',
    blocks: [
      { kind: 'fields', fields: [{ label: 'Where', value: [{ kind: 'strong', text: 'Hajin' }] }] },
      { kind: 'list', lines: [[{ kind: 'untrusted', text: 'one' }], [{ kind: 'time', at }]] },
      { kind: 'quote', text: 'They took it.', source: [{ kind: 'untrusted', text: 'Sample Wire' }] },
      {
        kind: 'context',
        lines: [[{ kind: 'link', text: 'Sample Wire', url: 'https://wire.example/a?b=1&c=2' }]],
      },
      {
        kind: 'actions',
        actions: [
          { kind: 'command', label: 'Status', command: '/status sy-hajin' },
          { kind: 'open', label: 'Evidence', path: '/incidents/inc_1' },
        ],
      },
    ],
  };

  it('has a header, its facts, its words, its sources and its buttons', () => {
    expect(render(alert)).toMatchObject([
      { type: 'header', text: { text: '⚠️ ISIS took Hajin' } },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { text: 'Where:', style: { bold: true } },
              { text: ' ' },
              { text: 'Hajin', style: { bold: true } },
            ],
          },
        ],
      },
      { type: 'rich_text', elements: [{ type: 'rich_text_list', elements: [{}, {}] }] },
      { type: 'rich_text', elements: [{ type: 'rich_text_quote' }] },
      {
        type: 'context',
        elements: [
          {
            text: '<https://wire.example/a?b=1&amp;c=2|\u2068Sample Wire\u2069> (wire.example)',
            verbatim: true,
          },
        ],
      },
      {
        type: 'actions',
        elements: [
          { action_id: 'run:0', value: '/status sy-hajin' },
          { action_id: 'open:1', url: 'https://desk.example/incidents/inc_1' },
        ],
      },
    ]);
  });

  it('links to no page when readers cannot reach the desk', () => {
    const [buttons] = renderBlocks(alert, 'line', { more: 'More' }).slice(-1);
    expect(buttons).toMatchObject({ elements: [{ action_id: 'run:0' }] });
    expect(JSON.stringify(buttons)).not.toContain('open:');
  });

  it('says where the rest is when it is cut, and cuts between words', () => {
    const words = 'They left the town in buses under the deal. '.repeat(400);
    const blocks = render({
      ...alert,
      blocks: [{ kind: 'paragraph', line: [{ kind: 'untrusted', text: words }] }],
    });
    const text = JSON.stringify(blocks[1]);
    expect(text).toMatch(/deal\.\u2069"/u);
    expect(JSON.stringify(blocks.at(-1))).toContain('More on the incident page');
  });

  it('tells a headline whole that no header holds', () => {
    const headline = 'Fighters and their families left the camp '.repeat(6).trim();
    expect(JSON.stringify(render({ ...alert, headline })[0])).toContain(headline);
  });
});
