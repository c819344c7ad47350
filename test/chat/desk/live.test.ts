import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noBrowser, openBrowser } from '../../support/browser.ts';
import { startDesk } from '../../../src/chat/desk/server.ts';
import { alert, deskParts, openDesk, type TestDesk } from './harness.ts';

const skipped = noBrowser();

/** The browser reports each connection that it cannot make, or that is cut, by itself. */
const LOST_CONNECTION =
  /ERR_(?:CONNECTION_REFUSED|CONNECTION_RESET|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)/;
const forget = (problems: string[], expected: RegExp): void => {
  problems.splice(0, problems.length, ...problems.filter((problem) => !expected.test(problem)));
};

describe.skipIf(skipped !== undefined)('the desk in a browser', () => {
  let browser: Browser;
  let desk: TestDesk;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    desk = await openDesk();
  });
  afterAll(async () => {
    await browser.close();
    await desk.close();
  });
  beforeEach(async () => {
    problems.length = 0;
    page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  });
  afterEach(async () => {
    await page.close();
    expect(problems).toEqual([]);
  });

  const open = async (name: string) => {
    const channel = await desk.channel(name);
    await page.goto(desk.url(`/c/${name}`));
    await page.locator('[data-live-state][data-state=on]').waitFor();
    return channel;
  };
  const headlines = () => page.locator('.thread > .message h3').allTextContents();

  it('shows an alert, its replies and its edits without a reload', async () => {
    const channel = await open('live');
    expect(await page.locator('[data-empty]').count()).toBe(1);
    await page.evaluate("document.title = 'not reloaded'");

    const thread = await desk.post(channel, alert('First'));
    await page.getByRole('heading', { name: 'First', level: 3 }).waitFor();
    expect(await page.locator('[data-empty]').count()).toBe(0);
    expect(await page.locator('.day').count()).toBe(1);

    await desk.post(channel, alert('Reply', { tone: 'update' }), { thread });
    await page.getByRole('heading', { name: 'Reply', level: 4 }).waitFor();

    await desk.post(channel, alert('Denied', { tone: 'warning' }), { thread, broadcast: true });
    await page.locator('.broadcast', { hasText: 'Denied' }).waitFor();
    expect(await page.locator('.broadcast a').textContent()).toBe('First');

    await desk.edit(channel, thread, alert('First, as it is now'), 2);
    await page.getByRole('heading', { name: 'First, as it is now' }).waitFor();
    expect(await page.locator('.thread > .message .edited').count()).toBe(1);
    expect(await page.locator('.thread').count()).toBe(1);
    expect(await page.locator('.replies .message').count()).toBe(2);
    expect(await page.title()).toBe('not reloaded');

    const live = await page.locator('[data-flow]').innerText();
    await page.reload();
    expect(await page.locator('[data-flow]').innerText()).toBe(live);
  });

  it('misses nothing and doubles nothing over a restart of the bot', async () => {
    const channel = await desk.channel('restarted');
    const parts = { ...deskParts(desk.store), host: '127.0.0.1' };
    const before = await startDesk({ ...parts, port: 0 });
    await page.goto(`${before.address}/c/restarted`);
    await desk.post(channel, alert('one'));
    await page.getByRole('heading', { name: 'one' }).waitFor();
    await before.close();
    await page.locator('[data-state=off]').waitFor();
    await desk.post(channel, alert('two'));
    await desk.post(channel, alert('three'));
    const after = await startDesk({ ...parts, port: Number(new URL(before.address).port) });
    await page.getByRole('heading', { name: 'three' }).waitFor();
    await desk.post(channel, alert('four'));
    await page.getByRole('heading', { name: 'four' }).waitFor();
    expect(await headlines()).toEqual(['one', 'two', 'three', 'four']);
    await page.goto('about:blank');
    await after.close();
    forget(problems, LOST_CONNECTION);
  });

  it('answers a command by keyboard alone, to the asker alone', async () => {
    await open('keys');
    await page.keyboard.press('/');
    await page.keyboard.type('status hajin');
    expect(await page.getByLabel('Command').inputValue()).toBe('/status hajin');
    await page.keyboard.press('Enter');
    const answer = page.locator('.answer');
    await answer.getByRole('heading').waitFor();
    expect(await answer.getByRole('heading').innerText()).toContain('Hajin');
    expect(await answer.innerText()).toContain('Only you see this');
    expect(await page.getByLabel('Command').inputValue()).toBe('');

    await page.keyboard.type('/statsu');
    await page.keyboard.press('Enter');
    await page.locator('.answer.tone-error').waitFor();
    await page.keyboard.press('ArrowUp');
    expect(await page.getByLabel('Command').inputValue()).toBe('/statsu');

    await page.getByRole('button', { name: 'Dismiss' }).first().press('Enter');
    expect(await page.locator('.answer').count()).toBe(1);
    const other = await browser.newPage();
    await other.goto(page.url());
    expect(await other.locator('.answer').count()).toBe(0);
    await other.close();
  });

  it('subscribes from a button of a message', async () => {
    const channel = await open('buttons');
    const message = alert('With buttons', {
      blocks: [
        {
          kind: 'actions',
          actions: [
            { kind: 'command', label: 'Watch Hajin', command: '/subscribe sy-hajin' },
            { kind: 'open', label: 'Evidence', path: '/incidents/i_1' },
          ],
        },
      ],
    });
    await desk.post(channel, message);
    await page.getByRole('button', { name: 'Watch Hajin' }).click();
    await page.locator('.answer').waitFor();
    const held = await desk.store.subscriptionsOf(channel.id);
    expect(held.map(({ place }) => place)).toEqual(['sy-hajin']);
    expect(await page.getByRole('link', { name: 'Evidence' }).getAttribute('href')).toBe('/incidents/i_1');
  });

  it('completes places while they are typed', async () => {
    await open('complete');
    await page.getByLabel('Command').pressSequentially('/status haj');
    const options = async () => {
      const all = await page.locator('#completions option').all();
      return Promise.all(all.map((option) => option.getAttribute('value')));
    };
    await expect.poll(options).toEqual(['/status Hajin']);
  });

  it('counts what was posted in other channels', async () => {
    const other = await desk.channel('elsewhere');
    await desk.post(other, alert('seen'));
    await page.goto(desk.url('/c/elsewhere'));
    await open('here');
    await desk.post(other, alert('not seen'));
    const link = page.getByRole('link', { name: '#elsewhere' });
    await link.locator('.unread').waitFor();
    expect(await link.innerText()).toMatch(/^#elsewhere\s*1/);
    await link.click();
    await page.getByRole('heading', { name: 'not seen' }).waitFor();
    expect(await page.locator('.unread').count()).toBe(0);
  });

  it('says that the connection is lost', async () => {
    const lonely = await openDesk();
    await lonely.channel('lost');
    await page.goto(lonely.url('/c/lost'));
    await page.locator('[data-state=on]').waitFor();
    await lonely.close();
    await page.locator('[data-state=off]').waitFor();
    expect(await page.getByRole('status').innerText()).toContain('connection lost');
    await page.getByLabel('Command').fill('/help');
    await page.keyboard.press('Enter');
    await page.locator('.answer.tone-error').waitFor();
    await page.goto('about:blank');
    forget(problems, LOST_CONNECTION);
  });
});
