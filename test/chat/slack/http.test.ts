import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { destinationAt } from '../../../src/model/telling.ts';
import { instant } from '../../../src/model/time.ts';
import type { Scene } from './app-harness.ts';
import { TEAM } from './harness.ts';
import { openHttp, type HttpApp } from './http-harness.ts';

let scene: Scene;
let url: string;
let install: HttpApp['install'];
let command: HttpApp['command'];
let event: HttpApp['event'];
beforeEach(async () => {
  ({ scene, url, install, command, event } = await openHttp());
});
afterEach(async () => {
  const { breaches } = scene.slack;
  await scene.close();
  expect(breaches).toEqual([]);
});

const kept = () => scene.store.installation('slack', TEAM);

describe('OAuth', () => {
  it('installs: the token is kept, encrypted, and good for commands and alerts', async () => {
    expect((await install()).status).toBe(200);
    const { sealed } = (await kept()) ?? { sealed: '' };
    expect(sealed).toMatch(/^v1\./);
    expect(sealed).not.toContain('xox');
    expect((await command('status hajin')).words).toContain('Hajin');
  });

  it('a state that is forged, or another browser’s, installs nothing', async () => {
    const forged = await fetch(new URL('slack/oauth_redirect?code=x&state=forged', url));
    expect(forged.status).toBeGreaterThanOrEqual(400);
    const start = await fetch(new URL('slack/install', url), { redirect: 'manual' });
    const back = await scene.slack.consent(
      new URL(start.headers.get('location') ?? ''),
      scene.person('boss').id,
    );
    expect((await fetch(back)).status).toBeGreaterThanOrEqual(400);
    expect(await kept()).toBeUndefined();
  });

  it('a token is renewed before it ends, though nothing comes in', async () => {
    await install();
    const ends = Date.parse((await kept())?.expires ?? '');
    scene.clock.at = instant(ends - 3_600_000);
    await scene.restart();
    expect((await kept())?.expires).toBe(instant(ends - 3_600_000 + 43_200_000));
    expect((await command('status hajin')).words).toContain('Hajin');
  });

  it('taken out of the workspace, its token is gone and nothing more is told there', async () => {
    await install();
    await command('subscribe hajin');
    await event({ type: 'app_uninstalled' }, 'Ev0GONE');
    expect(await kept()).toBeUndefined();
    const { id } = destinationAt('slack', TEAM, scene.damascus, '#damascus');
    expect((await scene.store.destination(id))?.disabled).toMatch(/^not_installed: /u);
    await install();
    expect((await scene.store.destination(id))?.disabled).toBeUndefined();
  });

  it('a revoked bot token is forgotten; a person’s is no matter', async () => {
    await install();
    await event({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } }, 'Ev0USER');
    expect(await kept()).toBeDefined();
    await event({ type: 'tokens_revoked', tokens: { bot: ['U1'] } }, 'Ev0BOT');
    expect(await kept()).toBeUndefined();
  });
});

describe('signed requests', () => {
  beforeEach(async () => {
    await install();
  });

  it.each([
    ['forged', { secret: 'another-secret' }],
    ['six minutes old', { age: 360 }],
    ['signed for another body', { body: 'command=%2Fsitrep&text=unsubscribe' }],
    ['not signed', { unsigned: true }],
  ] as const)('%s: refused, without any effect', async (_, more) => {
    expect((await command('subscribe hajin', more)).status).toBe(401);
    const { id } = destinationAt('slack', TEAM, scene.damascus, '');
    expect(await scene.store.subscriptionsOf(id)).toEqual([]);
  });

  it('an event sent four times over five minutes has one effect', async () => {
    for (const [retry, minutes] of [0, 0, 1, 5].entries()) {
      scene.clock.at = instant(Date.parse('2018-05-21T12:00:00Z') + minutes * 60_000);
      const mention = {
        type: 'app_mention',
        user: scene.person('boss').id,
        channel: scene.damascus,
        text: '<@U0BOT> subscribe hajin',
        ts: '1.1',
        event_ts: '1.1',
      };
      const answer = await event(mention, 'Ev0FOUR', retry === 0 ? {} : { retry });
      expect(answer.status).toBe(200);
    }
    expect(scene.slack.calls.filter(({ method }) => method === 'chat.postEphemeral')).toHaveLength(1);
  });
});
