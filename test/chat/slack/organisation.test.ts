import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliveryId } from '../../../src/model/ids.ts';
import { destinationAt, type Destination } from '../../../src/model/telling.ts';
import { SECOND } from './app-harness.ts';
import { TEAM } from './harness.ts';
import { GROUP, openHttp, type HttpApp } from './http-harness.ts';

const ORGANISATION = 'E0SITREP01';

let app: HttpApp;
beforeEach(async () => {
  app = await openHttp(ORGANISATION);
  await app.install();
});
afterEach(async () => {
  const { breaches } = app.scene.slack;
  await app.scene.close();
  expect(breaches).toEqual([]);
});

const workspace = (id: string) => app.scene.slack.workspace(id);
const damascus = (id: string): Destination =>
  destinationAt('slack', id, workspace(id).channel('damascus').id, '#damascus');
const disabled = async (id: string) =>
  (await app.scene.store.destination(damascus(id).id))?.disabled?.split(':')[0] ?? 'no';
const told = async (id: string) => {
  const { port } = app.scene.app;
  const message = { headline: 'one', tone: 'alert', blocks: [] } as const;
  const post = { delivery: deliveryId(`d_${id}`), destination: damascus(id), message, broadcast: false };
  for (let ms = port.pause(post.destination, 'send'); ms > 0; ms = port.pause(post.destination, 'send'))
    await new Promise((resolve) => setTimeout(resolve, ms));
  return port.send(post);
};

describe('an organisation that installed the app for all its workspaces', () => {
  it('has one token, kept under the organisation and encrypted', async () => {
    const kept = await app.scene.store.installation('slack', ORGANISATION);
    expect(kept?.sealed).toMatch(/^v1\./);
    expect(await app.scene.store.installation('slack', TEAM)).toBeUndefined();
  });

  it.each([TEAM, SECOND])('is answered and told in each of them: %s', async (id) => {
    expect((await app.command('status hajin', { workspace: workspace(id) })).words).toContain('Hajin');
    expect((await told(id)).kind).toBe('sent');
  });

  it('hears nothing of one workspace in another', async () => {
    await app.command('subscribe hajin', { workspace: workspace(SECOND) });
    expect(await app.scene.store.subscriptionsOf(damascus(SECOND).id)).toHaveLength(1);
    expect(await app.scene.store.subscriptionsOf(damascus(TEAM).id)).toEqual([]);
    expect((await app.command('subscriptions')).words).not.toContain('Hajin');
  });

  it('asks for the group of the right workspace, which Slack wants to be named', async () => {
    const second = workspace(SECOND);
    second.groups.set(GROUP, [second.person('boss')]);
    await app.command('subscribe hajin', { workspace: second });
    const asked = app.scene.slack.calls.filter(({ method }) => method === 'usergroups.users.list');
    expect(asked.map(({ body }) => body['team_id'])).toEqual([SECOND]);
    expect(asked[0]?.answer).toMatchObject({ ok: true });
  });

  it('an event that names a workspace of it is answered there', async () => {
    const second = workspace(SECOND);
    const mention = {
      type: 'app_mention',
      user: second.person('boss'),
      channel: damascus(SECOND).channel,
      text: `<@${second.bot}> status hajin`,
      ts: '1526900000.000100',
      event_ts: '1526900000.000100',
    };
    expect((await app.event(mention, 'Ev0SECOND', { outer: { team_id: SECOND } })).status).toBe(200);
    const [answer] = app.scene.slack.calls.filter(({ method }) => method === 'chat.postEphemeral');
    expect(answer?.body['channel']).toBe(damascus(SECOND).channel);
  });

  it('a workspace that it takes the app from is told nothing more, until it has it again', async () => {
    for (const id of [TEAM, SECOND]) await app.command('subscribe hajin', { workspace: workspace(id) });
    const access = (type: string, id: string) =>
      app.event({ type, team_ids: [SECOND] }, id, { outer: { team_id: null, enterprise_id: ORGANISATION } });
    await access('team_access_revoked', 'Ev0REVOKED');
    expect([await disabled(TEAM), await disabled(SECOND)]).toEqual(['no', 'not_installed']);
    expect(await told(SECOND)).toMatchObject({ kind: 'refused', disable: true });
    await access('team_access_granted', 'Ev0GRANTED');
    expect(await disabled(SECOND)).toBe('no');
    expect((await told(SECOND)).kind).toBe('sent');
  });

  it('taken out of the organisation, it is told nothing in any workspace, and all that waited when it is back', async () => {
    for (const id of [TEAM, SECOND]) await app.command('subscribe hajin', { workspace: workspace(id) });
    await app.event({ type: 'app_uninstalled' }, 'Ev0GONE');
    expect(await app.scene.store.installation('slack', ORGANISATION)).toBeUndefined();
    expect([await disabled(TEAM), await disabled(SECOND)]).toEqual(['not_installed', 'not_installed']);
    await app.install();
    expect([await disabled(TEAM), await disabled(SECOND)]).toEqual(['no', 'no']);
  });
});
