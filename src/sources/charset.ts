/** Names a byte order mark's encoding; it wins over every other word on the matter (Encoding Standard, "decode"). */
function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return undefined;
}

/** Where XML and HTML name their encoding, within their first bytes. */
const DECLARED =
  /^\s*<\?xml\s[^>]{0,200}\sencoding\s*=\s*["']([\w.:-]{1,40})|<meta\s(?:[^>]{0,200}[\s;"'])?charset\s*=\s*["']?([\w.:-]{1,40})/i;

function declared(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 2048)).toString(
    'latin1',
  );
  const match = DECLARED.exec(head);
  return match?.[1] ?? match?.[2];
}

export type Decoded =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

function decode(bytes: Uint8Array, label: string): Decoded {
  try {
    return { ok: true, text: new TextDecoder(label, { fatal: true }).decode(bytes) };
  } catch (error) {
    const why =
      error instanceof RangeError
        ? `its encoding "${label}" is not known; save it as UTF-8`
        : `it says that it is ${label} and is not; save it as UTF-8`;
    return { ok: false, why };
  }
}

/**
 * Bytes as text: by byte order mark; else UTF-8 when all of it is UTF-8, as servers and pages name other encodings out
 * of habit; else by `label` (an HTTP header's charset), else as the markup itself says. Wrong bytes are never replaced
 * by "�": a place's name might be among them.
 */
export function decodeText(
  bytes: Uint8Array,
  { label, markup }: { label?: string; markup: boolean },
): Decoded {
  const mark = byteOrderMark(bytes);
  if (mark !== undefined) return decode(bytes, mark);
  const named = label ?? (markup ? declared(bytes) : undefined);
  // UTF-16 and ISO-2022 also pass for UTF-8.
  if (named !== undefined && /^(?:utf-?16|iso-?2022)/i.test(named)) return decode(bytes, named);
  const plain = decode(bytes, 'utf-8');
  return plain.ok || named === undefined ? plain : decode(bytes, named);
}
