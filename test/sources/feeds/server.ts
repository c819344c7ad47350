import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface FeedServer {
  readonly url: string;
  readonly port: number;
  readonly requests: IncomingMessage[];
  handler: Handler;
  close(): Promise<void>;
}

/** A real HTTP server on loopback whose answer can be changed. */
export async function feedServer(): Promise<FeedServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    feed.handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const feed: FeedServer = {
    url: `http://127.0.0.1:${port}/feed`,
    port,
    requests,
    handler: (_, response) => response.end(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return feed;
}

export const serving =
  (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}, status = 200): Handler =>
  (_, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

export interface RssItem {
  readonly guid?: string;
  readonly title?: string;
  readonly link?: string;
  readonly text?: string;
  readonly date?: string;
}

/** The newest comes first, as in real feeds. */
export function rss(items: readonly RssItem[]): string {
  const tag = (name: string, value: string | undefined) =>
    value === undefined ? '' : `<${name}>${value}</${name}>`;
  const entries = items.map(
    ({ guid, title, link, text, date }) =>
      `<item>${tag('guid', guid)}${tag('title', title)}${tag('link', link)}${tag('description', text)}${tag('pubDate', date)}</item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Sample Wire</title><link>https://wire.example</link>${entries.join('')}</channel></rss>`;
}
