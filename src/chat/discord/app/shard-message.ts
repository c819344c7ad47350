/** What a shard's process tells the bot's. */
export interface Forwarded {
  readonly kind: 'dispatch';
  readonly event: string;
  readonly data: unknown;
}

export const isForwarded = (message: unknown): message is Forwarded =>
  typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'dispatch';
