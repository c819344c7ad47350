import type { Instant } from '../../../model/time.ts';
import type { DeskChannel } from '../ports.ts';
import { watchText, type Watch } from '../watch.ts';
import { channelPath, seenCookie } from './paths.ts';
import { html, type Html } from './template.ts';
import { calm } from '../../text.ts';
import { agoHtml } from './time.ts';

/** What stands on every page beside its own content. */
export interface Frame {
  readonly channels: readonly ChannelLink[];
  readonly watch: Watch;
  readonly now: Instant;
}

interface ChannelLink {
  readonly channel: DeskChannel;
  /** Messages posted since this reader last had the channel open. */
  readonly unread: number;
}

export interface Page {
  readonly title: string;
  /** Path of the page in the navigation that is open. */
  readonly here: string;
  readonly main: Html;
  /** The page fills the window and scrolls inside, as a chat does. */
  readonly chat?: true;
}

const SECTIONS = [
  ['/incidents', 'Incidents'],
  ['/places', 'Places'],
  ['/health', 'Health'],
] as const;

const current = (open: boolean): Html => (open ? html` aria-current="page"` : html``);

function channelItem({ channel, unread }: ChannelLink, here: string): Html {
  const path = channelPath(channel.destination.channel);
  return html`<li>
    <a
      href="${path}"
      ${current(path === here)}
      data-channel="${channel.destination.channel}"
      data-seen="${seenCookie(channel)}"
      ><bdi>${calm(channel.destination.name)}</bdi>${
        unread > 0 ? html`<span class="unread">${unread}<span class="quiet-text"> unread</span></span>` : ''
      }</a
    >
  </li>`;
}

const channelListHtml = (channels: readonly ChannelLink[], here: string): Html =>
  html`<ul id="channels">
    ${channels.map((link) => channelItem(link, here))}
  </ul>`;

const watchHtml = ({ watch, now }: Frame): Html =>
  html`<a class="watch watch-${watch.state}" href="/health"
    ><span class="lamp" aria-hidden="true"></span><span>${watchText(watch)}</span>${
      watch.lastReport === undefined
        ? ''
        : html` <span class="quiet">last report ${agoHtml(watch.lastReport, now)}</span>`
    }</a
  >`;

const sidebar = (frame: Frame, here: string): Html =>
  html`<header class="side">
    <a class="brand" href="/"><img src="/static/icon.svg" alt="" width="22" height="22" />Sitrep</a>
    <nav aria-label="Channels">
      <h2>Channels</h2>
      ${channelListHtml(frame.channels, here)}
      <details class="add">
        <summary>Add a channel</summary>
        <form method="post" action="/channels">
          <label for="new-channel">Name of the channel</label>
          <div class="row">
            <input
              id="new-channel"
              name="name"
              required
              maxlength="40"
              autocomplete="off"
              placeholder="deir-ezzor"
            />
            <button type="submit">Add</button>
          </div>
        </form>
      </details>
    </nav>
    <nav aria-label="Desk">
      <h2>Desk</h2>
      <ul>
        ${SECTIONS.map(
          ([path, name]) => html`<li><a href="${path}" ${current(here === path)}>${name}</a></li>`,
        )}
      </ul>
    </nav>
    ${watchHtml(frame)}
  </header>`;

export const pageHtml = (page: Page, frame: Frame): Html =>
  html`<!doctype html>
    <html lang="en" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${calm(page.title)} · Sitrep</title>
        <link rel="icon" href="/static/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/static/desk.css" />
        <script src="/static/desk.js" defer></script>
      </head>
      <body class="${page.chat ? 'chat' : 'sheet'}">
        <a class="skip" href="#main">Skip to the content</a>
        ${sidebar(frame, page.here)}
        <main id="main" tabindex="-1">${page.main}</main>
      </body>
    </html>`;
