import { createEmulator } from 'emulate';
import type { Body, Channel } from './rules.ts';

export interface ChannelSpec {
  readonly name: string;
  readonly private?: boolean;
  /** The bot is not in it. */
  readonly stranger?: boolean;
}

export interface WorkspaceSpec {
  readonly id: string;
  readonly channels: readonly ChannelSpec[];
  readonly people?: readonly { readonly name: string; readonly admin?: boolean }[];
  /** An app that people install, and where its redirect leads. */
  readonly oauth?: { readonly id: string; readonly secret: string; readonly redirect: string };
  /** Members by id of user group. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
}

interface Answer {
  readonly ok: boolean;
  readonly [key: string]: unknown;
}

/** One Slack workspace: the emulator keeps its messages, people and views. */
export interface Workspace {
  readonly id: string;
  readonly bot: string;
  readonly channels: Map<string, Channel>;
  /** Ids by name. */
  readonly people: ReadonlyMap<string, string>;
  readonly groups: Map<string, readonly string[]>;
  call(method: string, body: Body): Promise<Answer>;
  /** Where somebody's browser is sent who says yes on Slack's page. */
  consent(asked: URL, user: string): Promise<string>;
  channel(name: string): Channel;
  person(name: string): string;
  close(): Promise<void>;
}

const EMULATOR_TOKEN = 'xoxb-emulator';

/** Everything that the emulator's own token may do: scopes are checked before it is asked. */
const ALL_SCOPES = ['chat', 'channels', 'groups', 'im', 'users', 'usergroups', 'team'].flatMap((scope) => [
  `${scope}:read`,
  `${scope}:write`,
  `${scope}:history`,
]);

export async function openWorkspace(spec: WorkspaceSpec): Promise<Workspace> {
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        team: { name: spec.id, domain: spec.id.toLowerCase() },
        users: [
          { name: 'sitrep' },
          ...(spec.people ?? []).map(({ name, admin }) => ({ name, is_admin: admin === true })),
        ],
        channels: spec.channels.map((one) => ({ name: one.name, is_private: one.private === true })),
        ...(spec.oauth && {
          oauth_apps: [
            {
              client_id: spec.oauth.id,
              client_secret: spec.oauth.secret,
              name: 'Sitrep',
              redirect_uris: [spec.oauth.redirect],
            },
          ],
        }),
        tokens: [{ token: EMULATOR_TOKEN, user: 'sitrep', scopes: ALL_SCOPES }],
      },
    },
  });
  const call = async (method: string, body: Body): Promise<Answer> => {
    const answer = await fetch(`${emulator.url}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${EMULATOR_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Answer;
  };
  const listed = (await call('conversations.list', { limit: 1000, types: 'public_channel,private_channel' }))[
    'channels'
  ] as readonly { id: string; name: string }[];
  const members = (await call('users.list', { limit: 1000 }))['members'] as readonly {
    id: string;
    name: string;
  }[];
  const people = new Map(members.map(({ id, name }) => [name, id]));
  const channels = new Map(
    spec.channels.map((one): [string, Channel] => {
      const id = listed.find(({ name }) => name === one.name)?.id ?? '';
      return [
        id,
        {
          id,
          name: one.name,
          kind: one.private ? 'private' : 'public',
          member: one.stranger !== true,
          archived: false,
          locked: false,
        },
      ];
    }),
  );
  const found = <T>(thing: T | undefined, what: string): T => {
    if (thing === undefined) throw new Error(`the test workspace has no ${what}`);
    return thing;
  };
  return {
    id: spec.id,
    bot: found(people.get('sitrep'), 'bot'),
    channels,
    people,
    groups: new Map(Object.entries(spec.groups ?? {})),
    call,
    consent: async (asked, user) => {
      const page = await fetch(`${emulator.url}/oauth/v2/authorize${asked.search}`);
      if (!page.ok) throw new Error(`Slack's page says ${page.status}`);
      const fields = new URLSearchParams({ ...Object.fromEntries(asked.searchParams), user_id: user });
      const said = await fetch(`${emulator.url}/oauth/v2/authorize/callback`, {
        method: 'POST',
        body: fields,
        redirect: 'manual',
      });
      return said.headers.get('location') ?? '';
    },
    channel: (name) =>
      found(
        [...channels.values()].find((one) => one.name === name),
        name,
      ),
    person: (name) => found(people.get(name), name),
    close: () => emulator.close(),
  };
}
