import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segment } from '../../src/extract/segment.ts';
import { findPlaces } from '../../src/gazetteer/resolve/find.ts';
import { provisionalPlaces } from '../../src/gazetteer/resolve/provisional.ts';
import { placesIn, resolved, shipped } from './load.ts';

const part = (text: string, name: string): unknown => {
  const span = placesIn(text).find(({ mention }) => mention.text === name);
  return span && [span.mention.id, span.part, span.mention.precision];
};
const phrase = (text: string, name: string): string | undefined => {
  const { tokens } = segment(text);
  const span = placesIn(text).find(({ mention }) => mention.text === name);
  return span && text.slice(tokens[span.phrase.first]?.start, tokens[span.phrase.last - 1]?.end);
};

describe('a report on Syria', () => {
  it('names of the capital’s south', () => {
    const text =
      'Buses took the fighters out of Yarmouk camp, al-Tadamun and Hajar al-Aswad in southern Damascus towards the Badiya by way of Tadmur, Syrian state media said.';
    expect(resolved(text)).toEqual([
      'Yarmouk camp → sy-yarmouk-camp',
      'al-Tadamun → sy-tadamun',
      'Hajar al-Aswad → sy-hajar-al-aswad',
      'Damascus → sy-damascus-city',
      'Badiya → sy-syrian-desert',
      'Tadmur → sy-palmyra',
    ]);
    expect(part(text, 'Damascus')).toEqual(['sy-damascus-city', 'direction', 2]);
    expect(part(text, 'Badiya')).toEqual(['sy-syrian-desert', undefined, 3]);
  });

  it('towns of the Euphrates', () => {
    expect(
      resolved(
        'Three towns in Deir Ezzor - Hajeen, Susa and Sha’afah - are left to it; Baghuz fell to the SDF.',
      ),
    ).toEqual([
      'Deir Ezzor → sy-deir-ezzor',
      'Hajeen → sy-hajin',
      'Susa → sy-susah',
      'Sha’afah → sy-shaafah',
      'Baghuz → sy-baghuz',
    ]);
  });

  it.each(['Tripoli', 'Manbij', 'Hama', 'Tartus', 'Homs', 'Palmyra', 'Damascus'])(
    'never sends %s overseas',
    (name) => {
      const [place] = placesIn(`Syrian troops entered ${name} on Friday, the army said.`);
      expect(['SY', 'LB', undefined]).toContain(place?.mention.country);
    },
  );

  it('the container beside a name decides between namesakes', () => {
    expect(resolved('Shells hit Suran in Hama countryside.')[0]).toBe('Suran → sy-suran-hama');
    expect(resolved('Shells hit Suran in northern Aleppo province.')[0]).toBe('Suran → sy-sawran-aleppo');
    expect(resolved('Clashes in al-Qusour in Deir Ezzor city.')[0]).toBe('al-Qusour → sy-qusour');
    expect(resolved('Clashes in al-Qusour in the city of Homs.')[0]).toBe('al-Qusour → sy-qusour-homs');
  });

  it('a kind word decides between a city, its province and its airbase', () => {
    expect(resolved('They hold Hama.')).toEqual(['Hama → sy-hama-city']);
    expect(resolved('They hold Hama province.')).toEqual(['Hama → sy-hama']);
    expect(resolved('They hold the countryside of Hama.')).toEqual(['Hama → sy-hama']);
    expect(resolved('They hold Hama military airport.')).toEqual(['Hama → sy-hama-airbase']);
  });

  it('reads wire copy that lost its commas and apostrophes', () => {
    expect(
      resolved(
        'The army took Kafr Zita Jub al-Rayan and Kafr Nabudah in Hamas northern countryside and Syrias Jobar eastern Damascus.',
      ),
    ).toEqual([
      'Kafr Zita → sy-kafr-zita',
      'Jub al-Rayan → sy-jub-al-rayan',
      'Kafr Nabudah → sy-kafr-nabudah',
      'Hama → sy-hama',
      'Syria → sy',
      'Jobar → sy-jobar',
      'Damascus → sy-damascus-city',
    ]);
  });

  it('reads Arabic script with what is glued to the names', () => {
    expect(resolved('سيطرت القوات على بلدة هجين والسوسة بريف دير الزور')).toEqual([
      'هجين → sy-hajin',
      'والسوسة → sy-susah',
      'دير الزور → sy-deir-ezzor',
    ]);
  });
});

describe('other wars', () => {
  it.each([
    [
      'Ukrainian forces left Robotyne near Orikhiv in Zaporizhzhia region.',
      ['Robotyne → ua-robotyne', 'Orikhiv → ua-orikhiv', 'Zaporizhzhia → ua-zaporizhzhia-oblast'],
    ],
    [
      'Sudanese paramilitaries took El Fasher in North Darfur.',
      ['El Fasher → sd-fasher', 'North Darfur → sd-north-darfur'],
    ],
    ['Yemeni troops withdrew from Hodeidah and Hays.', ['Hodeidah → ye-hodeidah-city', 'Hays → ye-hays']],
    ['Libyan units entered Tripoli and Sirte.', ['Tripoli → ly-tripoli-city', 'Sirte → ly-sirte-city']],
    ['Iraqi troops retook Tal Afar, west of Mosul.', ['Tal Afar → iq-tal-afar', 'Mosul → iq-mosul']],
    [
      'The Arakan Army captured Maungdaw in Rakhine State, Myanmar.',
      ['Maungdaw → mm-maungdaw', 'Rakhine State → mm-rakhine-state', 'Myanmar → mm'],
    ],
    [
      'Israeli troops pulled out of Shujaiyya in Gaza City.',
      ['Shujaiyya → ps-shujaiyya', 'Gaza City → ps-gaza-city'],
    ],
  ])('%s', (text, places) => {
    expect(resolved(text)).toEqual(places);
  });
});

describe('no places', () => {
  it.each([
    'Khaled Abdul Majid said so.',
    'Nice weather in May, said John Washington.',
    'The Manbij Military Council said it would fight on.',
    'Hamas said it had no part in it.',
    'Of the ten, Man United won five.',
    'The SANA news agency said that the Syrian army advanced.',
    'Spokesman Ali Hassan spoke on Friday.',
    'Coalition chief Ahmad Jarba called on Syrian ministers to resign.',
    'Late last week the Syrian army hit Key targets.',
    'Syrian state radio and the al-Alam news website reported it.',
    'Wrath of Euphrates is the name of the campaign.',
  ])('%s', (text) => {
    expect(resolved(text)).toEqual([]);
  });
});

describe('parts and phrases', () => {
  it.each([
    ['They took eastern Aleppo.', 'Aleppo', ['sy-aleppo-city', 'direction', 2]],
    ['They reached the southern outskirts of Homs.', 'Homs', ['sy-homs-city', 'vicinity', 2]],
    ['They stood 10 km north of Raqqa.', 'Raqqa', ['sy-raqqa-city', 'vicinity', 2]],
    ['They hold half of Manbij.', 'Manbij', ['sy-manbij', 'fraction', 2]],
    ['They shelled Aleppo countryside.', 'Aleppo', ['sy-aleppo', 'vicinity', 2]],
    ['They hold Manbij.', 'Manbij', ['sy-manbij', undefined, 1]],
    ['They hold Idlib province.', 'Idlib', ['sy-idlib', undefined, 3]],
    ['They fled to the east of Syria.', 'Syria', ['sy', 'direction', 2]],
  ])('%s', (text, name, expected) => {
    expect(part(text, name)).toEqual(expected);
  });

  it.each([
    ['They took the strategic village of Baghuz on Sunday.', 'Baghuz', 'the strategic village of Baghuz'],
    ['Shells fell in the northern countryside of Hama.', 'Hama', 'the northern countryside of Hama'],
    ['They hold the town of Hajin.', 'Hajin', 'the town of Hajin'],
    ['They hold Idlib province.', 'Idlib', 'Idlib province'],
    ['Planes hit 10 km north of Raqqa.', 'Raqqa', '10 km north of Raqqa'],
  ])('%s', (text, name, expected) => {
    expect(phrase(text, name)).toBe(expected);
  });
});

describe('names that the gazetteer does not have', () => {
  it('are kept inside their stated container when a kind word makes them places', () => {
    expect(resolved('They took the village of Qaramzad and Shalibek town in Deir Ezzor province.')).toEqual([
      'Qaramzad → ?sy-deir-ezzor',
      'Shalibek → ?sy-deir-ezzor',
      'Deir Ezzor → sy-deir-ezzor',
    ]);
  });

  it('a list goes on', () => {
    expect(
      resolved('They took the villages of Qaramzad, Bir Zalat and al-Mushqa in Idlib province.'),
    ).toEqual(['Qaramzad → ?sy-idlib', 'Bir Zalat → ?sy-idlib', 'al-Mushqa → ?sy-idlib', 'Idlib → sy-idlib']);
  });

  it('words without a kind word are left to grammar', () => {
    const text = 'The army captured Qaramzad Zalat from the rebels in Homs province.';
    expect(resolved(text)).toEqual(['Homs → sy-homs']);
    const { tokens, sentences } = segment(text);
    const marks = findPlaces(text, tokens, sentences, shipped);
    const span = { first: 3, last: 5 };
    const place = provisionalPlaces({ body: text, tokens, sentences, marks }, shipped)(span);
    expect(place.mention).toMatchObject({ text: 'Qaramzad Zalat', within: 'sy-homs', country: 'SY' });
    expect(place.mention.id).toBeUndefined();
  });

  it.each(['The Syrian town was quiet.', 'Kurdish village guards fled.', 'In June villages burned.'])(
    'not in "%s"',
    (text) => {
      expect(placesIn(text).filter(({ mention }) => mention.id === undefined)).toEqual([]);
    },
  );
});

it('any text at all: spans lie in it, in order, apart, and twice the same', () => {
  const words = fc.constantFrom(
    ...'Hama Homs al - Bab the village of Syrias , . eastern town دير الزور Xyz in and 10 km north «'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(words).map((list) => list.join(' ')),
      ),
      (text) => {
        const spans = placesIn(text);
        let free = 0;
        for (const { first, last, mention } of spans) {
          expect(first).toBeGreaterThanOrEqual(free);
          expect(last).toBeGreaterThan(first);
          free = last;
          expect(text.slice(mention.start, mention.end)).toBe(mention.text);
        }
        expect(placesIn(text)).toEqual(spans);
      },
    ),
    { numRuns: 200 },
  );
});
