import type { lookup } from 'node:dns';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fetcher, FetchRequest } from '../../../src/sources/feeds/fetch.ts';
import { openFetcher } from '../../../src/sources/feeds/fetch.ts';
import type { FeedServer } from './server.ts';
import { feedServer, serving } from './server.ts';

/** Every name leads to this machine, as a hostile name server may say. */
const toLoopback = ((_host: string, options: { all?: boolean }, callback: (...found: unknown[]) => void) =>
  options.all === true
    ? callback(null, [{ address: '127.0.0.1', family: 4 }])
    : callback(null, '127.0.0.1', 4)) as unknown as typeof lookup;

let server: FeedServer;
let fetcher: Fetcher;

beforeAll(async () => {
  server = await feedServer();
  fetcher = openFetcher(toLoopback);
});
afterAll(async () => {
  await fetcher.close();
  await server.close();
});
beforeEach(() => {
  server.requests.length = 0;
});

const ask = (change: Partial<FetchRequest> = {}) =>
  fetcher.fetch({ url: server.url, timeoutMs: 5000, maxBytes: 10_000, allowPrivateAddress: true, ...change });
const whyNot = async (change: Partial<FetchRequest> = {}): Promise<string> => {
  const fetched = await ask(change);
  return fetched.kind === 'failed' ? fetched.why : fetched.kind;
};

describe('the fetcher', () => {
  it('brings the bytes and what identifies them', async () => {
    server.handler = serving('hello', {
      etag: '"1"',
      'last-modified': 'Sun, 20 May 2018 06:00:00 GMT',
      'content-type': 'text/xml; charset="windows-1256"',
    });
    expect(await ask()).toEqual({
      kind: 'fetched',
      url: server.url,
      bytes: Buffer.from('hello'),
      charset: 'windows-1256',
      etag: '"1"',
      lastModified: 'Sun, 20 May 2018 06:00:00 GMT',
    });
  });

  it('asks whether anything changed', async () => {
    server.handler = serving('', {}, 304);
    const lastModified = 'Sun, 20 May 2018 06:00:00 GMT';
    expect(await ask({ etag: 'W/"1"', lastModified })).toEqual({ kind: 'unchanged' });
    expect(server.requests[0]?.headers).toMatchObject({
      'if-none-match': 'W/"1"',
      'if-modified-since': lastModified,
      'user-agent': 'Sitrep feed reader',
    });
  });

  it('unpacks, and stops unpacking at the limit', async () => {
    server.handler = serving(gzipSync('hello'), { 'content-encoding': 'gzip' });
    expect(await ask()).toMatchObject({ kind: 'fetched', bytes: Buffer.from('hello') });
    server.handler = serving(gzipSync(Buffer.alloc(200_000_000)), { 'content-encoding': 'gzip' });
    expect(await whyNot()).toBe('it is larger than 10000 bytes (feeds.maxBytes)');
  });

  it('stops at the limit of an answer without end', async () => {
    server.handler = (_, response) => {
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(1000), () => setImmediate(more));
      };
      more();
    };
    expect(await whyNot()).toBe('it is larger than 10000 bytes (feeds.maxBytes)');
  });

  it('gives up on a server that says nothing, or nothing more', async () => {
    const late = 'no whole answer within 100 ms (feeds.timeoutSeconds)';
    server.handler = () => undefined;
    expect(await whyNot({ timeoutMs: 100 })).toBe(late);
    server.handler = (_, response) => response.write('half');
    expect(await whyNot({ timeoutMs: 100 })).toBe(late);
  });

  it.each([
    [404, 'the server answered 404: nothing is there; look for the new address of the feed'],
    [410, 'the server answered 410: it is gone for good; take the feed out of config/sources.yaml'],
    [500, 'the server answered 500: tried again later'],
    [206, 'the server answered 206: tried again later'],
  ])('says what %s means', async (status, why) => {
    server.handler = serving('', {}, status);
    expect(await whyNot()).toBe(why);
  });

  it('heeds Retry-After', async () => {
    server.handler = serving('', { 'retry-after': '120' }, 503);
    expect(await ask()).toMatchObject({ retryAfterSeconds: 120 });
    const date = 'Sun, 20 May 2018 06:00:00 GMT';
    server.handler = serving('', { date, 'retry-after': 'Sun, 20 May 2018 06:01:30 GMT' }, 429);
    expect(await ask()).toMatchObject({ retryAfterSeconds: 90 });
  });

  it('says what is wrong with a connection', async () => {
    server.handler = (request) => request.socket.destroy();
    expect(await whyNot()).toMatch(/^it cannot be reached: /);
    expect(await whyNot({ url: 'http://127.0.0.1:9/' })).toMatch(/^it cannot be reached: /);
  });
});

describe('redirects', () => {
  it('are followed, each with its own check', async () => {
    server.handler = (request, response) => {
      if (request.url === '/feed') response.writeHead(301, { location: '/moved?a=1' }).end();
      else response.end('hello');
    };
    expect(await ask()).toMatchObject({ kind: 'fetched', url: `http://127.0.0.1:${server.port}/moved?a=1` });
  });

  it('end somewhere', async () => {
    server.handler = serving('', { location: '/feed' }, 302);
    expect(await whyNot()).toBe('it redirects more than 5 times');
    server.handler = serving('', {}, 302);
    expect(await whyNot()).toBe('the server redirects (302) without saying where to');
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data', '169.254.169.254 is not a public address'],
    ['http://127.0.0.2/', '127.0.0.2 is not a public address'],
    ['http://[::1]/', '::1 is not a public address'],
    ['http://0x7f000001/', '127.0.0.1 is not a public address'],
    ['file:///etc/passwd', 'only http and https are asked, not file:'],
    ['http://inside.example/', 'inside.example leads to no public address'],
  ])('to %s are refused even from a server of our own', async (location, why) => {
    server.handler = serving('', { location }, 302);
    expect(await whyNot()).toContain(why);
    expect(server.requests).toHaveLength(1);
  });
});

describe('without allowance', () => {
  it.each([
    ['http://127.0.0.1:8080/', '127.0.0.1 is not a public address'],
    [
      'http://wire.example:8080/',
      'wire.example leads to no public address; if this is a server of your own, set allowPrivateAddress: true on this feed',
    ],
    ['http://localhost:8080/', 'localhost leads to no public address'],
    ['http://wire.example:22/', 'port 22 is not asked'],
    ['gopher://wire.example/', 'only http and https'],
  ])('%s is not asked', async (url, why) => {
    expect(await whyNot({ url, allowPrivateAddress: false })).toContain(why);
    expect(server.requests).toEqual([]);
  });
});
