import type { SlackAddress } from '../client.ts';

/** A value that shows itself only when asked (config/secret.ts). */
export interface Hidden {
  reveal(): string;
}

/** How Slack reaches the app: over a WebSocket that it opens, or by HTTP requests that Slack signs. */
export type Reached =
  | { readonly kind: 'socket'; readonly appToken: Hidden }
  | { readonly kind: 'http'; readonly signingSecret: Hidden; readonly host: string; readonly port: number };

/** Whose app it is: of one workspace, whose token is given; or of all workspaces where people install it. */
export type Installed =
  | { readonly kind: 'one'; readonly botToken: Hidden }
  | {
      readonly kind: 'many';
      readonly clientId: string;
      readonly clientSecret: Hidden;
      /** 32 bytes, under which tokens are kept. */
      readonly tokenKey: Buffer;
      /** Where people's browsers reach this app, with a slash at the end: the redirect of OAuth leads there. */
      readonly publicUrl: string;
    };

export interface SlackSettings extends SlackAddress {
  readonly reached: Reached;
  readonly installed: Installed;
  /** User group whose members may change what any channel hears. */
  readonly managers?: string;
}
