import { join } from 'node:path';
import { openSlack, type Slack } from '../../../src/chat/slack/app/start.ts';
import type { SlackSettings } from '../../../src/chat/slack/app/settings.ts';
import { COMMANDS, openCommands } from '../../../src/commands/commands.ts';
import { readStrings } from '../../../src/config/locales.ts';
import { Secret } from '../../../src/config/secret.ts';
import { instant, type Instant } from '../../../src/model/time.ts';
import type { Store } from '../../../src/store/store.ts';
import { actors, finder } from '../../commands/places.ts';
import { freshStore, others } from '../../commands/store.ts';
import { FakeSlack, type Responded } from '../../support/slack/fake.ts';
import { silent, TEAM } from './harness.ts';

const strings = readStrings(join(import.meta.dirname, '..', '..', '..'));

export interface Scene {
  readonly slack: FakeSlack;
  readonly store: Store;
  readonly app: Slack;
  readonly damascus: string;
  readonly person: (name: string) => { readonly id: string; readonly username: string };
  /** The product's clock, which these tests move. */
  readonly clock: { at: Instant };
  /** Ends this app and starts another one on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

interface SceneOptions {
  readonly oauth?: { readonly id: string; readonly secret: string; readonly redirect: string };
  readonly settings?: (slack: FakeSlack) => Omit<SlackSettings, 'apiUrl'>;
  /** An organisation on Enterprise Grid, with a second workspace. */
  readonly organisation?: string;
}

/** Of an organisation the second workspace. */
export const SECOND = 'T0SITREP02';

/** Socket Mode, for the test workspace alone. */
const socketMode = (): Omit<SlackSettings, 'apiUrl'> => ({
  reached: { kind: 'socket', appToken: new Secret('xapp-1-test') },
  installed: { kind: 'one', botToken: new Secret(`xoxb-${TEAM}`) },
  managers: 'S0WATCH',
});

export const openFake = ({ oauth, organisation }: SceneOptions = {}): Promise<FakeSlack> =>
  FakeSlack.start({
    workspaces: [TEAM, ...(organisation === undefined ? [] : [SECOND])].map((id) => ({
      id,
      channels: [{ name: 'damascus' }, { name: 'homs', private: true }],
      people: [{ name: 'founder' }, { name: 'amal' }, { name: 'boss', admin: true }],
      groups: { S0WATCH: [] },
      ...(oauth && { oauth }),
    })),
    ...(organisation !== undefined && { organisation }),
  });

export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const { settings = socketMode } = options;
  const slack = await openFake(options);
  const clock = { at: instant('2018-05-21T12:00:00Z') };
  const store = await freshStore(() => clock.at);
  const wording = { strings, places: finder, actors };
  const open = async (): Promise<Slack> => {
    const app = openSlack({
      settings: { ...settings(slack), apiUrl: slack.api },
      store,
      commands: openCommands({
        shown: (incident) => Promise.resolve(incident),
        store,
        places: finder,
        wording,
        clock: () => clock.at,
        log: silent,
        ...others(store),
      }),
      definitions: COMMANDS,
      strings,
      clock: () => clock.at,
      now: () => performance.now(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      desk: 'https://desk.example/',
      log: silent,
    });
    await app.listen();
    return app;
  };
  let app = await open();
  const workspace = slack.workspace();
  return {
    slack,
    store,
    get app() {
      return app;
    },
    damascus: workspace.channel('damascus').id,
    person: (name) => ({ id: workspace.person(name), username: name }),
    clock,
    restart: async () => {
      await app.stop();
      app = await open();
    },
    close: async () => {
      await app.stop();
      await store.close();
      await slack.close();
    },
  };
}

let trigger = 0;
/** A trigger of its own for each interaction, which views are opened with. */
export async function freshTrigger(slack: FakeSlack, user: string): Promise<string> {
  const answer = await slack.workspace().call('views.generateTriggerId', { user_id: user });
  trigger += 1;
  return typeof answer['trigger_id'] === 'string' ? answer['trigger_id'] : `${trigger}.none`;
}

/** All words of an answer. */
export function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(wordsOf).join(' ');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .filter(([key]) => key === 'text' || key === 'elements' || key === 'blocks' || key === 'fallback')
    .map(([, one]) => wordsOf(one))
    .join(' ');
}

/** What a slash command was answered with. */
export async function slash(
  { slack, damascus, person }: Scene,
  text: string,
  more: { readonly user?: string; readonly channel?: { readonly id: string; readonly name: string } } = {},
): Promise<Responded> {
  const user = person(more.user ?? 'amal');
  const { id, url } = slack.responseUrl();
  await slack.sockets.send('slash_commands', {
    command: '/sitrep',
    text,
    team_id: TEAM,
    channel_id: more.channel?.id ?? damascus,
    channel_name: more.channel?.name ?? 'damascus',
    user_id: user.id,
    user_name: user.username,
    api_app_id: 'A0SITREP',
    response_url: url,
    trigger_id: await freshTrigger(slack, user.id),
  });
  return slack.until(() => slack.responses.find((one) => one.id === id)?.body);
}
