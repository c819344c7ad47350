import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkSlack } from '../../../src/chat/slack/checks.ts';
import { slackRemedy } from '../../../src/chat/slack/remedies.ts';
import { Secret } from '../../../src/config/secret.ts';
import { directTo, type Destination } from '../../../src/model/telling.ts';
import { FakeSlack, token } from '../../support/slack/fake.ts';
import { openFake } from './app-harness.ts';
import { destinationOf, silent, TEAM } from './harness.ts';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await openFake();
});
afterEach(() => slack.close());

const check = (
  botToken = `xoxb-${TEAM}`,
  appToken = 'xapp-1-test',
  apiUrl = slack.api,
  destinations: readonly Destination[] = [],
) =>
  checkSlack({
    tokenOf: () => Promise.resolve(botToken),
    destinations,
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
    ['that it is not in', 'not_in_channel', { member: false }, '/invite @Sitrep'],
    ['that is archived', 'is_archived', { archived: true }, 'unarchive'],
  ] as const)('names a channel %s before anything is to be told there', async (_, code, change, remedy) => {
    const well = destinationOf(slack, 'damascus');
    const alone = directTo({ platform: 'slack', workspace: TEAM, id: 'U1', name: 'amal' });
    expect(await check(undefined, undefined, undefined, [well, alone])).toHaveLength(3);
    Object.assign(slack.workspace().channel('damascus'), change);
    const found = await check(undefined, undefined, undefined, [well, alone]);
    expect(found.slice(3)).toMatchObject([{ what: 'Slack #damascus', verdict: 'failure' }]);
    expect(found[3]?.found).toContain(code);
    expect(found[3]?.remedy).toContain(remedy);
  });

  it('names a private channel that it was removed from', async () => {
    const homs = destinationOf(slack, 'homs');
    slack.workspace().channel('homs').member = false;
    expect((await check(undefined, undefined, undefined, [homs]))[3]?.found).toContain('channel_not_found');
  });

  describe('of an app that people install', () => {
    const many = (destinations: readonly Destination[], tokens: Readonly<Record<string, string>>) =>
      checkSlack({
        settings: {
          reached: { kind: 'http', signingSecret: new Secret('s'), host: '127.0.0.1', port: 1 },
          installed: {
            kind: 'many',
            clientId: '1.2',
            clientSecret: new Secret('c'),
            tokenKey: Buffer.alloc(32, 7),
            publicUrl: 'https://sitrep.example/',
          },
          apiUrl: slack.api,
        },
        tokenOf: (workspace) => Promise.resolve(tokens[workspace]),
        destinations,
        log: silent,
      });

    it('names the workspace whose token is revoked, lacks a scope, or is no more', async () => {
      const here = destinationOf(slack, 'damascus');
      const found = async (tokens: Readonly<Record<string, string>>) =>
        (await many([here], tokens)).filter(({ verdict }) => verdict === 'failure');
      const mine = { [TEAM]: `xoxb-${TEAM}` };
      expect(await found(mine)).toEqual([]);
      slack.tokens.set(`xoxb-${TEAM}`, token(TEAM, ['commands']));
      expect(await found(mine)).toMatchObject([{ what: 'Slack scopes' }]);
      slack.tokens.set(`xoxb-${TEAM}`, { ...token(TEAM), state: 'token_revoked' });
      expect(await found(mine)).toMatchObject([
        { what: `Slack workspace ${TEAM}`, found: 'Slack says token_revoked' },
      ]);
      const [gone] = await found({});
      expect(gone?.found).toContain('not_installed');
      expect(gone?.remedy).toContain('install the app');
    });

    it('says that Slack answers before anybody hears anything, or that it does not', async () => {
      expect((await many([], {})).map(({ verdict }) => verdict)).toEqual(['note', 'ok', 'note']);
      await slack.close();
      expect((await many([], {}))[1]?.found).toContain('cannot be reached');
      slack = await openFake();
    });
  });

  it.each([
    ['not_in_channel: Sitrep is not in the channel', '/invite @Sitrep'],
    ['is_archived: the channel is archived', 'unarchive'],
    ['missing_scope: chat:write', 'sitrep slack manifest'],
  ])('a channel that is closed by %s has its remedy', (code, remedy) => {
    expect(slackRemedy(code)).toContain(remedy);
  });
});
