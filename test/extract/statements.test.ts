import { describe, expect, it } from 'vitest';
import { explain } from '../../src/extract/explain.ts';
import { instant } from '../../src/model/time.ts';
import { inShort, knowledge, read } from './support.ts';

/** Sentences of our own, from any war and in any form, with what they state; published on Sunday, 20 May 2018. */
const STATED: Readonly<Record<string, readonly string[]>> = {
  'On 3 May 2018, Houthi forces reportedly took control of Haradh (Hajjah, Yemen) and Midi areas from government troops.':
    ['control background Haradh, Midi'],
  'Russian forces captured the village of Robotyne in Zaporizhzhia region, the General Staff said.': [
    'control happened Robotyne',
  ],
  "Ukraine's army has retaken Kupiansk and Izium in the Kharkiv region, officials said on Sunday.": [
    'control happened Kupiansk, Izium',
  ],
  'Ukrainian troops withdrew from Avdiivka on Saturday.': ['withdrawal happened Avdiivka'],
  'The Rapid Support Forces seized the city of Wad Madani from the Sudanese army.': [
    'control happened Wad Madani',
  ],
  'The Arakan Army took over the town of Paletwa in Chin State, Myanmar.': ['control happened Paletwa'],
  '#BREAKING: #SAA liberates #Saraqib from #HTS': ['control happened Saraqib'],
  'Syrian army takes town near Hama': ['control happened Hama'],
  'Government forces broke the siege of Deir ez-Zor.': ['siege happened Deir ez-Zor'],
  'Al-Bab, which was captured by Turkish-backed rebels in 2017, is quiet.': ['control background Al-Bab'],
  'After capturing Manbij, the SDF advanced towards Jarablus and surrounded Al-Rai.': [
    'control happened Manbij',
    'advance happened Jarablus',
    'siege happened Al-Rai',
  ],
  'The militants were driven out of Palmyra by the army.': ['control happened Palmyra'],
  'Hajin is no longer under ISIS control.': ['control happened Hajin'],
  'The town of Bakhmut has fallen to Russian forces.': ['control happened Bakhmut'],
  'The Free Syrian Army has lost Handarat, a camp near Aleppo, to the army.': ['control happened Handarat'],
  'The group seized three villages in northern Hama: Suran, Halfaya and Taybat al-Imam.': [
    'control happened Suran, Halfaya, Taybat al-Imam',
  ],
  'The opposition denied that the army had entered Saraqib.': ['advance denied Saraqib'],
  'The army failed to retake Saraqib.': ['control failed Saraqib'],
  'The army is trying to retake Saraqib.': ['control planned Saraqib'],
  'If the army retakes Saraqib, the road is open.': [],
  'Rebel-held Saraqib was shelled.': [],
  'ISIS handed over the town of Susa to the SDF without a fight.': ['control happened Susa'],
  'The SDF took the Omar oil field on Sunday; the army captured Mayadin a week earlier.': [
    'control happened Omar',
    'control happened Mayadin',
  ],
  'Syrias army retook Saraqib the Observatory said': ['control happened Saraqib'],
};

describe('what a text states', () => {
  for (const [text, expected] of Object.entries(STATED))
    it(text, async () => {
      expect((await read(text)).map(inShort)).toEqual(expected);
    });
});

describe('who, whose word, and when', () => {
  it('tells the day of a capture from the day on which it was told', async () => {
    const days = async (text: string) =>
      (await read(text)).map(({ date, dateAtLatest }) => [date, dateAtLatest ?? false]);
    const told = 'The United Nations said on Friday that the army had captured Saraqib.';
    expect(await days(told)).toEqual([['2018-05-18', true]]);
    expect(await days('The army has captured Saraqib, the United Nations said on Friday.')).toEqual([
      ['2018-05-18', true],
    ]);
    expect(await days('The army captured Saraqib on Friday, the United Nations said on Saturday.')).toEqual([
      ['2018-05-18', false],
    ]);
  });

  it('tells winner, loser, speaker and day', async () => {
    const [found] = await read(
      'Government troops recaptured Saraqib from the rebels on Friday, a monitoring group said.',
    );
    expect(found).toMatchObject({
      to: [{ name: 'Syrian government' }],
      from: [{ name: 'rebels' }],
      date: '2018-05-18',
      datePrecision: 'day',
      by: { text: 'a monitoring group' },
    });
  });

  it('tells a part of a place, and an unnamed place by what holds it', async () => {
    expect(await read('The army captured most of Saraqib.')).toMatchObject([
      { part: true, places: [{ text: 'Saraqib' }] },
    ]);
    expect(await read('The army captured three villages in Hama province.')).toMatchObject([
      { part: true, places: [{ id: 'sy-hama' }] },
    ]);
  });

  it('follows "the town" and "it" back to their place', async () => {
    const found = await read(
      'Clashes shook Saraqib for days. On Friday rebels captured the town. The army retook it on Saturday.',
    );
    expect(found.map((one) => one.places.map((place) => place.id))).toEqual([['sy-saraqib'], ['sy-saraqib']]);
  });

  it('states once what the report repeats, at its fullest', async () => {
    const found = await read(
      'Rebels take Saraqib. Rebels took Saraqib from government troops on Friday. They captured the town, activists said.',
    );
    expect(found.map(inShort)).toEqual(['control happened Saraqib']);
    expect(found[0]).toMatchObject({ date: '2018-05-18', from: [{ name: 'Syrian government' }] });
  });

  it('gives an operation up once the place is reported taken', async () => {
    const found = await read(
      'The SDF launched an offensive to capture Manbij in May. On Friday the SDF captured Manbij.',
    );
    expect(found.map(inShort)).toEqual(['control happened Manbij']);
  });

  it('says nothing in a language that it has no lexicon for', async () => {
    const { extract } = await import('../../src/extract/extract.ts');
    const report = { body: 'Die Armee nahm Saraqib ein.', published: instant('2018-05-20'), language: 'de' };
    expect(extract(report, await knowledge())).toEqual([]);
  });
});

describe('explain', () => {
  it('names what was found, by which rule, and why the rest was dropped', async () => {
    const body = 'Rebels captured Saraqib on Friday. If the army retakes Saraqib, the road is open.';
    const told = explain({ body, published: instant('2018-05-20'), language: 'en' }, await knowledge());
    expect(told?.statements.map((one) => one.rule)).toEqual(['capture']);
    expect(told?.steps).toContainEqual(
      expect.objectContaining({ kind: 'dropped', rule: 'capture', refiner: 'status' }),
    );
    expect(told?.sentences[0]?.marks.map((mark) => mark.as)).toContain('sy-saraqib');
  });
});
