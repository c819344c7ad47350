import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { destinationAt, directTo } from '../../../src/model/telling.ts';
import { instant } from '../../../src/model/time.ts';
import { token } from '../../support/slack/fake.ts';
import { freshTrigger, openScene, slash, wordsOf, type Scene } from './app-harness.ts';
import { TEAM } from './harness.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(async () => {
  const { breaches } = scene.slack;
  await scene.close();
  expect(breaches).toEqual([]);
});

const callsOf = (method: string) => scene.slack.calls.filter((call) => call.method === method);
const subscribed = (channel = scene.damascus) =>
  scene.store.subscriptionsOf(destinationAt('slack', TEAM, channel, '').id);
let events = 0;
const mention = (text: string, id = `Ev${(events += 1)}`, retry?: number) =>
  scene.slack.sockets.send(
    'events_api',
    {
      type: 'event_callback',
      event_id: id,
      team_id: TEAM,
      api_app_id: 'A0SITREP',
      authorizations: [{ team_id: TEAM, is_bot: true, is_enterprise_install: false }],
      event: {
        type: 'app_mention',
        user: scene.person('boss').id,
        channel: scene.damascus,
        text: `<@${scene.slack.workspace().bot}> ${text}`,
        ts: '1526900000.000100',
        event_ts: '1526900000.000100',
      },
    },
    retry === undefined ? {} : { retry_attempt: retry, retry_reason: 'timeout' },
  );

/** An answer of Slack's that comes when the test says so. */
function heldBack(): { readonly asked: Promise<void>; readonly answer: () => void } {
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  return { asked, answer: () => answer() };
}

describe('/sitrep', () => {
  it('answers for who asked alone, in Slack’s own words', async () => {
    const answer = await slash(scene, 'status hajin');
    expect(answer.response_type).toBe('ephemeral');
    expect(wordsOf(answer.blocks)).toContain('Hajin');
    expect(wordsOf((await slash(scene, 'help')).blocks)).toContain('/sitrep status PLACE');
  });

  it('answers for all when asked to', async () => {
    expect((await slash(scene, 'public status هجين')).response_type).toBe('in_channel');
  });

  it('says what is wrong, and reads what Slack escaped', async () => {
    expect(wordsOf((await slash(scene, 'stauts hajin')).blocks)).toContain('/sitrep status');
    expect(wordsOf((await slash(scene, 'status &lt;!channel&gt;')).blocks)).toContain('<!channel>');
  });

  it.each([
    ['amal', 0],
    ['boss', 1],
    ['founder', 1],
  ])('what a channel hears, %s may change: %i', async (user, count) => {
    await slash(scene, 'subscribe hajin', { user });
    expect(await subscribed()).toHaveLength(count);
  });

  it('a member of the configured group may', async () => {
    scene.slack.workspace().groups.set('S0WATCH', [scene.person('amal').id]);
    await slash(scene, 'subscribe hajin');
    expect(await subscribed()).toHaveLength(1);
  });

  it('in direct messages anyone is told alone', async () => {
    await slash(scene, 'subscribe hajin', { channel: { id: 'D0AMAL', name: 'directmessage' } });
    const { id, username } = scene.person('amal');
    const alone = directTo({ platform: 'slack', workspace: TEAM, id, name: username });
    expect(await scene.store.subscriptionsOf(alone.id)).toHaveLength(1);
    expect(await subscribed()).toHaveLength(0);
  });

  it('a private channel is called by its name', async () => {
    const { id } = scene.slack.workspace().channel('homs');
    const answer = await slash(scene, 'subscribe hajin', {
      user: 'boss',
      channel: { id, name: 'privategroup' },
    });
    expect(wordsOf(answer.blocks)).toContain('#homs');
  });
});

describe('events', () => {
  it('a mention is answered to who asked', async () => {
    await mention('status hajin');
    const [answer] = callsOf('chat.postEphemeral');
    expect(answer?.body).toMatchObject({ user: scene.person('boss').id });
    expect(wordsOf(answer?.body['blocks'])).toContain('Hajin');
  });

  it('an event that Slack delivers four times over five minutes has one effect', async () => {
    for (const [retry, minutes] of [0, 0, 1, 5].entries()) {
      scene.clock.at = instant(Date.parse('2018-05-21T12:00:00Z') + minutes * 60_000);
      if (retry === 3) await scene.restart();
      const answer = await mention('subscribe hajin', 'Ev0FOURTIMES', retry === 0 ? undefined : retry);
      expect(answer).toBeDefined();
    }
    expect(callsOf('chat.postEphemeral')).toHaveLength(1);
    expect(await subscribed()).toHaveLength(1);
  });

  it('an event whose effect failed is not acknowledged, and works when it is sent again', async () => {
    scene.slack.inject('chat.postEphemeral', { kind: 'error', error: 'internal_error' });
    expect(await mention('status hajin', 'Ev0AGAIN')).toBeUndefined();
    expect(await mention('status hajin', 'Ev0AGAIN', 1)).toBeDefined();
    expect(callsOf('chat.postEphemeral').filter(({ answer }) => answer['ok'] === true)).toHaveLength(1);
  });

  it('an event that takes long is acknowledged in time, and has one effect when Slack sends it again meanwhile', async () => {
    const { asked, answer } = heldBack();
    scene.slack.inject('chat.postEphemeral', { kind: 'slow', until: asked });
    expect(await mention('status hajin', 'Ev0SLOW')).toBeDefined();
    expect(await mention('status hajin', 'Ev0SLOW', 1)).toBeDefined();
    expect(callsOf('chat.postEphemeral')).toHaveLength(0);
    answer();
    await scene.slack.until(() => callsOf('chat.postEphemeral')[0]);
    expect(await mention('status hajin', 'Ev0SLOW', 2)).toBeDefined();
    expect(callsOf('chat.postEphemeral')).toHaveLength(1);
  });

  it('a direct message is a command too, and no message of a bot is', async () => {
    const { id } = scene.person('amal');
    const opened = await scene.slack.workspace().call('conversations.open', { users: id });
    const { id: channel } = opened['channel'] as { id: string };
    scene.slack.workspace().channels.set(channel, {
      id: channel,
      name: '',
      kind: 'im',
      member: true,
      archived: false,
      locked: false,
    });
    const said = (more: object) =>
      scene.slack.sockets.send('events_api', {
        type: 'event_callback',
        event_id: `Ev${(events += 1)}`,
        team_id: TEAM,
        authorizations: [{ team_id: TEAM, is_bot: true, is_enterprise_install: false }],
        event: {
          type: 'message',
          channel_type: 'im',
          channel,
          text: 'status hajin',
          ts: '1526900000.000200',
          ...more,
        },
      });
    await said({ user: id });
    await said({ user: id, bot_id: 'B0OTHER' });
    await said({ user: id, subtype: 'message_changed' });
    const answers = callsOf('chat.postMessage');
    expect(answers).toHaveLength(1);
    expect(wordsOf(answers[0]?.body['blocks'])).toContain('Hajin');
  });

  it('invited into a channel again, what waits there is told', async () => {
    const channel = destinationAt('slack', TEAM, scene.damascus, '#damascus');
    const enable = vi.spyOn(scene.store, 'enableDestination');
    await scene.slack.sockets.send('events_api', {
      type: 'event_callback',
      event_id: 'Ev0JOIN',
      team_id: TEAM,
      authorizations: [{ team_id: TEAM, is_bot: true, is_enterprise_install: false }],
      event: {
        type: 'member_joined_channel',
        user: scene.slack.workspace().bot,
        channel: scene.damascus,
        team: TEAM,
      },
    });
    expect(enable).toHaveBeenCalledWith(channel.id);
  });

  it('what was closed for want of a scope is told again when the app starts with all of them', async () => {
    const { store, slack } = scene;
    const named = (name: string) =>
      destinationAt('slack', TEAM, slack.workspace().channel(name).id, `#${name}`);
    const close = (name: string, why: string) =>
      store.disableDestinations({ platform: 'slack', workspace: TEAM, channel: named(name).channel }, why);
    const closed = async (name: string) => (await store.destination(named(name).id))?.disabled;
    for (const name of ['damascus', 'homs']) await store.addDestination(named(name));
    await close('damascus', 'missing_scope: chat:write');
    await close('homs', 'is_archived: the channel is archived');
    slack.tokens.set(`xoxb-${TEAM}`, token(TEAM, ['commands']));
    await scene.restart();
    expect(await closed('damascus')).toContain('missing_scope');
    slack.tokens.set(`xoxb-${TEAM}`, token(TEAM));
    await scene.restart();
    expect(await closed('damascus')).toBeUndefined();
    expect(await closed('homs')).toContain('is_archived');
  });

  it('Slack asks for a new connection: nothing is missed', async () => {
    const { greeted } = scene.slack.sockets;
    scene.slack.sockets.refresh();
    await scene.slack.sockets.connected(greeted);
    expect(wordsOf((await slash(scene, 'status hajin')).blocks)).toContain('Hajin');
  });
});

describe('buttons', () => {
  it('run their command for who pressed them', async () => {
    const { id, url } = scene.slack.responseUrl();
    const user = scene.person('amal');
    await scene.slack.sockets.send('interactive', {
      type: 'block_actions',
      team: { id: TEAM, domain: 'x' },
      user: { ...user, team_id: TEAM },
      channel: { id: scene.damascus, name: 'damascus' },
      message: { ts: '1526900000.000100', thread_ts: '1526900000.000100' },
      container: { type: 'message' },
      trigger_id: await freshTrigger(scene.slack, user.id),
      response_url: url,
      actions: [
        { type: 'button', action_id: 'run:0', block_id: 'b', value: '/status sy-hajin', action_ts: '1' },
      ],
    });
    const { body } = await scene.slack.until(() => scene.slack.responses.find((one) => one.id === id));
    expect(body).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    expect(wordsOf(body.blocks)).toContain('Hajin');
  });
});

interface View {
  readonly callback_id?: string;
  readonly blocks: readonly Readonly<Record<string, unknown>>[];
  readonly private_metadata?: string;
}
const opened = (): Promise<View> =>
  scene.slack.until(() => callsOf('views.open').at(-1)?.body['view'] as View | undefined);

/** What was filled in: text, or several choices. */
type Filled = string | readonly string[];

const stateOf = (value: Filled) =>
  typeof value === 'string'
    ? { type: 'plain_text_input', value }
    : { type: 'multi_static_select', selected_options: value.map((one) => ({ value: one })) };

async function submit(view: View, values: Readonly<Record<string, Filled>>, user = 'amal') {
  const who = scene.person(user);
  return scene.slack.sockets.send(
    'interactive',
    {
      type: 'view_submission',
      team: { id: TEAM, domain: 'x' },
      user: { ...who, team_id: TEAM },
      trigger_id: await freshTrigger(scene.slack, who.id),
      view: {
        ...view,
        type: 'modal',
        id: (callsOf('views.open').at(-1)?.answer['view'] as { id: string }).id,
        state: {
          values: Object.fromEntries(
            Object.entries(values).map(([name, value]) => [name, { a: stateOf(value) }]),
          ),
        },
      },
    },
    { accepts_response_payload: true },
  );
}

describe('forms', () => {
  const form = async (text: string, user = 'amal') => {
    const who = scene.person(user);
    await scene.slack.sockets.send('slash_commands', {
      command: '/sitrep',
      text,
      team_id: TEAM,
      channel_id: scene.damascus,
      channel_name: 'damascus',
      user_id: who.id,
      user_name: who.username,
      response_url: scene.slack.responseUrl().url,
      trigger_id: await freshTrigger(scene.slack, who.id),
    });
    return opened();
  };

  it('a report is kept before Slack is told that it came', async () => {
    const view = await form('report');
    expect(view.callback_id).toBe('form:report');
    const answer = await submit(view, { text: 'Fighters left Hajin in buses on Sunday, residents said.' });
    expect(answer?.payload).toMatchObject({ response_action: 'update' });
    expect((await scene.store.health()).waiting.read.count).toBe(1);
  });

  it('a mistake is shown beside the field, and the form stays', async () => {
    const answer = await submit(await form('report'), { text: '  ' });
    expect(answer?.payload).toMatchObject({ response_action: 'errors' });
  });

  it('what a channel hears is changed by those who may', async () => {
    await submit(await form('subscribe'), { place: 'sy-hajin' }, 'amal');
    expect(await subscribed()).toHaveLength(0);
    await submit(await form('subscribe', 'boss'), { place: 'sy-hajin' }, 'boss');
    expect(await subscribed()).toHaveLength(1);
  });

  it('several kinds of change can be chosen at once', async () => {
    const view = await form('subscribe', 'boss');
    const kinds = view.blocks.find((block) => block['block_id'] === 'kinds');
    expect(kinds?.['element']).toMatchObject({ type: 'multi_static_select' });
    await submit(view, { place: 'sy-hajin', kinds: ['control', 'siege'] }, 'boss');
    expect((await subscribed()).map(({ filters }) => filters.types)).toEqual([['control', 'siege']]);
    await submit(view, { place: 'sy-hajin', kinds: [] }, 'boss');
    expect((await subscribed()).map(({ filters }) => filters.types)).toEqual([[]]);
  });

  it.each([
    ['haj', 'Hajin'],
    ['هج', 'هجين'],
  ])('places are chosen while typing: %s', async (value, shown) => {
    const asked = scene.slack.calls.filter(({ method }) => method !== 'apps.connections.open').length;
    const answer = await scene.slack.sockets.send(
      'interactive',
      {
        type: 'block_suggestion',
        team: { id: TEAM, domain: 'x' },
        user: { ...scene.person('amal'), team_id: TEAM },
        action_id: 'choose:subscribe:place',
        block_id: 'place',
        value,
        view: { private_metadata: 'null' },
      },
      { accepts_response_payload: true },
    );
    const { options } = answer?.payload as { options: { text: { text: string }; value: string }[] };
    expect(options[0]?.value).toBe('sy-hajin');
    expect(options[0]?.text.text).toContain(shown);
    // Out of memory: Slack is asked nothing for it.
    expect(scene.slack.calls.filter(({ method }) => method !== 'apps.connections.open')).toHaveLength(asked);
  });

  it('a form whose answer takes long is acknowledged in time, and answered in its place', async () => {
    const view = await form('subscribe', 'boss');
    const { asked, answer } = heldBack();
    scene.slack.inject('users.info', { kind: 'slow', until: asked });
    const acknowledged = await submit(view, { place: 'sy-hajin' }, 'boss');
    expect(wordsOf((acknowledged?.payload as { view: View }).view.blocks)).toContain('follows');
    expect(await subscribed()).toEqual([]);
    answer();
    const { body } = await scene.slack.until(() => callsOf('views.update').at(-1));
    expect(wordsOf((body['view'] as View).blocks)).toContain('Hajin');
    expect(await subscribed()).toHaveLength(1);
  });
});

describe('shortcuts', () => {
  const said = async (text: string, channel = scene.damascus) => {
    const posted = await scene.slack.workspace().call('chat.postMessage', { channel, text });
    return posted['ts'] as string;
  };
  const onMessage = async (message: object, channel = scene.damascus) => {
    const user = scene.person('amal');
    await scene.slack.sockets.send('interactive', {
      type: 'message_action',
      callback_id: 'sitrep_report_message',
      team: { id: TEAM, domain: 'x' },
      user: { id: user.id, name: user.username },
      channel: { id: channel, name: 'damascus' },
      message: { type: 'message', ...message },
      response_url: scene.slack.responseUrl().url,
      trigger_id: await freshTrigger(scene.slack, user.id),
    });
    return JSON.stringify((await opened()).blocks);
  };

  it('a message is sent to Sitrep as a report, its text and address filled in', async () => {
    const ts = await said('They left.');
    const form = await onMessage({ text: 'They left &lt;at noon&gt;.', ts });
    expect(form).toContain('They left <at noon>.');
    expect(form).toContain(`/archives/${scene.damascus}/p${ts.replace('.', '')}`);
  });

  it.each([
    ['is not in the channel', { kind: 'error', error: 'not_in_channel' }],
    ['has no answer from Slack', { kind: 'hang' }],
  ] as const)(
    'a message whose address the bot cannot have, since it %s, is sent all the same',
    async (_, fault) => {
      scene.slack.inject('chat.getPermalink', fault);
      const form = await onMessage({ text: 'They left.', ts: '1526900000.000100' });
      expect(form).toContain('They left.');
      expect(form).not.toContain('/archives/');
    },
  );

  it('from anywhere, a report is handed in that belongs to no channel', async () => {
    const user = scene.person('amal');
    await scene.slack.sockets.send('interactive', {
      type: 'shortcut',
      callback_id: 'sitrep_report',
      team: { id: TEAM, domain: 'x' },
      user: { id: user.id, username: user.username, team_id: TEAM },
      trigger_id: await freshTrigger(scene.slack, user.id),
      action_ts: '1526900000.000100',
    });
    const view = await opened();
    expect(view).toMatchObject({ callback_id: 'form:report', private_metadata: 'null' });
    await submit(view, { text: 'Fighters left Hajin in buses on Sunday, residents said.' });
    expect((await scene.store.health()).waiting.read.count).toBe(1);
  });
});

describe('the App Home', () => {
  const published = () => callsOf('views.publish').at(-1)?.body['view'] as View | undefined;

  it('shows what the person hears, and what a channel of their choice hears', async () => {
    const user = scene.person('boss');
    await slash(scene, 'subscribe hajin', { user: 'boss' });
    await scene.slack.sockets.send('events_api', {
      type: 'event_callback',
      event_id: 'Ev0HOME',
      team_id: TEAM,
      authorizations: [{ team_id: TEAM, is_bot: true, is_enterprise_install: false }],
      event: { type: 'app_home_opened', user: user.id, channel: 'D0BOSS', tab: 'home', event_ts: '1' },
    });
    expect(wordsOf(published()?.blocks)).not.toContain('Hajin');
    await scene.slack.sockets.send('interactive', {
      type: 'block_actions',
      team: { id: TEAM, domain: 'x' },
      user: { ...user, team_id: TEAM },
      view: { id: 'V1', type: 'home' },
      container: { type: 'view' },
      trigger_id: await freshTrigger(scene.slack, user.id),
      actions: [
        {
          type: 'conversations_select',
          action_id: 'home:channel',
          block_id: 'b',
          selected_conversation: scene.damascus,
          action_ts: '1',
        },
      ],
    });
    const view = await scene.slack.until(() =>
      callsOf('views.publish').length > 1 ? published() : undefined,
    );
    expect(wordsOf(view.blocks)).toContain('Hajin');
    expect(JSON.stringify(view.blocks)).toContain('form:unsubscribe');
  });
});
