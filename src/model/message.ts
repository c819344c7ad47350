import type { Instant } from './time.ts';

/** A stretch of a line. Only `untrusted` and `link` carry text that a report supplied; renderers escape every kind. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'untrusted'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | { readonly kind: 'time'; readonly at: Instant };

export type Line = readonly Inline[];

export type Block =
  | { readonly kind: 'paragraph'; readonly line: Line }
  | { readonly kind: 'list'; readonly lines: readonly Line[] }
  | { readonly kind: 'fields'; readonly fields: readonly { readonly label: string; readonly value: Line }[] }
  /** Words of a report, as evidence. */
  | { readonly kind: 'quote'; readonly text: string; readonly source: Line }
  /** Small print: sources, times. */
  | { readonly kind: 'context'; readonly lines: readonly Line[] }
  | { readonly kind: 'actions'; readonly actions: readonly Action[] };

/** A button: a command that a reader may run from the message, or a link to the incident page. */
export type Action =
  | { readonly kind: 'command'; readonly label: string; readonly command: string }
  | { readonly kind: 'open'; readonly label: string; readonly path: string };

/** One platform-neutral message. Each platform renders it in its own idiom. */
export interface Message {
  /** One plain line: notification text, fallback, page title. */
  readonly headline: string;
  readonly tone: 'alert' | 'update' | 'warning' | 'answer' | 'error';
  readonly blocks: readonly Block[];
  /** What it is about: kind of change, places and what they lie in. Platforms that sort messages by tags go by it. */
  readonly topics?: readonly string[];
}
