import { WebClient, type Logger, LogLevel, type WebClientOptions } from '@slack/web-api';
import type { ChatLog } from '../app-ports.ts';

/** A call that has not answered by then is given up, before whoever asked for it gives up itself. */
const TIMEOUT_MS = 12_000;

/** Slack's libraries log through ours. What they debug holds texts and tokens, so it goes nowhere. */
export const libraryLog = (log: ChatLog): Logger => {
  const words = (parts: readonly unknown[]): string =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return {
    debug: () => undefined,
    info: (...parts) => log.debug({}, words(parts)),
    warn: (...parts) => log.warn({}, words(parts)),
    error: (...parts) => log.warn({}, words(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
};

/** Where Slack is; only tests have another address. */
export interface SlackAddress {
  readonly apiUrl?: string;
}

/** One attempt a call, told as it is: no retries, no waiting for a limit, no call that never ends. */
export const clientOptions = (log: ChatLog, { apiUrl }: SlackAddress): WebClientOptions => ({
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: TIMEOUT_MS,
  logger: libraryLog(log),
  ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
});

/** How many clients are kept: one for each token that is in use. */
const MOST_CLIENTS = 500;

/** Clients by token. */
export function clientPool(options: WebClientOptions): (token: string) => WebClient {
  const clients = new Map<string, WebClient>();
  return (token) => {
    const client = clients.get(token) ?? new WebClient(token, options);
    clients.delete(token);
    clients.set(token, client);
    for (const oldest of clients.keys()) {
      if (clients.size <= MOST_CLIENTS) break;
      clients.delete(oldest);
    }
    return client;
  };
}
