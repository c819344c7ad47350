import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secret } from '../../../src/config/secret.ts';
import { signed, type Signing } from '../../support/slack/requests.ts';
import type { Workspace } from '../../support/slack/workspace.ts';
import { freshTrigger, openScene, wordsOf, type Scene } from './app-harness.ts';

const SECRET = 'signing-secret-of-the-test';
const CLIENT = { id: '1.2', secret: 'client-secret-of-the-test' };
/** User group whose members may change what channels hear. */
export const GROUP = 'S0WATCH';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface Authorization {
  readonly team_id: string | null;
  readonly enterprise_id?: string;
  readonly is_bot: boolean;
  readonly is_enterprise_install: boolean;
}

/** An app that people install, reached over HTTP. */
export interface HttpApp {
  readonly scene: Scene;
  readonly url: string;
  /** Installs the app as a person does: the link, Slack's page, the way back. */
  readonly install: () => Promise<Response>;
  /** `/sitrep …` by the administrator, in #damascus of the workspace. */
  readonly command: (
    text: string,
    more?: Signing & { readonly workspace?: Workspace },
  ) => Promise<{ status: number; words: string }>;
  readonly event: (
    body: object,
    id: string,
    more?: Signing & { readonly outer?: object },
  ) => Promise<Response>;
}

/** `organisation`: on Enterprise Grid, installed for all its workspaces. */
export async function openHttp(organisation?: string): Promise<HttpApp> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const scene = await openScene({
    oauth: { ...CLIENT, redirect: `${url}slack/oauth_redirect` },
    settings: () => ({
      reached: { kind: 'http', signingSecret: new Secret(SECRET), host: '127.0.0.1', port },
      installed: {
        kind: 'many',
        clientId: CLIENT.id,
        clientSecret: new Secret(CLIENT.secret),
        tokenKey: Buffer.alloc(32, 7),
        publicUrl: url,
      },
      managers: GROUP,
    }),
    ...(organisation !== undefined && { organisation }),
  });
  const { slack } = scene;
  const authorization = (team: string | null): Authorization => ({
    team_id: team,
    ...(organisation !== undefined && { enterprise_id: organisation }),
    is_bot: true,
    is_enterprise_install: organisation !== undefined,
  });
  return {
    scene,
    url,
    install: async () => {
      const start = await fetch(new URL('slack/install', url), { redirect: 'manual' });
      const cookie = start.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; ');
      const back = await slack.consent(new URL(start.headers.get('location') ?? ''), scene.person('boss').id);
      return fetch(back, { headers: { cookie }, redirect: 'manual' });
    },
    command: async (text, { workspace = slack.workspace(), ...more } = {}) => {
      const { id, url: responseUrl } = slack.responseUrl();
      const user = workspace.person('boss');
      const answer = await signed(new URL('slack/events', url), SECRET, {
        form: {
          command: '/sitrep',
          text,
          team_id: workspace.id,
          ...(organisation !== undefined && { enterprise_id: organisation }),
          is_enterprise_install: String(organisation !== undefined),
          channel_id: workspace.channel('damascus').id,
          channel_name: 'damascus',
          user_id: user,
          user_name: 'boss',
          response_url: responseUrl,
          trigger_id: await freshTrigger(slack, user),
        },
        ...more,
      });
      if (answer.status !== 200) return { status: answer.status, words: '' };
      const { body } = await slack.until(() => slack.responses.find((one) => one.id === id));
      return { status: 200, words: wordsOf(body.blocks) };
    },
    event: (body, id, { outer = {}, ...more } = {}) => {
      const team = 'team_id' in outer ? (outer.team_id as string | null) : slack.workspace().id;
      return signed(new URL('slack/events', url), SECRET, {
        json: {
          type: 'event_callback',
          event_id: id,
          team_id: team,
          authorizations: [authorization(team)],
          event: body,
          ...outer,
        },
        ...more,
      });
    },
  };
}
