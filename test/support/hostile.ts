import fc from 'fast-check';
import type { Action, Block, Inline, Line, Message } from '../../src/model/message.ts';
import { instant } from '../../src/model/time.ts';

/** Strings that try to mention, link, format, hide or reorder. */
const TRICKS = [
  '<!channel>',
  '<!here|here>',
  '<@U012ABCDEF>',
  '<#C012ABCDEF|general>',
  '<!subteam^S012ABCDEF>',
  '@everyone',
  '@here',
  '<https://evil.example|https://bank.example>',
  '[bank.example](https://evil.example)',
  '*bold* _it_ ~gone~ `code` ```block```',
  '||spoiler||',
  '> quote',
  '>>> quote',
  '# heading',
  '- item',
  '1. item',
  ':skull: :+1:',
  '\u202Egnp.exe\u202C',
  '\u2066\u2067\u2069\u2069',
  'a\u200Bb\u200C\u200D\uFEFF',
  'раураl.example',
  '&lt;!channel&gt;',
  '&amp;<',
  'line\nbreak\r\u2028\u2029\u0085',
  '\u0000\u0007\u001B[31m',
  'Z̸̧̢̛̹̺̻͓͎̗̦͉̬͔͐̓̓͂̾͐͝ą̷͉̀̊l̴̡͖͙̈́g̶̜̾o̷͎̔',
  'ديرالزور <!channel> \u202Eabc',
  '\uD800',
  '<!date^1^{date}^https://evil.example|x>',
  '\\<@1>',
  '<@&1>',
  '<t:1:R>',
  '</status:1>',
];

/** Words as an attacker would put them into a report. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.array(fc.constantFrom(...TRICKS), { maxLength: 4 }).map((all) => all.join('')) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('x', 'ه', '\u0301', '<', '&', '👩‍👩‍👧').map((one) => one.repeat(5_000)),
  },
  { weight: 1, arbitrary: fc.constantFrom('word ', 'كلمة ', '<!channel> ').map((one) => one.repeat(1_000)) },
);

export const hostileUrl: fc.Arbitrary<string> = fc.oneof(
  fc.webUrl(),
  fc.constantFrom(
    'javascript:alert(1)',
    'https://evil.example/|x>',
    'https://bank.example@evil.example/',
    'https://xn--pple-43d.example/',
    `https://evil.example/${'a'.repeat(5_000)}`,
    'not a url',
    'https://evil.example/?a=<!channel>&b="',
  ),
);

const inline: fc.Arbitrary<Inline> = fc.oneof(
  hostileText.map((text): Inline => ({ kind: 'untrusted', text })),
  fc.record({ kind: fc.constant('link' as const), text: hostileText, url: hostileUrl }),
  fc.constantFrom<Inline>(
    { kind: 'text', text: 'held by \u2068الجيش\u2069 since then' },
    { kind: 'strong', text: 'Hajin' },
    { kind: 'time', at: instant('2018-05-20T10:00:00Z') },
  ),
);

const line: fc.Arbitrary<Line> = fc.array(inline, { maxLength: 8 });

const action: fc.Arbitrary<Action> = fc.oneof(
  hostileText.map((text): Action => ({ kind: 'command', label: text, command: `/status ${text}` })),
  fc.constant<Action>({ kind: 'open', label: 'Evidence', path: '/incidents/inc_1' }),
);

const block: fc.Arbitrary<Block> = fc.oneof(
  line.map((one): Block => ({ kind: 'paragraph', line: one })),
  fc.array(line, { maxLength: 90 }).map((lines): Block => ({ kind: 'list', lines })),
  fc
    .array(fc.record({ label: fc.constantFrom('Where', 'Standing'), value: line }), { maxLength: 30 })
    .map((fields): Block => ({ kind: 'fields', fields })),
  fc.record({ kind: fc.constant('quote' as const), text: hostileText, source: line }),
  fc.array(line, { maxLength: 12 }).map((lines): Block => ({ kind: 'context', lines })),
  fc.array(action, { maxLength: 40 }).map((actions): Block => ({ kind: 'actions', actions })),
);

/** Messages that a renderer must show within its platform's limits and without harm. */
export const hostileMessage: fc.Arbitrary<Message> = fc.record({
  headline: hostileText,
  tone: fc.constantFrom('alert', 'update', 'warning', 'answer', 'error'),
  blocks: fc.array(block, { maxLength: 70 }),
});
