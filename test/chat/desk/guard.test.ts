import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { headers, isLocalHost, localHostsOnly, ownPagesOnly } from '../../../src/chat/desk/routes/guard.ts';

describe('hosts', () => {
  it.each([
    'localhost',
    'localhost:4720',
    '127.0.0.1:4720',
    '[::1]:4720',
    '192.168.1.4:80',
    'desk.localhost:1',
  ])('%s cannot be another site’s', (host) => {
    expect(isLocalHost(host)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:4720',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
  ])('%s could be', (host) => {
    expect(isLocalHost(host)).toBe(false);
  });
});

const app = (exposed = false): Hono => {
  const site = new Hono();
  site.use(headers, localHostsOnly(exposed), ownPagesOnly);
  site.all('/', (c) => c.text('in'));
  return site;
};
const ask = (headersOf: Record<string, string>, method = 'POST', exposed = false) =>
  app(exposed).request('http://x/', { method, headers: { host: 'localhost:4720', ...headersOf } });

describe('requests', () => {
  it('a name that is not this machine’s is turned away, with what to do', async () => {
    const answer = await ask({ host: 'evil.example' }, 'GET');
    expect(answer.status).toBe(421);
    expect(await answer.text()).toContain('http://localhost');
    expect((await ask({ host: 'desk.aid.example' }, 'GET', true)).status).toBe(200);
  });

  it.each([
    ['own form', { 'sec-fetch-site': 'same-origin' }, 200],
    ['own form, by origin', { origin: 'http://localhost:4720' }, 200],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another port of this machine', { 'sec-fetch-site': 'same-site' }, 403],
    ['another site, by origin', { origin: 'https://evil.example' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['nobody knows who', {}, 403],
  ])('a change asked for by %s', async (_, sent, status) => {
    expect((await ask(sent)).status).toBe(status);
  });

  it('anyone may read', async () => {
    expect((await ask({ 'sec-fetch-site': 'cross-site' }, 'GET')).status).toBe(200);
  });

  it('no script, frame or form of elsewhere', async () => {
    const answer = await ask({}, 'GET');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
