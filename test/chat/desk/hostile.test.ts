import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportId, sourceId, statementId } from '../../../src/model/ids.ts';
import { placeKey } from '../../../src/model/place.ts';
import { instant } from '../../../src/model/time.ts';
import { incidentWith } from '../../commands/incident.ts';
import { noBrowser, openBrowser } from '../../support/browser.ts';
import { overflow } from './accessibility.ts';
import { alert, openDesk, type TestDesk } from './harness.ts';

const skipped = noBrowser();

/** What a report, its outlet or a place's name may try to be. */
const HOSTILE: Readonly<Record<string, string>> = {
  script: '<script>window.pwned = 1</script>',
  image: '"><img src=x onerror="window.pwned = 1">',
  handler: "' onmouseover='window.pwned = 1' x='",
  frame: '</bdi></p></article><iframe srcdoc="<script>parent.pwned = 1</script>"></iframe>',
  form: '</form><form action="https://evil.example"><button>Run</button></form>',
  template: '${window.pwned = 1} {{constructor.constructor("window.pwned = 1")()}}',
  override: 'safe \u202Egnp.evil\u202C end',
  isolate: '\u2067right to left\u2069 \u2066left',
  'zero width': 'pay\u200Bpal\u2060.example',
  zalgo: `Z${'\u0300\u0301\u0302'.repeat(60)}`,
  'long name': 'A'.repeat(5000),
  arabic: 'دير الزور (الريف الشرقي) 12 قتيلا',
};

describe.skipIf(skipped !== undefined)('hostile words', () => {
  let browser: Browser;
  let desk: TestDesk;
  let page: Page;
  const requests: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    desk = await openDesk();
    page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    page.on('request', (request) => requests.push(request.url()));
  });
  afterAll(async () => {
    await browser.close();
    await desk.close();
  });

  /** Nothing ran, nothing was loaded from elsewhere, nothing is wider than the phone. */
  const expectInert = async () => {
    expect(await page.evaluate<boolean>("'pwned' in window")).toBe(false);
    expect(requests.filter((url) => !url.startsWith(desk.desk.address))).toEqual([]);
    expect(await page.locator('main iframe, main script, main img, main form[action^="http"]').count()).toBe(
      0,
    );
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await page.locator('main').innerText()).not.toMatch(/[\u200B\u202A-\u202E\u2060\u2066-\u2069]/u);
  };

  it.each(Object.entries(HOSTILE))('as a message, posted while one looks on: %s', async (name, words) => {
    const channel = await desk.channel(`hostile-${name.replace(' ', '-')}`);
    await page.goto(desk.url(`/c/${channel.channel}`));
    await page.locator('[data-live-state][data-state=on]').waitFor();
    const message = alert(words, {
      blocks: [
        { kind: 'paragraph', line: [{ kind: 'untrusted', text: words }] },
        { kind: 'fields', fields: [{ label: words, value: [{ kind: 'strong', text: words }] }] },
        {
          kind: 'quote',
          text: words,
          source: [{ kind: 'link', text: words, url: 'https://evil.example/x' }],
        },
        { kind: 'actions', actions: [{ kind: 'command', label: words, command: `/status ${words}` }] },
      ],
    });
    const thread = await desk.post(channel, message);
    await desk.post(channel, message, { thread, broadcast: true });
    await page.locator('.replies .message').waitFor();
    await expectInert();
    expect(await page.locator('figcaption').first().innerText()).toContain('evil.example');
    await page.reload();
    await expectInert();
  });

  it.each(Object.entries(HOSTILE))('as a report, a place and an outlet: %s', async (name, words) => {
    const at = instant('2018-05-20T06:00:00Z');
    const id = reportId(`r_${name.replace(' ', '_')}`);
    const place = { key: placeKey({ text: words }), name: words, within: [] };
    const claim = {
      statement: statementId(`${id}.0`),
      report: id,
      outlet: words,
      origin: { key: words, name: words, kind: 'speaker', reliability: 'F' },
      stance: 'says',
      figures: [{ unit: 'people', text: words }],
      at,
    } as const;
    const fact = { type: 'held', place, to: { text: words }, standing: 'reported', claim } as const;
    const incident = incidentWith({ id: `i_${id}`, at, facts: [fact] });
    const body = `${words}\n${words}`;
    const report = { id, source: sourceId('wire'), outlet: words, title: words, body, language: 'en' };
    await desk.store.accept({
      report: { ...report, url: 'https://trusted.example@evil.example/', published: at },
      fingerprint: id,
      bands: [],
      shingles: [],
    });
    const span = [0, words.length] as const;
    const statement = {
      type: 'held',
      status: 'ongoing',
      places: [],
      span,
      confidence: 1,
      rule: 'x',
    } as const;
    await desk.store.commitRead(id, [statement], 'test');
    await desk.store.judgeNext({
      blocksOf: () => [],
      ledgerPlacesOf: () => [],
      gather: ([first]) => first!,
      retract: () => Promise.reject(new Error('nothing is taken back here')),
      rule: () => Promise.reject(new Error('nothing is decided here')),
      decide: () =>
        Promise.resolve({
          assessment: {
            incidents: [{ incident, blocks: [] }],
            updates: [],
            ledger: { close: [], open: [] },
            decisions: [],
          },
          deliveries: [],
        }),
      maxTries: 1,
      retryMs: 0,
    });
    await page.goto(desk.url(`/incidents/${incident.id}`));
    await page.locator('mark').waitFor();
    await expectInert();
    expect(await page.locator('.report mark').count()).toBe(1);
    expect(await page.getByRole('link', { name: 'original' }).getAttribute('href')).toBe(
      'https://evil.example/',
    );
    await page.goto(desk.url(`/places/${encodeURIComponent(place.key)}`));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectInert();
  });

  it.each(Object.entries(HOSTILE))('as a command: %s', async (_, words) => {
    await desk.channel('asked');
    await page.goto(desk.url('/c/asked'));
    await page.getByLabel('Command').fill(`/status ${words.slice(0, 250)}`);
    await page.keyboard.press('Enter');
    await page.locator('.answer').waitFor();
    await expectInert();
  });
});
