import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeskAddressError, startDesk } from '../../../src/chat/desk/server.ts';
import { systemClock } from '../../../src/model/time.ts';
import { report } from '../../commands/known.ts';
import { alert, deskParts, openDesk, type TestDesk } from './harness.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.channel('all');
});
afterAll(() => desk.close());

const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(desk.url(path), {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
    headers: { origin: desk.desk.address, ...headers },
  });

/** Reads an event stream until `count` events of `type` have come, and gives their data. */
async function events(path: string, count: number, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const response = await fetch(desk.url(path), { headers, signal: stop.signal });
  const found: { readonly id: string; readonly headline: string }[] = [];
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (!/^event: message$/m.test(event) || data === undefined) continue;
      const { html } = JSON.parse(data) as { html: string };
      found.push({
        id: /^id: (.*)$/m.exec(event)![1]!,
        headline: /<h[34]><bdi>([^<]*)/.exec(html)![1]!,
      });
    }
    if (found.length >= count) break;
  }
  stop.abort();
  return found;
}

describe('the address', () => {
  it('that is taken is said so, with what to do', async () => {
    const port = Number(new URL(desk.desk.address).port);
    const again = startDesk({ ...deskParts(desk.store), host: '127.0.0.1', port });
    await expect(again).rejects.toThrow(DeskAddressError);
    await expect(startDesk({ ...deskParts(desk.store), host: '127.0.0.1', port })).rejects.toThrow(
      /127\.0\.0\.1:\d+: another program.*desk\.port/,
    );
  });

  it('that this machine does not have is said so', async () => {
    const elsewhere = startDesk({ ...deskParts(desk.store), host: '192.0.2.1', port: 0 });
    await expect(elsewhere).rejects.toThrow(/no such address.*desk\.host/);
  });

  it('is free again after close, with readers still there', async () => {
    const parts = { ...deskParts(desk.store), host: '127.0.0.1' };
    const first = await startDesk({ ...parts, port: 0 });
    const reader = (await fetch(`${first.address}/c/all/events?after=0`)).body!.getReader();
    await reader.read();
    await first.close();
    for (;;) if ((await reader.read()).done) break;
    const second = await startDesk({ ...parts, port: Number(new URL(first.address).port) });
    expect(second.address).toBe(first.address);
    await second.close();
  });
});

describe('live events', () => {
  it('come in order, from the change after the last one that the reader has', async () => {
    const channel = await desk.channel('stream');
    const thread = await desk.post(channel, alert('one'));
    await desk.post(channel, alert('two'), { thread });
    await desk.edit(channel, thread, alert('one, edited'), 2);
    const all = await events('/c/stream/events?after=0', 2);
    expect(all.map(({ headline }) => headline)).toEqual(['two', 'one, edited']);
    const rest = await events('/c/stream/events?after=0', 1, { 'last-event-id': all[0]!.id });
    expect(rest.map(({ headline }) => headline)).toEqual(['one, edited']);
    const missed = await events('/c/stream/events?after=junk', 2);
    expect(missed).toEqual(all);
  });

  it('miss nothing that is posted while they are being read', async () => {
    const channel = await desk.channel('busy');
    const reading = events('/c/busy/events?after=0', 40);
    for (let i = 0; i < 40; i += 1) await desk.post(channel, alert(`alert ${i}`));
    const headlines = (await reading).map(({ headline }) => headline);
    expect(headlines).toEqual(Array.from({ length: 40 }, (_, i) => `alert ${i}`));
  });
});

describe('health', () => {
  it('shows a report that could not be read, and puts it back', async () => {
    await desk.store.accept({ report, fingerprint: 'broken', bands: [], shingles: [] });
    await desk.store.failRead(report.id, 'RangeError: <b>offset</b> 9 of 5', { maxTries: 1, delayMs: 0 });
    const page = await (await fetch(desk.url('/health'))).text();
    expect(page).toContain('RangeError: &lt;b&gt;offset&lt;/b&gt; 9 of 5');
    expect(page).toContain('1 report could not be read');
    const health = (await (await fetch(desk.url('/healthz'))).json()) as Record<string, unknown>;
    expect(health).toMatchObject({ status: 'blind', quarantined: 1 });

    const done = await post('/health/requeue', { report: report.id });
    expect([done.status, done.headers.get('location')]).toEqual([303, '/health']);
    expect(await desk.store.quarantined()).toEqual([]);
    expect((await post('/health/requeue', { report: report.id })).status).toBe(404);
  });

  it('of a database that is away: programs are told, people too', async () => {
    const away = () => Promise.reject(new Error('connection refused'));
    const parts = deskParts(desk.store);
    const broken = await startDesk({
      ...parts,
      store: { ...desk.store, health: away },
      host: '127.0.0.1',
      port: 0,
    });
    const answer = await fetch(`${broken.address}/healthz`);
    expect(answer.status).toBe(503);
    const page = await fetch(`${broken.address}/health`);
    expect(page.status).toBe(500);
    expect(await page.text()).toContain('Nothing is lost');
    await broken.close();
  });
});

describe('requests', () => {
  it('from another site change nothing', async () => {
    const before = await desk.store.channels();
    const foreign = { origin: 'https://evil.example' };
    expect((await post('/channels', { name: 'evil' }, foreign)).status).toBe(403);
    expect((await post('/c/all/commands', { line: '/subscribe hajin' }, foreign)).status).toBe(403);
    expect(await desk.store.channels()).toEqual(before);
  });

  it('for a channel with an impossible name are told what is possible', async () => {
    const answer = await post('/channels', { name: '../etc' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('letters a to z');
    expect((await post('/channels', { name: '#Deir  Ezzor' })).headers.get('location')).toBe('/c/deir-ezzor');
  });

  it.each(['/c/nowhere', '/incidents/none', '/places/none', '/nothing'])(
    'for %s: not found',
    async (path) => {
      const answer = await fetch(desk.url(path));
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('<h1>Not found</h1>');
    },
  );

  it('for the start lead to the channel with the newest alert; without a channel, to what to do', async () => {
    const channel = await desk.channel('newest');
    await desk.post(channel, alert('newest'));
    const start = await fetch(desk.url('/'), { redirect: 'manual' });
    expect(start.headers.get('location')).toBe('/c/newest');
    const empty = await openDesk();
    expect(await (await fetch(empty.url('/'))).text()).toContain('Add a channel');
    await empty.close();
  });

  it('for reports go to the app that is mounted, whatever their origin and host', async () => {
    const reports = new Hono().post('/reports', (c) => c.json({ accepted: true }, 202));
    const parts = { ...deskParts(desk.store), clock: systemClock, reports };
    const mounted = await startDesk({ ...parts, host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${mounted.address}/reports`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(202);
    await mounted.close();
  });
});
