import type { FirstSteps } from './channel.ts';
import { html, type Html } from './template.ts';
import { calm } from '../../text.ts';

export const noChannelsMain = ({ inbox }: FirstSteps): Html =>
  html`<header class="top"><h1>Welcome</h1></header>
    <section class="empty">
      <h2>There is no channel yet</h2>
      <ol>
        <li>Add one: open “Add a channel”, write a name such as <code>deir-ezzor</code>.</li>
        <li>Say what it watches: <code>/subscribe deir-ezzor</code>.</li>
        ${
          inbox === undefined
            ? ''
            : html`<li>Hand in a report: drop a text file into <code>${calm(inbox)}</code>.</li>`
        }
      </ol>
    </section>`;

export const notFoundMain = (what: string): Html =>
  html`<header class="top"><h1>Not found</h1></header>
    <p>There is no such ${what}. It may have been merged or renamed; <a href="/">go to the channels</a>.</p>`;

export const problemMain = (title: string, remedy: string): Html =>
  html`<header class="top"><h1>${title}</h1></header>
    <p>${remedy}</p>
    <p><a href="/">Back to the channels</a></p>`;
