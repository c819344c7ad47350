import { inspect } from 'node:util';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { VARIABLES } from '../../src/config/environment.ts';
import { configTree } from './tree.ts';

const SECRET = 'whsec_c2FtcGxlLXNlY3JldC1vZi10d2VudHktc2V2ZW4=';

function load(files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  using tree = configTree(files);
  return { root: tree.root, config: loadConfig({ root: tree.root, env }) };
}

describe('loadConfig', () => {
  it('needs nothing but the shipped defaults', () => {
    const { root, config } = load({});
    expect(config.desk).toEqual({ host: '127.0.0.1', port: 4720, exposed: false });
    expect(config.dataDir).toBe(`${root}/data`);
    expect(config.inbox.folder).toBe(`${root}/data/inbox`);
    expect(config.database.url).toBeUndefined();
    expect(config.webhook.secrets).toEqual([]);
    expect(config.channels.map(({ name }) => name)).toEqual(['all']);
  });

  it('ships a configuration that is valid and asks no feed', () => {
    const config = loadConfig({ root: process.cwd(), env: {} });
    expect(config.feedList).toEqual([]);
  });

  it('lays the local file over the defaults, and the environment over both', () => {
    const local = 'desk: { port: 1 }\nqueue:\n  tries: 9\n  concurrency:\n';
    const { config } = load({ 'config/local.yaml': local }, { SITREP_DESK_PORT: '2' });
    expect(config.desk).toMatchObject({ host: '127.0.0.1', port: 2 });
    expect(config.queue).toMatchObject({ tries: 9, concurrency: 4 });
  });

  it('replaces lists as a whole', () => {
    const { config } = load({
      'config/local.yaml': 'channels: [{ name: hama, subscriptions: [{ place: Hama }] }]',
    });
    expect(config.channels).toEqual([
      { name: 'hama', subscriptions: [{ place: 'Hama', standing: 'claimed', mode: 'live' }] },
    ]);
  });

  it('takes the file that SITREP_CONFIG names instead of config/local.yaml, and says when it is not there', () => {
    const files = { 'config/local.yaml': 'desk: { port: 1 }', 'other.yaml': 'desk: { port: 2 }' };
    expect(load(files, { SITREP_CONFIG: 'other.yaml' }).config.desk.port).toBe(2);
    expect(() => load(files, { SITREP_CONFIG: 'gone.yaml' })).toThrow(
      'gone.yaml: there is no such file; SITREP_CONFIG names it',
    );
  });

  it('reads every documented variable, and takes an empty one as not set', () => {
    const values: Readonly<Record<string, string>> = {
      SITREP_DATA: '/srv/sitrep',
      SITREP_LOG_LEVEL: 'debug',
      DATABASE_URL: 'postgres://sitrep@db/sitrep',
      REDIS_URL: 'redis://cache:6379',
      SITREP_DESK_HOST: '0.0.0.0',
      SITREP_DESK_PORT: '8080',
      SITREP_DESK_EXPOSED: 'true',
      SITREP_DESK_URL: 'https://desk.example',
      DISCORD_TOKEN: 'a.b.c',
      DISCORD_INTERACTIONS: 'http',
      DISCORD_PUBLIC_KEY: 'ab'.repeat(32),
      DISCORD_API: 'http://127.0.0.1:1/api',
      SITREP_INBOX: '/srv/in',
      SITREP_WEBHOOK_SECRETS: `${SECRET}, ${SECRET}`,
    };
    const ours = VARIABLES.filter(({ path }) => path[0] !== 'slack');
    expect(Object.keys(values)).toEqual(ours.map(({ name }) => name));
    const { config } = load({}, values);
    expect(config).toMatchObject({
      dataDir: '/srv/sitrep',
      log: { level: 'debug' },
      desk: { host: '0.0.0.0', port: 8080, exposed: true, publicUrl: 'https://desk.example/' },
      discord: { interactions: 'http', publicKey: 'ab'.repeat(32), api: 'http://127.0.0.1:1/api/' },
      inbox: { folder: '/srv/in' },
    });
    expect(config.database.url?.reveal()).toBe('postgres://sitrep@db/sitrep');
    expect(config.queue.redisUrl?.reveal()).toBe('redis://cache:6379');
    expect(config.discord.token?.reveal()).toBe('a.b.c');
    expect(config.webhook.secrets.map((secret) => secret.reveal())).toEqual([SECRET, SECRET]);
    const empty = Object.fromEntries(Object.keys(values).map((name) => [name, '']));
    expect(load({}, empty).config.desk).toEqual({ host: '127.0.0.1', port: 4720, exposed: false });
  });

  it('reads every variable of Slack, in either of the two ways to use it', () => {
    const one = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_MANAGERS: 'S012',
      SLACK_API: 'http://127.0.0.1:1/api',
    };
    const key = Buffer.alloc(32, 1).toString('base64');
    const many = {
      SLACK_SIGNING_SECRET: 'signing-secret',
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'client-secret',
      SLACK_TOKEN_KEY: key,
      SLACK_PUBLIC_URL: 'https://sitrep.example.org',
      SLACK_PORT: '8081',
    };
    const names = VARIABLES.filter(({ path }) => path[0] === 'slack').map(({ name }) => name);
    expect([...Object.keys(one), ...Object.keys(many)].toSorted()).toEqual(names.toSorted());
    const { slack } = load({}, one).config;
    expect(slack.botToken?.reveal()).toBe('xoxb-1');
    expect(slack).toMatchObject({ managers: 'S012', api: 'http://127.0.0.1:1/api/' });
    expect(JSON.stringify(slack)).not.toContain('xapp-1');
    const installed = load({}, many).config.slack;
    expect(installed).toMatchObject({
      clientId: '1.2',
      publicUrl: 'https://sitrep.example.org/',
      port: 8081,
    });
    expect(installed.tokenKey?.reveal()).toBe(key);
    expect(installed.signingSecret?.reveal()).toBe('signing-secret');
    expect(installed.clientSecret?.reveal()).toBe('client-secret');
  });

  it('names the variable whose value is wrong', () => {
    expect(() => load({}, { SITREP_DESK_PORT: 'http' })).toThrow(
      'environment: SITREP_DESK_PORT: found "http"; write a number',
    );
    expect(() => load({}, { SITREP_DESK_HOST: '192.168.1.4' })).toThrow('environment: SITREP_DESK_HOST: ');
  });

  it('names a misspelt variable, and leaves other programs’ variables alone', () => {
    expect(() => load({}, { SITREP_DESK_PROT: '1' })).toThrow(
      'environment: SITREP_DESK_PROT: no such variable; did you mean SITREP_DESK_PORT?',
    );
    expect(load({}, { SITREP_ROOT: '/x', SITREP_DB_PASSWORD: 'x', DESK_PORT: '1' }).config.desk.port).toBe(
      4720,
    );
  });

  it.each(['127.0.0.1', '127.3.2.1', '::1', 'localhost', '::ffff:127.0.0.1'])(
    'takes %s as an address of this machine alone',
    (host) => expect(load({}, { SITREP_DESK_HOST: host }).config.desk.host).toBe(host),
  );

  it.each(['0.0.0.0', '::', '10.0.0.1', 'desk.example', '127.0.0.1.example'])(
    'refuses to open the desk on %s unasked',
    (host) => expect(() => load({}, { SITREP_DESK_HOST: host })).toThrow('SITREP_DESK_EXPOSED=true'),
  );

  it('makes sources and the feeds that are asked', () => {
    const { config } = load({
      'config/sources.yaml': `sources:
  - { id: sample-wire, kind: feed, name: Sample Wire, url: "https://wire.example/rss", language: ar, intervalSeconds: 60 }
  - { id: sample-off, kind: feed, name: Off, url: "https://off.example/rss", enabled: false }
  - { id: sample-state, kind: inbox, name: State News, reliability: C, alignment: syria-government }
`,
    });
    expect(config.sources.map(({ id }) => id)).toEqual(['sample-wire', 'sample-off', 'sample-state']);
    expect(config.sources[2]).toMatchObject({ reliability: 'C', alignment: 'syria-government' });
    expect(config.feedList).toEqual([
      {
        source: expect.objectContaining({ reliability: 'F', alignment: 'unknown' }) as unknown,
        url: 'https://wire.example/rss',
        intervalSeconds: 60,
        language: 'ar',
        allowPrivateAddress: false,
      },
    ]);
  });
});

describe('secrets', () => {
  const password = 'hunter2hunter2';
  const env = { DATABASE_URL: `postgres://a:${password}@db/x`, SITREP_WEBHOOK_SECRETS: SECRET };

  it('print as "[secret]" in JSON, text, inspection and logs', () => {
    const { config } = load({}, env);
    const lines: string[] = [];
    pino({}, { write: (line: string) => lines.push(line) }).info({ config }, 'started');
    const printed = [JSON.stringify(config), inspect(config, { depth: 9 }), ...lines].join('\n');
    expect(String(config.database.url)).toBe('[secret]');
    expect(printed).toContain('[secret]');
    expect(printed).not.toContain(password);
    expect(printed).not.toContain(SECRET.slice(8));
  });

  it.each([
    ['a mapping is missing', 'database: postgres://a:hunter2hunter2@db/x'],
    ['the list is missing', 'webhook: { secrets: hunter2hunter2 }'],
    ['the entry is wrong', 'webhook: { secrets: [[hunter2hunter2]] }'],
    ['the protocol is wrong', 'queue: { redisUrl: "http://:hunter2hunter2@cache" }'],
  ])('stay out of the message when %s', (_, text) => {
    expect(() => load({ 'config/local.yaml': text })).toThrow('[secret]');
    expect(() => load({ 'config/local.yaml': text })).not.toThrow(password);
  });
});
