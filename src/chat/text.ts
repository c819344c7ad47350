/**
 * Characters that are not seen but change how what stands around them is shown: controls, bidirectional marks,
 * embeddings, overrides and isolates (Unicode UAX #9), zero-width spaces and joiners of words, fillers that look empty,
 * annotation anchors and tag characters. What scripts need stays: the joiner and non-joiner (Persian, Indic), Arabic number
 * signs.
 */
const UNSEEN =
  /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]--[\t\n\p{Join_Control}\u0600-\u0605\u06DD]]/gv;
/** More marks on one letter than any script stacks: text that is meant to run over its neighbours. */
const STACKED_MARKS = /(?<=\p{M}{4})\p{M}+/gu;

/** `text` without what could reorder, hide or overrun what stands around it. Escaping is the platform's own work. */
export const calm = (text: string): string => text.replace(UNSEEN, '').replace(STACKED_MARKS, '');

/** A stretch between FIRST STRONG ISOLATE and its POP, as messages write names of other scripts. Odd parts of a split. */
export const ISOLATED = /\u2068([^\u2066-\u2069]*)\u2069/u;

export interface SafeLink {
  readonly href: string;
  /** The host that the link truly leads to, in ASCII (punycode), so that look-alike letters show. */
  readonly host: string;
}

/** A web address that may be shown as a link; undefined for anything but http and https. */
export function safeLink(url: string): SafeLink | undefined {
  const parsed = URL.parse(url);
  if (!parsed || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) return undefined;
  // A name before an @ would be shown as if it were the host.
  parsed.username = '';
  parsed.password = '';
  return { href: parsed.href, host: parsed.host };
}
