// Takes docs/slack.png: the demo's alerts, from the payloads that the bot sent to a Slack of its own, drawn as Slack draws
// its blocks in a real browser.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Message, type Block } from 'slack-blocks-to-jsx';
import { openBrowser } from '../test/support/browser.ts';
import { threadsOf, type Kept } from '../test/support/slack/api.ts';
import { playSamples, slackDemo } from '../test/support/slack/demo.ts';
import { root } from './step.ts';

// The library writes moments in the zone of the process.
process.env['TZ'] = 'UTC';

const WIDTH = 680;
const REPLIES = 3;

const icon = await readFile(join(root, 'src/chat/desk/static/icon.svg'));
const logo = `data:image/svg+xml;base64,${icon.toString('base64')}`;
const style = await readFile(join(root, 'node_modules/slack-blocks-to-jsx/dist/style.css'), 'utf8');

/** Slack reads moments out of text that is marked `verbatim`; the library does not, and so is not told of the mark. */
const withoutVerbatim = (blocks: NonNullable<Kept['blocks']>): Block[] =>
  JSON.parse(
    JSON.stringify(blocks, (key, value: unknown) => (key === 'verbatim' ? undefined : value)),
  ) as Block[];

const drawn = ({ blocks = [], ts }: Kept): string =>
  renderToStaticMarkup(
    createElement(Message, {
      blocks: withoutVerbatim(blocks),
      name: 'Sitrep',
      logo,
      theme: 'light',
      time: new Date(Number(ts) * 1000),
    }),
  );

const demo = await slackDemo();
try {
  await playSamples(demo);
  const threads = await threadsOf(demo.fake.workspace(), demo.channel.id);
  const [first, ...replies] = threads.find((one) => one.length > 2) ?? [];
  if (!first) throw new Error('no thread of the demo has several replies');
  const page = `<!doctype html><meta charset="utf-8"><style>${style}
    body{margin:0;padding:16px 20px 20px;background:#fff;width:${WIDTH - 40}px;font-family:Lato,"Noto Sans",sans-serif}
    h2{color:#616061;font:600 13px sans-serif;margin:14px 0;padding-bottom:6px;border-bottom:1px solid #ddd}
    article{margin-bottom:14px}</style>
    <article>${drawn(first)}</article>
    <h2>${replies.length} replies</h2>
    ${replies
      .slice(0, REPLIES)
      .map((one) => `<article>${drawn(one)}</article>`)
      .join('')}`;
  const browser = await openBrowser();
  const tab = await browser.newPage({ viewport: { width: WIDTH, height: 900 }, deviceScaleFactor: 1 });
  await tab.setContent(page);
  await tab.locator('body').screenshot({ path: join(root, 'docs', 'slack.png') });
  await browser.close();
} finally {
  await demo.stop();
}
