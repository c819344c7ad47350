import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Post, SendVerdict } from '../../../src/chat/port.ts';
import { clientOptions, clientPool } from '../../../src/chat/slack/client.ts';
import { SlackChat } from '../../../src/chat/slack/port.ts';
import { deliveryId } from '../../../src/model/ids.ts';
import type { Message } from '../../../src/model/message.ts';
import { directTo } from '../../../src/model/telling.ts';
import { instant } from '../../../src/model/time.ts';
import { FakeSlack, token } from '../../support/slack/fake.ts';
import { destinationOf, openStage, seenIn, silent, TEAM, type Stage } from './harness.ts';

let stage: Stage;
let count = 0;
const since = instant(Date.now() - 60_000);

const message = (headline: string): Message => ({ headline, tone: 'alert', blocks: [] });

beforeEach(async () => {
  stage = await openStage();
});
afterEach(async () => {
  const { breaches } = stage.slack;
  await stage.slack.close();
  expect(breaches).toEqual([]);
});

function post(headline: string, more: Partial<Post> = {}): Post {
  count += 1;
  return {
    delivery: deliveryId(`d_${count}`),
    destination: stage.damascus,
    message: message(headline),
    broadcast: false,
    ...more,
  };
}

async function sent(one: Post): Promise<Extract<SendVerdict, { kind: 'sent' }>> {
  const verdict = await stage.patient.send(one);
  if (verdict.kind !== 'sent') throw new Error(JSON.stringify(verdict));
  return verdict;
}

const find = (one: Post) =>
  stage.port.find({
    delivery: one.delivery,
    destination: one.destination,
    since,
    ...(one.thread && { thread: one.thread }),
  });
const seen = () => seenIn(stage.slack, stage.damascus);

describe('limits', () => {
  it('a second message in a channel waits for its second, without a call', async () => {
    await sent(post('one'));
    expect(await stage.port.send(post('two'))).toMatchObject({ kind: 'retry', afterMs: 1_000 });
    expect(stage.slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
  });

  it('one channel does not wait for another', async () => {
    await sent(post('one'));
    await stage.clock.sleep(200);
    expect(
      (await stage.port.send(post('two', { destination: destinationOf(stage.slack, 'homs') }))).kind,
    ).toBe('sent');
  });

  it('who shares the workspace’s limit gets a turn in the order of asking, however often others ask', async () => {
    const { port, slack, clock } = stage;
    await clock.sleep(1_000);
    const at = (channel: string): number => port.pause(destinationOf(slack, channel), 'send');
    expect([at('damascus'), at('homs'), at('abroad')]).toEqual([0, 200, 400]);
    await sent(post('one'));
    expect([at('damascus'), at('damascus'), at('homs'), at('abroad')]).toEqual([1_000, 1_000, 200, 400]);
    await clock.sleep(200);
    expect([at('abroad'), at('homs')]).toEqual([200, 0]);
  });

  it('a new process waits as if the old one had just called', async () => {
    await sent(post('one'));
    const started = new SlackChat({
      tokenOf: () => Promise.resolve(`xoxb-${TEAM}`),
      clientOf: clientPool(clientOptions(silent, { apiUrl: stage.slack.api })),
      around: { more: 'More' },
      distributed: false,
      now: stage.clock.now,
      sleep: stage.clock.sleep,
      log: silent,
    });
    expect(started.pause(stage.damascus, 'send')).toBe(1_000);
    expect(started.pause(stage.damascus, 'edit')).toBe(1_200);
  });

  it('sixty edits in a row stay below fifty a minute', async () => {
    const { handle } = await sent(post('one'));
    for (let revision = 2; revision < 62; revision += 1)
      expect(
        (await stage.patient.edit({ ...post('edit'), handle, message: message(`r${revision}`), revision }))
          .kind,
      ).toBe('sent');
  });

  it('waits as long as Slack says, and no other channel with it', async () => {
    stage.slack.inject('chat.postMessage', { kind: 'rate_limited', seconds: 30 });
    expect(await stage.patient.send(post('one'))).toEqual({
      kind: 'retry',
      afterMs: 30_000,
      why: 'ratelimited',
    });
    expect(stage.port.pause(stage.damascus, 'send')).toBe(30_000);
    expect(stage.port.pause(destinationOf(stage.slack, 'homs'), 'send')).toBeLessThan(1_000);
  });
});

describe('an answer that does not come', () => {
  it('was lost on its way: the message is found, with the same handle', async () => {
    stage.slack.inject('chat.postMessage', { kind: 'drop' });
    const one = post('one');
    expect((await stage.patient.send(one)).kind).toBe('uncertain');
    expect(await find(one)).toMatchObject({ channel: stage.damascus.channel, delivery: one.delivery });
    expect(await seen()).toHaveLength(1);
  });

  it.each([
    ['after the message was taken', true, 1],
    ['before', false, 0],
  ])('was an error of the server %s', async (_, taken, times) => {
    stage.slack.inject('chat.postMessage', { kind: 'status', status: 503, taken });
    const one = post('one');
    expect(await stage.patient.send(one)).toEqual({ kind: 'uncertain', why: 'HTTP 503' });
    expect((await find(one)) !== undefined).toBe(taken);
    expect(await seen()).toHaveLength(times);
  });

  it('is not waited for without end', async () => {
    const impatient = new SlackChat({
      tokenOf: () => Promise.resolve(`xoxb-${TEAM}`),
      clientOf: clientPool({ ...clientOptions(silent, { apiUrl: stage.slack.api }), timeout: 100 }),
      around: { more: 'More' },
      distributed: false,
      now: stage.clock.now,
      sleep: stage.clock.sleep,
      log: silent,
    });
    await stage.clock.sleep(1_000);
    stage.slack.inject('chat.postMessage', { kind: 'hang' });
    expect((await impatient.send(post('one'))).kind).toBe('uncertain');
  });

  it('is no mystery when nobody listens there: nothing was taken', async () => {
    const gone = await FakeSlack.start({ workspaces: [] });
    await gone.close();
    const nowhere = new SlackChat({
      tokenOf: () => Promise.resolve('xoxb-x'),
      clientOf: clientPool(clientOptions(silent, { apiUrl: gone.api })),
      around: { more: 'More' },
      distributed: false,
      now: stage.clock.now,
      sleep: stage.clock.sleep,
      log: silent,
    });
    await stage.clock.sleep(1_000);
    expect(await nowhere.send(post('one'))).toMatchObject({
      kind: 'retry',
      why: 'Slack cannot be reached (ECONNREFUSED)',
    });
  });

  it('leaves a read-back open: who cannot look must not say that nothing is there', async () => {
    stage.slack.inject('conversations.history', { kind: 'status', status: 500, taken: false });
    await expect(find(post('one'))).rejects.toThrow();
  });
});

describe('what is closed to us', () => {
  it.each([
    ['the bot is not in the channel', 'abroad', 'not_in_channel'],
    ['the channel is private and it is not in it', 'homs', 'channel_not_found'],
  ])('%s', async (_, name, why) => {
    stage.slack.workspace().channel(name).member = false;
    const destination = destinationOf(stage.slack, name);
    expect(await stage.patient.send(post('one', { destination }))).toEqual({
      kind: 'refused',
      why: expect.stringMatching(new RegExp(`^${why}: .`, 'u')) as string,
      disable: true,
    });
  });

  it('an archived channel', async () => {
    stage.slack.workspace().channel('damascus').archived = true;
    expect(await stage.patient.send(post('one'))).toEqual({
      kind: 'refused',
      why: 'is_archived: the channel is archived',
      disable: true,
    });
  });

  it('a scope is missing: it is named', async () => {
    stage.slack.tokens.set(`xoxb-${TEAM}`, token(TEAM, ['commands']));
    expect(await stage.patient.send(post('one'))).toEqual({
      kind: 'refused',
      why: 'missing_scope: chat:write',
      disable: true,
    });
  });

  it.each(['token_revoked', 'account_inactive'] as const)(
    'no channel is closed by a token that is not taken, and all goes on with a new one: %s',
    async (state) => {
      const known = stage.slack.tokens.get(`xoxb-${TEAM}`);
      if (known) known.state = state;
      const one = post('one');
      expect(await stage.patient.send(one)).toEqual({
        kind: 'retry',
        afterMs: 300_000,
        why: expect.stringMatching(new RegExp(`^${state}: .`, 'u')) as string,
      });
      stage.slack.tokens.set(`xoxb-${TEAM}`, token(TEAM));
      expect((await stage.patient.send(one)).kind).toBe('sent');
    },
  );

  it('a workspace without the app', async () => {
    const destination = { ...stage.damascus, workspace: 'T0ELSEWHERE' };
    expect(await stage.patient.send(post('one', { destination }))).toEqual({
      kind: 'refused',
      why: 'not_installed: the app is not installed in the workspace',
      disable: true,
    });
  });

  it.each([
    ['internal_error', { kind: 'uncertain' }],
    ['fatal_error', { kind: 'uncertain' }],
    ['token_expired', { kind: 'retry' }],
    ['a_code_of_the_future', { kind: 'retry', afterMs: 60_000 }],
    ['restricted_action_thread_locked', { kind: 'refused', disable: false }],
    ['msg_blocks_too_long', { kind: 'refused', disable: false }],
  ])('%s', async (error, verdict) => {
    stage.slack.inject('chat.postMessage', { kind: 'error', error });
    expect(await stage.patient.send(post('one'))).toMatchObject(verdict);
  });
});

describe('threads', () => {
  it('a reply is shown in the channel only when it is to be', async () => {
    const { handle: thread } = await sent(post('root'));
    await sent(post('quiet', { thread }));
    await sent(post('loud', { thread, broadcast: true }));
    const posts = stage.slack.calls.filter(({ method }) => method === 'chat.postMessage');
    expect(posts.map(({ body }) => String(body['reply_broadcast']))).toEqual([
      'undefined',
      'undefined',
      'true',
    ]);
  });

  it('a reply whose root a person deleted does not stay in the channel', async () => {
    const { handle: thread } = await sent(post('root'));
    await stage.slack.workspace().call('chat.delete', { channel: thread['channel'], ts: thread['ts'] });
    const reply = post('reply', { thread });
    expect(await stage.patient.send(reply)).toEqual({
      kind: 'refused',
      why: 'thread_not_found: somebody deleted the message that the thread begins with',
      disable: false,
    });
    expect(await seen()).toEqual([]);
    expect(await find(reply)).toBeUndefined();
  });

  it('an edit keeps what the message is recognised by', async () => {
    const one = post('one');
    const { handle } = await sent(one);
    await stage.patient.edit({ ...post('edit'), handle, message: message('two'), revision: 2 });
    expect(await find(one)).toEqual(handle);
  });
});

describe('a person', () => {
  it('is told in direct messages, which are opened once', async () => {
    const id = stage.slack.workspace().person('amal');
    const destination = directTo({ platform: 'slack', workspace: TEAM, id, name: 'amal' });
    const one = post('one', { destination });
    const { handle } = await sent(one);
    expect(handle['channel']).toMatch(/^D/);
    expect((await stage.patient.edit({ ...one, handle, revision: 2 })).kind).toBe('sent');
    expect(await find(one)).toEqual(handle);
    expect(stage.slack.calls.filter(({ method }) => method === 'conversations.open')).toHaveLength(1);
  });
});

describe('an app that others install', () => {
  it('reads back page by page, as slowly as it may', async () => {
    await stage.slack.close();
    stage = await openStage({ distributed: true });
    const one = post('one');
    await sent(one);
    for (let i = 0; i < 20; i += 1)
      await stage.slack
        .workspace()
        .call('chat.postMessage', { channel: stage.damascus.channel, text: `chat ${i}` });
    await expect(find(one)).rejects.toThrow(/^Slack lets it be read again in (59|60) s$/);
    await stage.clock.sleep(60_000);
    await expect(find(one)).rejects.toThrow(/^Slack lets it be read again in (59|60) s$/);
    await stage.clock.sleep(60_000);
    expect(await find(one)).toMatchObject({ delivery: one.delivery });
  });
});
