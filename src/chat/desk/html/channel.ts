import type { Message } from '../../../model/message.ts';
import type { DeskChannel, DeskCommands, DeskMessage, DeskThread } from '../ports.ts';
import { blocksHtml } from './message.ts';
import { channelPath, commandsPath, seenCookie } from './paths.ts';
import { html, type Html } from './template.ts';
import { calm } from '../../text.ts';
import { textHtml } from './text.ts';
import { clockHtml, dayText, momentHtml } from './time.ts';

/** Of a long thread, this many of the newest replies stand open; the others are one click away. */
const OPEN_REPLIES = 6;

const editedMark = ({ edited }: DeskMessage): Html =>
  edited === undefined
    ? html``
    : html` <span class="edited" title="Shows the latest state">edited ${clockHtml(edited)}</span>`;

/** One message. Its id in the page is `m-…`; `data-change` keeps an older state from replacing a newer one. */
export function messageHtml(message: DeskMessage, channel: DeskChannel): Html {
  const heading = message.thread === undefined ? 'h3' : 'h4';
  const headline = html`<bdi>${textHtml(message.message.headline)}</bdi>`;
  return html`<div
    class="message tone-${message.message.tone}"
    id="m-${message.id}"
    data-change="${message.change}"
  >
    <header>
      ${heading === 'h3' ? html`<h3>${headline}</h3>` : html`<h4>${headline}</h4>`}
      <p class="stamp">
        ${clockHtml(message.posted)}${editedMark(message)}${
          message.broadcast ? html` <span class="also">also sent to channel</span>` : ''
        }
      </p>
    </header>
    <div class="body">${blocksHtml(message.message, { commands: commandsPath(channel) })}</div>
  </div>`;
}

const replyHtml = (reply: DeskMessage, channel: DeskChannel): Html =>
  html`<li>${messageHtml(reply, channel)}</li>`;

const count = (n: number): string => `${String(n)} earlier update${n === 1 ? '' : 's'}`;

export function threadHtml({ root, replies }: DeskThread, channel: DeskChannel): Html {
  const folded = replies.length > OPEN_REPLIES + 1 ? replies.length - OPEN_REPLIES : 0;
  return html`<article class="thread" id="t-${root.id}" aria-label="${calm(root.message.headline)}">
    ${messageHtml(root, channel)}
    ${
      folded > 0
        ? html`<details class="folded">
            <summary>${count(folded)}</summary>
            <ol class="replies">
              ${replies.slice(0, folded).map((reply) => replyHtml(reply, channel))}
            </ol>
          </details>`
        : ''
    }
    <ol class="replies" data-replies aria-label="Updates">
      ${replies.slice(folded).map((reply) => replyHtml(reply, channel))}
    </ol>
  </article>`;
}

/** A broadcast reply as the channel shows it: a line that leads into its thread. */
export const broadcastHtml = (reply: DeskMessage, rootHeadline?: string): Html =>
  html`<article class="broadcast tone-${reply.message.tone}" id="b-${reply.id}">
    <p class="stamp">
      ${clockHtml(reply.posted)} replied to the thread
      <a href="#t-${reply.thread}" data-thread-link><bdi>${calm(rootHeadline ?? 'above')}</bdi></a>
    </p>
    <p class="line" dir="auto">${textHtml(reply.message.headline)}</p>
  </article>`;

interface FlowItem {
  readonly at: string;
  readonly html: Html;
}

const flowItems = (threads: readonly DeskThread[], channel: DeskChannel): readonly FlowItem[] =>
  threads
    .flatMap((thread) => [
      { at: thread.root.posted, html: threadHtml(thread, channel) },
      ...thread.replies
        .filter((reply) => reply.broadcast)
        .map((reply) => ({ at: reply.posted, html: broadcastHtml(reply, thread.root.message.headline) })),
    ])
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

function flowHtml(threads: readonly DeskThread[], channel: DeskChannel): Html {
  let day = '';
  return html`${flowItems(threads, channel).map((item) => {
    const divider = item.at.slice(0, 10) === day ? '' : dividerHtml((day = item.at.slice(0, 10)));
    return html`${divider}${item.html}`;
  })}`;
}

export const dividerHtml = (day: string): Html =>
  html`<h2 class="day" data-day="${day}"><time datetime="${day}">${dayText(day)}</time></h2>`;

/** The answer to a command: shown to who asked, kept nowhere. */
export const answerHtml = (line: string, answer: Message, channel: DeskChannel): Html =>
  html`<article class="answer tone-${answer.tone}">
    <p class="stamp">
      <span>Only you see this</span> <code dir="auto">${calm(line)}</code>
      <button type="button" class="dismiss" data-dismiss hidden>Dismiss</button>
    </p>
    <h3><bdi>${textHtml(answer.headline)}</bdi></h3>
    <div class="body">${blocksHtml(answer, { commands: commandsPath(channel) })}</div>
  </article>`;

/** How people get the first alert: where reports go in, and how a channel asks for a place. */
export interface FirstSteps {
  /** Folder that reports are dropped into; absent: none is watched. */
  readonly inbox?: string;
}

const emptyHtml = ({ inbox }: FirstSteps): Html =>
  html`<section class="empty" data-empty>
    <h2>Nothing has been told here yet</h2>
    <ol>
      <li>
        This channel hears of the places that it is subscribed to. <code>/subscriptions</code> shows them,
        <code>/subscribe deir-ezzor</code> adds one, in any spelling.
      </li>
      ${
        inbox === undefined
          ? ''
          : html`<li>Hand in a report: drop a text file into <code>${calm(inbox)}</code>.</li>`
      }
      <li>Ask what is known: <code>/status hajin</code>. All commands: <code>/help</code>.</li>
    </ol>
    <p>
      Silence here means that no report told of a change in a watched place. Whether every source is being
      heard stands under <a href="/health">Health</a>.
    </p>
  </section>`;

export interface ChannelView {
  readonly channel: DeskChannel;
  readonly threads: readonly DeskThread[];
  /** Root to page on from, when there are older threads. */
  readonly older?: string;
  /** Not the newest page: it is not kept live. */
  readonly past: boolean;
  readonly answer?: { readonly line: string; readonly message: Message };
  readonly usages: DeskCommands['usages'];
  readonly firstSteps: FirstSteps;
}

const boxHtml = ({ channel, usages }: ChannelView): Html =>
  html`<form class="box" method="post" action="${commandsPath(channel)}" data-command data-box>
    <label for="line">Command</label>
    <div class="row">
      <input
        id="line"
        name="line"
        required
        maxlength="300"
        dir="auto"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        list="completions"
        data-complete="${channelPath(channel.destination.channel)}/complete"
        placeholder="/status deir-ezzor"
        aria-describedby="usages"
      />
      <datalist id="completions"></datalist>
      <button type="submit">Run</button>
    </div>
    <p id="usages" class="usages">
      ${usages.map(({ usage, summary }) => html`<code title="${summary}">${usage.split(' ')[0]}</code> `)}
    </p>
  </form>`;

export function channelMain(view: ChannelView): Html {
  const { channel, threads } = view;
  const path = channelPath(channel.destination.channel);
  const live = view.past ? html`` : html` data-live="${path}/events?after=${channel.change}"`;
  return html`<div class="channel" data-posts="${channel.posts}" data-seen="${seenCookie(channel)}" ${live}>
    <header class="top">
      <h1><bdi>${calm(channel.destination.name)}</bdi></h1>
      <p class="quiet">
        ${channel.lastPosted ? html`<span class="last-alert">last alert ${momentHtml(channel.lastPosted)}</span>` : 'no alert yet'}
        <span class="live" data-live-state role="status"></span>
      </p>
    </header>
    <div
      class="scroller"
      tabindex="0"
      role="region"
      aria-label="Messages of ${calm(channel.destination.name)}"
    >
      <div class="inner">
        ${view.older === undefined ? '' : html`<p class="older"><a href="${path}?before=${encodeURIComponent(view.older)}">Older threads</a></p>`}
        <div
          class="flow"
          role="log"
          aria-live="polite"
          aria-relevant="additions"
          aria-label="Alerts"
          data-flow
        >
          ${threads.length === 0 ? emptyHtml(view.firstSteps) : flowHtml(threads, channel)}
        </div>
        ${view.past ? html`<p class="older"><a href="${path}">Newest threads</a></p>` : ''}
        <section class="answers" aria-live="polite" aria-label="Answers" data-answers>
          ${view.answer ? answerHtml(view.answer.line, view.answer.message, channel) : ''}
        </section>
      </div>
    </div>
    ${boxHtml(view)}
  </div>`;
}
