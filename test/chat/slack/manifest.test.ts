import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifestOf, SCOPES } from '../../../src/chat/slack/manifest.ts';
import { COMMANDS } from '../../../src/commands/commands.ts';
import { SCOPE_OF } from '../../support/slack/rules.ts';

interface Manifest {
  readonly features: {
    readonly slash_commands: readonly {
      readonly command: string;
      readonly url?: string;
      readonly usage_hint: string;
    }[];
    readonly shortcuts: readonly { readonly callback_id: string }[];
  };
  readonly oauth_config: {
    readonly redirect_urls?: readonly string[];
    readonly scopes: { readonly bot: readonly string[] };
  };
  readonly settings: {
    readonly event_subscriptions: { readonly request_url?: string; readonly bot_events: readonly string[] };
    readonly interactivity: { readonly request_url?: string };
    readonly socket_mode_enabled: boolean;
  };
}
const made = (publicUrl?: string): Manifest =>
  manifestOf({ commands: COMMANDS, ...(publicUrl !== undefined && { publicUrl }) }) as Manifest;

describe('the manifest', () => {
  it('has one command, whose hint names the first that there are, none of them cut', () => {
    const [command] = made().features.slash_commands;
    expect(command?.command).toBe('/sitrep');
    for (const { name } of COMMANDS.slice(0, 5)) expect(command?.usage_hint).toContain(name);
    const names = command?.usage_hint
      .replace('…', '')
      .split('|')
      .map((one) => one.trim())
      .filter(Boolean);
    expect(COMMANDS.map(({ name }) => name)).toEqual(expect.arrayContaining(names ?? ['none']));
    expect(command?.usage_hint.length).toBeLessThanOrEqual(100);
  });

  it('asks for every scope that a call needs, and for no other', () => {
    const needed = new Set<string>([...SCOPE_OF.calls, 'commands', 'app_mentions:read']);
    expect(made().oauth_config.scopes.bot.toSorted()).toEqual([...needed].toSorted());
  });

  it('is explained to administrators, scope by scope', () => {
    const guide = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'slack.md'), 'utf8');
    for (const [scope, why] of Object.entries(SCOPES))
      expect(guide.replaceAll(/ +/gu, ' ')).toContain(`| \`${scope}\` | ${why} |`);
  });

  it('for Socket Mode names no address', () => {
    const manifest = made();
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(manifest)).not.toContain('http');
  });

  it('for HTTP names the address everywhere', () => {
    const { features, oauth_config: oauth, settings } = made('https://sitrep.example.org/');
    expect(settings.socket_mode_enabled).toBe(false);
    expect(features.slash_commands[0]?.url).toBe('https://sitrep.example.org/slack/events');
    expect(settings.event_subscriptions.request_url).toBe('https://sitrep.example.org/slack/events');
    expect(settings.interactivity.request_url).toBe('https://sitrep.example.org/slack/events');
    expect(oauth.redirect_urls).toEqual(['https://sitrep.example.org/slack/oauth_redirect']);
    expect(settings.event_subscriptions.bot_events).toEqual(
      expect.arrayContaining(['team_access_granted', 'team_access_revoked', 'app_uninstalled']),
    );
  });
});
