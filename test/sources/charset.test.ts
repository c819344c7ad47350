import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/sources/charset.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
/** "سوريا" in windows-1256. */
const SYRIA_1256 = [0xd3, 0xe6, 0xd1, 0xed, 0xc7];
const text = (input: Uint8Array, options: { label?: string; markup?: boolean } = {}) => {
  const decoded = decodeText(input, { markup: true, ...options });
  return decoded.ok ? decoded.text : decoded.why;
};

describe('decodeText', () => {
  it('takes UTF-8 for what it is, whatever the server or the page says', () => {
    expect(text(bytes('سوريا'))).toBe('سوريا');
    expect(text(bytes('سوريا'), { label: 'iso-8859-1' })).toBe('سوريا');
    expect(text(bytes('<meta charset="windows-1256">سوريا'))).toContain('سوريا');
  });

  it('drops a byte order mark and believes it', () => {
    expect(text(bytes([0xef, 0xbb, 0xbf], 'x'), { label: 'utf-16' })).toBe('x');
    expect(text(bytes([0xff, 0xfe, 0x33, 0x06]))).toBe('س');
    expect(text(bytes([0xfe, 0xff, 0x06, 0x33]))).toBe('س');
  });

  it.each([
    ['an HTTP header', bytes(SYRIA_1256), 'windows-1256'],
    ['an XML declaration', bytes('<?xml version="1.0" encoding="windows-1256"?>', SYRIA_1256), undefined],
    ['a meta element', bytes('<html><head><meta charset=windows-1256></head>', SYRIA_1256), undefined],
    [
      'an old meta element',
      bytes('<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">', SYRIA_1256),
      undefined,
    ],
  ])('reads another encoding that is named by %s', (_, input, label) =>
    expect(text(input, label === undefined ? {} : { label })).toContain('سوريا'),
  );

  it('never puts "�" for what it cannot read', () => {
    expect(text(bytes(SYRIA_1256))).toBe('it says that it is utf-8 and is not; save it as UTF-8');
    expect(text(bytes(SYRIA_1256), { label: 'klingon' })).toBe(
      'its encoding "klingon" is not known; save it as UTF-8',
    );
  });
});
