// Rate limits as Slack documents them (docs.slack.dev/apis/web-api/rate-limits), counted for each method, workspace and app.

/** Calls in any minute. Bursts are "tolerated" by Slack and promised to nobody, so that none is allowed here. */
const TIERS = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;

const METHODS: Readonly<Record<string, keyof typeof TIERS>> = {
  'apps.connections.open': 3,
  'chat.delete': 3,
  'chat.getPermalink': 4,
  'chat.postEphemeral': 4,
  'chat.update': 3,
  'conversations.history': 3,
  'conversations.info': 3,
  'conversations.open': 3,
  'conversations.replies': 3,
  'usergroups.users.list': 2,
  'users.info': 4,
  'views.open': 4,
  'views.publish': 4,
  'views.update': 4,
};

const MINUTE = 60_000;
/** "Special": one message a second in a channel, and several hundred a minute in a workspace. */
const MESSAGE_MS = 1_000;
const WORKSPACE_MESSAGES = 400;

/** App that is sold outside the Marketplace: one call a minute, fifteen messages (changelog of 29 May 2025). */
const STRICT = new Set(['conversations.history', 'conversations.replies']);

export class Pace {
  readonly #now: () => number;
  readonly #distributed: boolean;
  readonly #calls = new Map<string, number[]>();

  constructor(now: () => number, distributed: boolean) {
    this.#now = now;
    this.#distributed = distributed;
  }

  /** Milliseconds to wait when the call came too early; it does not count then. */
  early(method: string, workspace: string, channel: string): number | undefined {
    if (method === 'chat.postMessage')
      return (
        this.#over(`${workspace} ${channel} message`, 1, MESSAGE_MS) ??
        this.#over(`${workspace} messages`, WORKSPACE_MESSAGES, MINUTE)
      );
    const tier = METHODS[method];
    if (tier === undefined) return undefined;
    const most = this.#distributed && STRICT.has(method) ? 1 : TIERS[tier];
    return this.#over(`${workspace} ${method}`, most, MINUTE);
  }

  #over(key: string, most: number, windowMs: number): number | undefined {
    const now = this.#now();
    const recent = (this.#calls.get(key) ?? []).filter((at) => at > now - windowMs);
    const oldest = recent[0];
    if (recent.length >= most && oldest !== undefined) return oldest + windowMs - now;
    this.#calls.set(key, [...recent, now]);
    return undefined;
  }
}
