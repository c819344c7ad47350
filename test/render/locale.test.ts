import { readdirSync, readFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REASONS as JUDGING } from '../../src/assess/reasons.ts';
import { readStrings } from '../../src/config/locales.ts';
import { PLACEHOLDERS } from '../../src/render/keys.ts';
import { date, moment, sayReason } from '../../src/render/strings.ts';
import { REASONS as ROUTING } from '../../src/route/reasons.ts';
import { instant } from '../../src/model/time.ts';
import { plain } from '../../src/render/strings.ts';
import { strings } from '../support/world.ts';

const root = resolve(import.meta.dirname, '../..');

/** Literal keys in the code, and the beginnings of keys that are put together from a kind. */
function usedIn(folder: string): { readonly whole: ReadonlySet<string>; readonly begun: readonly string[] } {
  const code = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'keys.ts')
    .map((file) => readFileSync(join(root, folder, file), 'utf8'))
    .join('\n');
  return {
    whole: new Set([...code.matchAll(/'([a-z_]+(?:\.[a-z_]+)+)'/g)].map(([, key = '']) => key)),
    begun: [...code.matchAll(/`([a-z_]+\.(?:[a-z_]+\.)*)\$\{/g)].map(([, key = '']) => key),
  };
}

describe('the locale file', () => {
  it('has a string for every reason of judging and routing, with the same placeholders', () => {
    for (const [key, values] of Object.entries({ ...JUDGING, ...ROUTING }))
      expect(PLACEHOLDERS, key).toHaveProperty([`reason.${key}`], values);
  });

  it('has no string that nothing asks for', () => {
    const [render, chat] = [usedIn('src/render'), usedIn('src/chat')];
    const whole = render.whole.union(chat.whole);
    const begun = [...render.begun, ...chat.begun];
    const reasons = new Set(Object.keys({ ...JUDGING, ...ROUTING }).map((key) => `reason.${key}`));
    const unused = Object.keys(PLACEHOLDERS).filter(
      (key) =>
        !whole.has(key) &&
        !reasons.has(key) &&
        !begun.some((start) => start !== 'reason.' && !start.startsWith('clause.$') && key.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  it('fills every placeholder of every reason', () => {
    for (const [key, names] of Object.entries({ ...JUDGING, ...ROUTING })) {
      const values = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
      const said = plain(sayReason({ key, values }, strings), strings);
      for (const name of names) expect(said, key).toContain(`<${name}>`);
      expect(said).not.toMatch(/[{}]/);
    }
  });

  it('throws for a reason that has no string', () => {
    expect(() => sayReason({ key: 'no.such', values: {} }, strings)).toThrow(
      /no string for the reason "no.such"/,
    );
  });

  it('writes days, months, years and moments as people do', () => {
    expect([date('2018-05-20', strings), date('2018-05', strings), date('2018', strings)]).toEqual([
      '20 May 2018',
      'May 2018',
      '2018',
    ]);
    expect(moment(instant('2018-05-20T06:05:00Z'), strings)).toBe('20 May 2018, 06:05 UTC');
  });
});

describe('readStrings', () => {
  const english = readFileSync(join(root, 'config/locales/en.yaml'), 'utf8');
  function problem(change: (file: string) => string): string {
    const folder = mkdtempSync(join(tmpdir(), 'locale-'));
    mkdirSync(join(folder, 'config/locales'), { recursive: true });
    writeFileSync(join(folder, 'config/locales/en.yaml'), change(english));
    try {
      readStrings(folder);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  }

  it.each([
    [
      'a missing string',
      (s: string) => s.replace(/^ {2}evidence: .*\n/m, ''),
      /action\.evidence: this string is missing/,
    ],
    [
      'an unknown string',
      (s: string) => s.replace(/^ {2}evidence: Evidence$/m, '$&\n  evidenc: x'),
      /action\.evidenc: no such string; did you mean "action\.evidence"/,
    ],
    [
      'a foreign placeholder',
      (s: string) => s.replace('{figure} ({origin})', '{figure} ({who})'),
      /figure\.by: \{who\} is no placeholder.*\{figure\}, \{origin\}/,
    ],
    [
      'a string of another form',
      (s: string) => s.replace('  evidence: Evidence', '  evidence: [a]'),
      /action\.evidence: found the list/,
    ],
    [
      'a locale that is none',
      (s: string) => s.replace('locale: en-GB', 'locale: "?"'),
      /locale: found "\?"; write a language tag/,
    ],
    ['no file', () => '', /missing/],
  ])('names %s and its place', (_, change, message) => {
    expect(problem(change)).toMatch(message);
    expect(problem(change)).toContain('config/locales/en.yaml:');
  });

  it('names a file that is not there', () => {
    expect(() => readStrings(root, 'xx')).toThrow(/config\/locales\/xx\.yaml: cannot be read \(ENOENT\)/);
  });
});
