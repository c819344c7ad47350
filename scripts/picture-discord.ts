// Takes docs/discord.png: the demo's alerts, from the payloads that the bot sent to a Discord of its own, drawn by Discord's
// components in a real browser.
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { ButtonStyle } from 'discord.js';
import { openBrowser } from '../test/support/browser.ts';
import { discordDemo, playSamples } from '../test/support/discord/demo.ts';
import type { FakeMessage } from '../test/support/discord/state.ts';
import { root } from './step.ts';

const QUICK = { limit: 50, windowMs: 1000 };
const SITE = 'http://discord-picture.example';
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html' };

interface Embed {
  readonly title?: string;
  readonly description?: string;
  readonly color: number;
  readonly fields?: readonly { readonly name: string; readonly value: string; readonly inline?: boolean }[];
  readonly footer?: { readonly text: string };
}

interface Button {
  readonly label: string;
  readonly style: ButtonStyle;
  readonly url?: string;
}

const escaped = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign,
  );

/** The markdown that Sitrep sends, as HTML: escapes, emphasis, links, moments, quotes. */
function html(markdown: string): string {
  const kept: string[] = [];
  const keep = (text: string): string => `\uE000${kept.push(text) - 1}\uE001`;
  const marked = markdown
    .replace(/\\([^\p{L}\p{N}\s])/gu, (_, sign: string) => keep(escaped(sign)))
    .replace(/<t:(-?\d+):f>/gu, (_, seconds: string) =>
      keep(
        `<discord-time>${new Date(Number(seconds) * 1000).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })}</discord-time>`,
      ),
    )
    .replace(/\[([^[\]]*)\]\(([^)]*)\)/gu, (_, words: string, url: string) =>
      keep(`<discord-link href="${escaped(url)}">${escaped(words)}</discord-link>`),
    );
  const lines = marked.split('\n').map((line) => {
    const words = escaped(line.replace(/^> /u, '')).replace(
      /\*\*(.+?)\*\*/gu,
      '<discord-bold>$1</discord-bold>',
    );
    return line.startsWith('> ') ? `<discord-quote>${words}</discord-quote>` : `${words}<br>`;
  });
  return lines
    .join('')
    .replaceAll('</discord-quote><discord-quote>', '<br>')
    .replace(/<br>$/u, '')
    .replace(/\uE000(\d+)\uE001/gu, (_, at: string) => kept[Number(at)] ?? '');
}

const plain = (markdown: string): string => markdown.replace(/\\([^\p{L}\p{N}\s])/gu, '$1');

/** Of three fields that are side by side, which one this is. */
function columns(fields: NonNullable<Embed['fields']>): readonly string[] {
  let at = 0;
  return fields.map(({ inline }) => {
    if (inline !== true) {
      at = 0;
      return '';
    }
    at = (at % 3) + 1;
    return ` inline inline-index="${at}"`;
  });
}

function embedHtml({ title = '', description, color, fields = [], footer }: Embed): string {
  const at = columns(fields);
  const list = fields.map(
    ({ name, value }, i) =>
      `<discord-embed-field field-title="${escaped(plain(name))}"${at[i] ?? ''}>${html(value)}</discord-embed-field>`,
  );
  return `<discord-embed slot="embeds" color="#${color.toString(16).padStart(6, '0')}" embed-title="${escaped(plain(title))}">
    ${description === undefined ? '' : `<discord-embed-description slot="description">${html(description)}</discord-embed-description>`}
    ${list.length === 0 ? '' : `<discord-embed-fields slot="fields">${list.join('')}</discord-embed-fields>`}
    ${footer ? `<discord-embed-footer slot="footer">${escaped(footer.text)}</discord-embed-footer>` : ''}
  </discord-embed>`;
}

function messageHtml({ embeds, components }: FakeMessage, replies: number): string {
  const rows = (components as unknown as readonly { readonly components: readonly Button[] }[]).map(
    (row) =>
      `<discord-action-row>${row.components
        .map(
          ({ label, style, url }) =>
            `<discord-button type="secondary"${style === ButtonStyle.Link ? ` url="${escaped(url ?? '')}"` : ''}>${escaped(label)}</discord-button>`,
        )
        .join('')}</discord-action-row>`,
  );
  const thread = `<discord-thread slot="thread" bot name="Updates" cta="${replies} message${replies === 1 ? '' : 's'} ›">in its thread</discord-thread>`;
  return `<discord-message author="Sitrep" avatar="${avatar}" bot timestamp="">
    ${(embeds as unknown as readonly Embed[]).map(embedHtml).join('')}
    ${rows.length === 0 ? '' : `<discord-attachments slot="components">${rows.join('')}</discord-attachments>`}
    ${replies === 0 ? '' : thread}
  </discord-message>`;
}

const icon = await readFile(join(root, 'src/chat/desk/static/icon.svg'));
const avatar = `data:image/svg+xml;base64,${icon.toString('base64')}`;

const packages = ['lit', '@lit/reactive-element', '@lit/context', 'lit-html', 'lit-element'];
const imports = Object.fromEntries([
  ['@skyra/discord-components-core', `${SITE}/node_modules/@skyra/discord-components-core/dist/index.js`],
  ...['lit', 'lit-html', 'lit-element'].map((name) => [`${name}/`, `${SITE}/node_modules/${name}/`]),
]) as Record<string, string>;

/** Packages say in their exports which file an import means. */
async function resolveImports(): Promise<Record<string, string>> {
  const all: Record<string, string> = { ...imports };
  for (const name of packages) {
    const { exports } = JSON.parse(
      await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8'),
    ) as {
      readonly exports: Readonly<Record<string, unknown>>;
    };
    for (const [key, target] of Object.entries(exports)) {
      const file = fileOf(target);
      if (file !== undefined) all[key.replace(/^\./u, name)] = `${SITE}/node_modules/${join(name, file)}`;
    }
  }
  return all;
}

function fileOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (typeof target !== 'object' || target === null) return undefined;
  const { browser, default: fallback } = target as { readonly browser?: unknown; readonly default?: unknown };
  return fileOf(browser) ?? fileOf(fallback);
}

const demo = await discordDemo({
  rates: { 'POST /channels/:id/messages': QUICK, 'PATCH /channels/:id/messages/:id': QUICK },
});
try {
  await playSamples(demo);
  const threads = demo.fake.seen(demo.channel.id);
  const shown = threads.findIndex(({ replies }) => replies.length > 1);
  const { root: first, replies } = threads[shown]!;
  const page = `<!doctype html><meta charset="utf-8"><style>body{margin:0;background:#313338;width:760px}h2{color:#949ba4;font:600 13px sans-serif;padding:14px 16px 0;margin:0}</style>
    <script type="importmap">${JSON.stringify({ imports: await resolveImports() })}</script>
    <script type="module">import '@skyra/discord-components-core';</script>
    <discord-messages>${messageHtml(first, replies.length)}</discord-messages>
    <h2>In its thread</h2>
    <discord-messages>${replies
      .slice(0, 3)
      .map((one) => messageHtml(one, 0))
      .join('')}</discord-messages>`;
  const browser = await openBrowser();
  const tab = await browser.newPage({ viewport: { width: 760, height: 900 }, deviceScaleFactor: 1 });
  await tab.route('**/*', async (route) => {
    const { pathname, origin } = new URL(route.request().url());
    if (origin !== SITE) return route.abort();
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: page });
    const body = await readFile(join(root, pathname));
    return route.fulfill({ contentType: TYPES[extname(pathname)] ?? 'text/plain', body });
  });
  await tab.goto(SITE);
  await tab.waitForFunction("customElements.get('discord-embed') !== undefined");
  await tab.locator('body').screenshot({ path: join(root, 'docs', 'discord.png') });
  await browser.close();
} finally {
  await demo.stop();
}
