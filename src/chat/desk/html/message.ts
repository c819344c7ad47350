import type { Action, Block, Inline, Line, Message } from '../../../model/message.ts';
import { html, type Html } from './template.ts';
import { calm, safeLink } from '../../text.ts';
import { isOwnPath, textHtml } from './text.ts';
import { momentHtml } from './time.ts';

/** A link with the host that it leads to; plain text when it is no web address. */
export function linkHtml(text: string, url: string): Html {
  const link = safeLink(url);
  if (!link) return html`<bdi>${calm(text)}</bdi>`;
  const shown = calm(text);
  const anchor = html`<a href="${link.href}" rel="noopener noreferrer nofollow ugc" target="_blank"
    ><bdi>${shown}</bdi></a
  >`;
  return shown === link.host ? anchor : html`${anchor} <span class="host">${link.host}</span>`;
}

const INLINES: { readonly [K in Inline['kind']]: (inline: Extract<Inline, { kind: K }>) => Html } = {
  text: ({ text }) => textHtml(text),
  strong: ({ text }) => html`<strong>${textHtml(text)}</strong>`,
  untrusted: ({ text }) => html`<bdi>${calm(text)}</bdi>`,
  link: ({ text, url }) => linkHtml(text, url),
  time: ({ at }) => momentHtml(at),
};

/** The handler of an inline's own kind, which the compiler cannot follow through the table. */
const inlineHtml = (inline: Inline): Html => (INLINES[inline.kind] as (inline: Inline) => Html)(inline);

export const lineHtml = (line: Line): Html => html`${line.map((inline) => inlineHtml(inline))}`;

/** Where a message stands decides where its commands are sent. */
export interface Place {
  /** Address that commands are posted to; absent: commands are shown as text. */
  readonly commands?: string;
}

function actionHtml(action: Action, { commands }: Place): Html {
  if (action.kind === 'open')
    return isOwnPath(action.path)
      ? html`<a class="button" href="${action.path}">${calm(action.label)}</a>`
      : html``;
  if (commands === undefined) return html`<code>${calm(action.command)}</code>`;
  return html`<form method="post" action="${commands}" data-command>
    <input type="hidden" name="line" value="${calm(action.command)}" />
    <button class="button" type="submit" title="${calm(action.command)}">${calm(action.label)}</button>
  </form>`;
}

const BLOCKS: { readonly [K in Block['kind']]: (block: Extract<Block, { kind: K }>, place: Place) => Html } =
  {
    paragraph: ({ line }) => html`<p dir="auto">${lineHtml(line)}</p>`,
    list: ({ lines }) =>
      html`<ul>
        ${lines.map((line) => html`<li dir="auto">${lineHtml(line)}</li>`)}
      </ul>`,
    fields: ({ fields }) =>
      html`<dl>
        ${fields.map(
          ({ label, value }) =>
            html`<div>
              <dt>${calm(label)}</dt>
              <dd dir="auto">${lineHtml(value)}</dd>
            </div>`,
        )}
      </dl>`,
    quote: ({ text, source }) =>
      html`<figure>
        <blockquote dir="auto">${calm(text)}</blockquote>
        <figcaption>${lineHtml(source)}</figcaption>
      </figure>`,
    context: ({ lines }) =>
      html`<div class="context">${lines.map((line) => html`<p dir="auto">${lineHtml(line)}</p>`)}</div>`,
    actions: ({ actions }, place) =>
      html`<div class="actions">${actions.map((action) => actionHtml(action, place))}</div>`,
  };

const blockHtml = (block: Block, place: Place): Html =>
  (BLOCKS[block.kind] as (block: Block, place: Place) => Html)(block, place);

/** The blocks of a message; its headline is the heading that the caller writes. */
export const blocksHtml = (message: Message, place: Place): Html =>
  html`${message.blocks.map((block) => blockHtml(block, place))}`;
