import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkSlack } from '../../../src/chat/slack/checks.ts';
import { slackRemedy } from '../../../src/chat/slack/remedies.ts';
import { Secret } from '../../../src/config/secret.ts';
import { FakeSlack, token } from '../../support/slack/fake.ts';
import { openFake } from './app-harness.ts';
import { silent, TEAM } from './harness.ts';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await openFake();
});
afterEach(() => slack.close());

const check = (botToken = `xoxb-${TEAM}`, appToken = 'xapp-1-test', apiUrl = slack.api) =>
  checkSlack({
    settings: {
      reached: { kind: 'socket', appToken: new Secret(appToken) },
      installed: { kind: 'one', botToken: new Secret(botToken) },
      apiUrl,
    },
    log: silent,
  });

describe('doctor on Slack', () => {
  it('finds nothing wrong', async () => {
    expect((await check()).map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok']);
  });

  it('names a wrong token, and where to copy the right one', async () => {
    const [bot, app] = await check('xoxb-wrong', 'xapp-wrong');
    expect(bot).toMatchObject({ verdict: 'failure', found: 'Slack says invalid_auth' });
    expect(bot?.what).toContain('SLACK_BOT_TOKEN');
    expect(bot?.remedy).toContain('copy it again');
    expect(app?.what).toContain('SLACK_APP_TOKEN');
  });

  it('names the scopes that are missing', async () => {
    slack.tokens.set(`xoxb-${TEAM}`, token(TEAM, ['commands', 'chat:write']));
    const [, scopes] = await check();
    expect(scopes).toMatchObject({ verdict: 'failure' });
    expect(scopes?.found).toContain('channels:history');
    expect(scopes?.found).not.toContain('chat:write,');
    expect(scopes?.remedy).toContain('sitrep slack manifest');
  });

  it('says that Slack cannot be reached, and that nothing is lost', async () => {
    const { api } = slack;
    const gone = await FakeSlack.start({ workspaces: [] });
    await gone.close();
    const [bot] = await check(undefined, undefined, gone.api);
    expect(bot?.found).toContain('cannot be reached');
    expect(bot?.remedy).toContain('alerts wait');
    expect(api).not.toBe(gone.api);
  });

  it.each([
    ['not_in_channel', '/invite @Sitrep'],
    ['is_archived', 'unarchive'],
    ['missing_scope: chat:write', 'sitrep slack manifest'],
  ])('a channel that is closed by %s has its remedy', (code, remedy) => {
    expect(slackRemedy(code)).toContain(remedy);
  });
});
