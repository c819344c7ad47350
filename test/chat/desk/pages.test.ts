import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../../src/model/message.ts';
import { report, seedKnown } from '../../commands/known.ts';
import { noBrowser, openBrowser } from '../../support/browser.ts';
import { overflow, shortcomings } from './accessibility.ts';
import { alert, openDesk, type TestDesk } from './harness.ts';

const skipped = noBrowser();

const PAGES = [
  '/c/full',
  '/c/empty',
  '/incidents',
  '/incidents?only=past',
  '/incidents/i_baghuz',
  '/places',
  '/places/sy-dez',
  '/health',
];

/** Everything that a message may hold. */
const rich: Message = alert('SDF took Baghuz (claimed)', {
  blocks: [
    {
      kind: 'fields',
      fields: [
        {
          label: 'Where',
          value: [
            { kind: 'strong', text: 'Baghuz' },
            { kind: 'text', text: ' (\u2068الباغوز\u2069)' },
          ],
        },
        { label: 'Who gains', value: [{ kind: 'text', text: 'SDF' }] },
      ],
    },
    { kind: 'list', lines: [[{ kind: 'text', text: 'one thing' }], [{ kind: 'text', text: 'another' }]] },
    {
      kind: 'quote',
      text: 'They hold it since Sunday.',
      source: [{ kind: 'untrusted', text: 'Sample Wire' }],
    },
    {
      kind: 'context',
      lines: [[{ kind: 'link', text: 'Sample Wire', url: 'https://wire.example/border' }]],
    },
    {
      kind: 'actions',
      actions: [
        { kind: 'command', label: 'Status', command: '/status sy-baghuz' },
        { kind: 'open', label: 'Evidence', path: '/incidents/i_baghuz' },
      ],
    },
  ],
});

describe.skipIf(skipped !== undefined)('pages of the desk', () => {
  let browser: Browser;
  let desk: TestDesk;

  beforeAll(async () => {
    browser = await openBrowser();
    desk = await openDesk();
    await desk.channel('empty');
    const channel = await desk.channel('full');
    await seedKnown(desk.store);
    const thread = await desk.post(channel, rich);
    for (let i = 1; i <= 9; i += 1)
      await desk.post(channel, alert(`Update ${i}`, { tone: 'update' }), { thread, broadcast: i === 9 });
  });
  afterAll(async () => {
    await browser.close();
    await desk.close();
  });

  const visit = async <T>(
    path: string,
    look: (page: Page) => Promise<T>,
    options: BrowserContextOptions = {},
  ): Promise<T> => {
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      await page.goto(desk.url(path));
      return await look(page);
    } finally {
      await context.close();
    }
  };

  describe.each(['light', 'dark'] as const)('in the %s scheme', (colorScheme) => {
    it.each(PAGES)('%s can be used by keyboard and screen reader', async (path) => {
      expect(await visit(path, shortcomings, { colorScheme })).toEqual([]);
    });
  });

  it('the schemes differ', async () => {
    const ground = (colorScheme: 'light' | 'dark') =>
      visit('/places', (page) => page.evaluate<string>('getComputedStyle(document.body).backgroundColor'), {
        colorScheme,
      });
    expect(await ground('light')).not.toBe(await ground('dark'));
  });

  it.each(PAGES)('%s fits a phone', async (path) => {
    const wide = await visit(path, overflow, { viewport: { width: 360, height: 740 } });
    expect(wide).toBeLessThanOrEqual(0);
  });

  it('a fact leads to the sentence that it stands on, and that back to the fact', async () => {
    await visit('/incidents/i_baghuz', async (page) => {
      const card = page.locator('.card', { hasText: 'SDF took Baghuz' }).first();
      expect(await card.locator('.chip').innerText()).toBe('claimed');
      expect(await card.innerText()).toContain('SDF says so, and gains by it');
      await card.getByRole('link', { name: 'evidence' }).click();
      const target = page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`);
      const marked = await target.locator('xpath=ancestor::mark').innerText();
      expect(marked).toMatch(/^Fighters of the SDF .* on the border\.\s*1$/);
      await page.getByRole('link', { name: 'evidence for fact 1' }).click();
      expect(new URL(page.url()).hash).toBe(`#${await card.getAttribute('id')}`);

      const marks = await page.locator('mark').allInnerTexts();
      expect(marks).toHaveLength(2);
      const body = (await page.locator('.report').innerText()).replace(/\d(?=\n|$)/g, '');
      expect(body.split(/\n+/).map((line) => line.trim())).toEqual(report.body.split(/\n+/));
      expect(await page.locator('.timeline li').count()).toBe(1);
      const why = page.locator('ul[aria-labelledby=matching]');
      expect(await why.innerText()).toMatch(/Sample Wire nothing like it is known at Baghuz/i);
      expect(await page.locator('a[href="https://wire.example/border"]').count()).toBe(1);
    });
  });

  it('who holds what, by place, down to a place that only reports know', async () => {
    await visit('/places', async (page) => {
      // By today nobody has said so for years.
      const row = page.getByRole('row', { name: /Baghuz/ });
      expect(await row.innerText()).toMatch(/Baghuz\s+SDF\s+stale\s+20 May 2018\s+20 May 2018\s+SDF/);
      await page.getByRole('link', { name: 'Deir Ezzor' }).click();
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('دير الزور');
      await page.getByRole('link', { name: 'Tell Sample' }).click();
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Tell Sample');
      expect(await page.getByRole('main').innerText()).toContain('ISIS');
    });
  });

  it('a long thread folds its older updates, a broadcast stands in the channel', async () => {
    await visit('/c/full', async (page) => {
      await page.locator('[data-live-state][data-state=on]').waitFor();
      expect(await page.getByText('3 earlier updates').count()).toBe(1);
      expect(await page.getByRole('heading', { name: 'Update 1', exact: true }).isVisible()).toBe(false);
      expect(await page.getByRole('heading', { name: 'Update 9', exact: true }).isVisible()).toBe(true);
      await page.getByText('3 earlier updates').press('Enter');
      expect(await page.getByRole('heading', { name: 'Update 1', exact: true }).isVisible()).toBe(true);
      expect(await page.locator('.broadcast').innerText()).toContain('Update 9');
    });
  });

  it('reads and takes commands without a script', async () => {
    await visit(
      '/c/full',
      async (page) => {
        await page.getByRole('heading', { name: 'SDF took Baghuz (claimed)' }).waitFor();
        await page.getByLabel('Command').fill('/status hajin');
        await page.getByRole('button', { name: 'Run' }).click();
        expect(await page.locator('.answer h3').innerText()).toContain('Hajin');
        expect(await page.getByRole('heading', { name: 'SDF took Baghuz (claimed)' }).count()).toBe(1);

        await page.getByText('Add a channel').click();
        await page.getByLabel('Name of the channel').fill('#New Place');
        await page.getByRole('button', { name: 'Add' }).click();
        expect(new URL(page.url()).pathname).toBe('/c/new-place');
        expect(await page.locator('[data-empty]').innerText()).toContain('data/inbox');
      },
      { javaScriptEnabled: false },
    );
  });
});
