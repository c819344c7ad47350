import { calm, ISOLATED } from '../../text.ts';
import { html, type Html } from './template.ts';

/** Plain words of a message; what they isolate by characters is isolated by markup. */
export function textHtml(text: string): Html {
  const parts = text.split(ISOLATED);
  return html`${parts.map((part, i) => (i % 2 === 0 ? calm(part) : html`<bdi>${calm(part)}</bdi>`))}`;
}

/** A path of this desk, so that a message's button cannot lead elsewhere. */
export const isOwnPath = (path: string): boolean => /^\/(?![/\\])[\w~!$&'()*+,;=:@%./-]*$/.test(path);
