import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../src/sources/accept/fingerprint.ts';
import { cleanText } from '../../../src/sources/accept/text.ts';
import { day, instant } from '../../../src/model/time.ts';

const AT = instant('2018-05-20T06:00:00Z');
const LATER = instant('2018-05-23T19:00:00Z');
const LONG = `Government forces entered the town of Sample Hill at dawn on Sunday after three days of shelling, a monitoring group said.
The monitoring group added that about 200 families had left the town towards the river during the night, and that the last fighters withdrew from its northern quarter before noon.`;
const of = (text: string, at = AT) => fingerprint(cleanText(text), at);

describe('fingerprint', () => {
  it.each([
    ['a byline', `By Sample Author\n${LONG}`],
    ['another byline', `By Someone Else and Another Person\n\n${LONG}`],
    ['a dateline of outlet and city', `Sample Wire | Beirut\n${LONG}`],
    ['a dateline before the first sentence', `BEIRUT, May 20 (Sample Wire) - ${LONG}`],
    ['a date line', `Sunday, 20 May 2018\n${LONG}`],
    ['an address', `${LONG}\nhttps://wire.example/2018/05/20/sample-hill`],
    ['an agency tag', `${LONG}\n(Sample Wire)`],
    ['an editors’ line', `${LONG}\n(Reporting by A. Person; editing by B. Person)`],
    ['an update line', `Updated: 20 May 2018, 09:15\n${LONG}`],
    ['other line ends and spaces', LONG.replaceAll('\n', '\r\n\r\n').replaceAll(' the ', ' the\u00A0')],
    ['other quotes and case', LONG.toUpperCase()],
    ['a byline in Arabic', `بقلم: كاتب المثال\n${LONG}`],
  ])('is the same with %s', (_, text) => expect(of(text)).toBe(of(LONG)));

  it('is the same for a long text whenever it is published', () => {
    expect(of(LONG, LATER)).toBe(of(LONG, AT));
  });

  it.each([
    ['another figure', LONG.replace('200', '300')],
    ['another place', LONG.replace('Sample Hill', 'Sample Ford')],
    ['a denial', LONG.replace('withdrew', 'had not withdrawn')],
    ['one sentence more', `${LONG}\nThe army denied it.`],
    ['a correction before it', `Correction: the figure in this report is wrong.\n${LONG}`],
  ])('is another with %s', (_, text) => expect(of(text)).not.toBe(of(LONG)));

  it.each([
    ['Hajin - SDF', 'Hajin - ISIS'],
    ['Hajin | SDF\nSusa | ISIS', 'Hajin | ISIS\nSusa | ISIS'],
    ['HOMS (Sample Wire) - Rebels left.', 'HAMA (Sample Wire) - Rebels left.'],
    ['By noon the army held the bridge.', 'By noon the rebels held the bridge.'],
  ])('does not take what happened for a byline: %s', (one, other) => expect(of(one)).not.toBe(of(other)));

  it('takes a short text on another day as another report', () => {
    const text = 'Hajin remains under ISIS control.';
    expect(of(text, LATER)).not.toBe(of(text, AT));
    expect(of(text, instant(`${day('2018-05-20')}T23:00:00Z`))).toBe(of(text, AT));
  });

  it('knows Arabic with and without vowel marks', () => {
    const plain = 'دخلت القوات الحكومية البلدة فجر الأحد';
    expect(of('دخلت القوّات الحكوميّة البلدة فجر الأحد')).toBe(of(plain));
    expect(of('خرجت القوات الحكومية من البلدة فجر الأحد')).not.toBe(of(plain));
  });
});
