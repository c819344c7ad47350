import type {
  RichTextBlock,
  RichTextElement,
  RichTextLink,
  RichTextList,
  RichTextQuote,
  RichTextSection,
  RichTextText,
} from '@slack/types';
import type { Inline, Line } from '../../../model/message.ts';
import { hostBeside, isolated, ownWords, plainWords, slackLink } from './mrkdwn.ts';

// Text of a rich text block is shown as it is: no mention, link, format or emoji is read out of it, so that nothing needs
// to be escaped. Only what reorders or hides is taken away.

/** Slack refuses an element without text. */
const text = (words: string, bold = false): readonly RichTextText[] =>
  words === '' ? [] : [{ type: 'text', text: words, ...(bold && { style: { bold } }) }];

function link({ text: label, url }: Extract<Inline, { kind: 'link' }>): readonly RichTextElement[] {
  const target = slackLink(url);
  const shown = isolated(plainWords(label));
  if (!target || shown === '') return text(shown);
  const element: RichTextLink = { type: 'link', url: target.href, text: shown };
  return [element, ...text(hostBeside(plainWords(label), target.host))];
}

const INLINES: {
  readonly [K in Inline['kind']]: (inline: Extract<Inline, { kind: K }>) => readonly RichTextElement[];
} = {
  text: (inline) => text(ownWords(inline.text, plainWords)),
  strong: (inline) => text(ownWords(inline.text, plainWords), true),
  untrusted: (inline) => text(isolated(plainWords(inline.text))),
  link,
  time: ({ at }) => [
    {
      type: 'date',
      timestamp: Math.floor(Date.parse(at) / 1000),
      format: '{date_short_pretty} {time}',
      fallback: `${at.slice(0, 16).replace('T', ' ')} UTC`,
    },
  ],
};

const elements = (line: Line): RichTextElement[] =>
  line.flatMap((inline) => [
    ...(INLINES[inline.kind] as (inline: Inline) => readonly RichTextElement[])(inline),
  ]);

export const section = (line: Line): RichTextSection => ({
  type: 'rich_text_section',
  elements: elements(line),
});

export const bullets = (lines: readonly Line[]): RichTextList => ({
  type: 'rich_text_list',
  style: 'bullet',
  elements: lines.map(section),
});

/** Words of a report and whose they are. */
export const quote = (words: string, source: Line): RichTextQuote => ({
  type: 'rich_text_quote',
  elements: [...text(isolated(plainWords(words))), ...text('\n— '), ...elements(source)],
});

export const richText = (element: RichTextSection | RichTextList | RichTextQuote): RichTextBlock => ({
  type: 'rich_text',
  elements: [element],
});
