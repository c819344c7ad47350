import { describe, expect, it } from 'vitest';
import { buildGazetteer } from '../../src/gazetteer/gazetteer.ts';
import { placeId } from '../../src/model/ids.ts';
import { shipped } from './load.ts';

const found = (query: string): string => {
  const answer = shipped.lookup(query);
  return answer.kind === 'found' ? answer.place.id : answer.kind;
};

describe('a typed name, in any spelling or script', () => {
  it.each([
    ['deir-ezzor', 'sy-deir-ezzor'],
    ['دير الزور', 'sy-deir-ezzor'],
    ['Dayr az Zawr', 'sy-deir-ezzor'],
    ['deir ezzor governorate', 'sy-deir-ezzor'],
    ['Deir Ezzor city', 'sy-deir-ezzor-city'],
    ['مدينة دير الزور', 'sy-deir-ezzor-city'],
    ['hajin', 'sy-hajin'],
    ['Hajeen', 'sy-hajin'],
    ['هجين', 'sy-hajin'],
    ['Hajin, Deir Ezzor', 'sy-hajin'],
    ['sy-hajin', 'sy-hajin'],
    ['al-Baghouz', 'sy-baghuz'],
    ['tadmur', 'sy-palmyra'],
    ['Yarmouk camp', 'sy-yarmouk-camp'],
    ['Badiya', 'sy-syrian-desert'],
    ['Abu Kamal', 'sy-abu-kamal'],
    ['Abu Kamal district', 'sy-abu-kamal-district'],
    ['Damascus', 'sy-damascus'],
    ['Syria', 'sy'],
    ['Kiev', 'ua-kyiv'],
    ['Al-Fashir', 'sd-fasher'],
    ['yarmouk', 'sy-yarmouk-camp'],
    ['gaza', 'ps-gaza-strip'],
    ['ريف حلب', 'sy-aleppo'],
    ['Hama airbase', 'sy-hama-airbase'],
  ])('%s', (query, id) => {
    expect(found(query)).toBe(id);
  });

  it('asks when several places bear the name and none stands out', () => {
    const answer = shipped.lookup('Tripoli');
    expect(answer.kind).toBe('ambiguous');
    if (answer.kind === 'ambiguous')
      expect(answer.choices.map((place) => place.country)).toEqual(expect.arrayContaining(['LY', 'LB']));
  });

  it('does not ask when the container is given', () => {
    expect(found('Tripoli, Lebanon')).toBe('lb-tripoli');
  });

  it('suggests what comes near an unknown name', () => {
    const answer = shipped.lookup('Damascsu');
    expect(answer.kind).toBe('unknown');
    if (answer.kind === 'unknown')
      expect(answer.suggestions.map((place) => place.id)).toContain('sy-damascus');
  });

  it.each(['', ' ', '---', '👾', 'zzzzqqqq'])('knows no "%s"', (query) => {
    expect(shipped.lookup(query).kind).toBe('unknown');
  });
});

describe('completion', () => {
  it.each([
    ['deir e', 'sy-deir-ezzor'],
    ['haj', 'sy-hajin'],
    ['دير', 'sy-deir-ezzor'],
    ['هج', 'sy-hajin'],
    ['alepo', 'sy-aleppo'],
    ['damsacus', 'sy-damascus'],
    ['baghou', 'sy-baghuz'],
    ['ghou', 'sy-eastern-ghouta'],
    ['الر', 'sy-raqqa'],
  ])('%s…', (prefix, id) => {
    const ids = shipped.complete(prefix, 25).map((place) => place.id);
    expect(ids).toContain(id);
    expect(ids.length).toBeLessThanOrEqual(25);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('offers a governorate before its city', () => {
    const ids: string[] = shipped.complete('dam', 25).map((place) => place.id);
    expect(ids.indexOf('sy-damascus')).toBeLessThan(ids.indexOf('sy-damascus-city'));
    expect(ids.indexOf('sy-damascus')).toBe(0);
  });

  it('gives nothing for nothing', () => {
    expect(shipped.complete('', 25)).toEqual([]);
  });

  it.each(['d', 'de', 'deir', 'د', 'دير'])(
    'of fewer places for %s the beginning, however often it is asked',
    (prefix) => {
      const all = shipped.complete(prefix, 25);
      expect(all.length).toBeGreaterThan(10);
      expect(shipped.complete(prefix, 7)).toEqual(all.slice(0, 7));
      expect(shipped.complete(prefix.toUpperCase(), 25)).toEqual(all);
      expect(shipped.complete(prefix, 40).slice(0, 20)).toEqual(all.slice(0, 20));
    },
  );
});

describe('hierarchy', () => {
  it('puts Baghuz on the Iraqi border of Deir Ezzor', () => {
    const place = shipped.get(placeId('sy-baghuz'));
    expect(place?.within).toEqual(['sy-susah-subdistrict', 'sy-abu-kamal-district', 'sy-deir-ezzor', 'sy']);
    expect(shipped.contains(placeId('sy-deir-ezzor'), placeId('sy-baghuz'))).toBe(true);
    expect(shipped.contains(placeId('sy'), placeId('sy-baghuz'))).toBe(true);
    expect(shipped.contains(placeId('sy-baghuz'), placeId('sy-baghuz'))).toBe(true);
    expect(shipped.contains(placeId('sy-damascus'), placeId('sy-baghuz'))).toBe(false);
  });

  it('puts towns of the base into the governorate that their code names', () => {
    const answer = shipped.lookup('Ibb');
    expect(answer.kind === 'found' && answer.place.country).toBe('YE');
  });
});

it('a later row of one id replaces an earlier one, and the version tells', () => {
  const row = {
    id: 'xx-a',
    name: 'Alpha',
    kind: 'town',
    country: 'XX',
    variants: [],
    demonyms: [],
    curated: true,
  } as const;
  const country = { ...row, id: 'xx', name: 'Xland', kind: 'country' } as const;
  const one = buildGazetteer([country, row]);
  const two = buildGazetteer([country, row, { ...row, name: 'Alfa' }]);
  expect(two.get(placeId('xx-a'))?.name).toBe('Alfa');
  expect(two.size).toBe(one.size);
  expect(two.version).not.toBe(one.version);
  expect(buildGazetteer([country, row]).version).toBe(one.version);
});
