import { describe, expect, it } from 'vitest';
import { inShort, read } from './support.ts';

/** Sentences of several wars, and what must come out of each: movements, agreements and aid. */
const TABLE: readonly (readonly [text: string, expected: string])[] = [
  ['Russian forces pulled back from Kherson on Friday.', 'withdrawal happened Kherson'],
  ['Ukrainian troops withdrew from Lysychansk on Sunday.', 'withdrawal happened Lysychansk'],
  ['Some 260 wounded fighters were evacuated from Mariupol to Olenivka.', 'evacuation happened Mariupol'],
  ['Civilians are trying to flee Bakhmut under shelling.', 'displacement ongoing Bakhmut'],
  ['Thousands of civilians fled the fighting in El Fasher on Monday.', 'displacement happened El Fasher'],
  ['The army denied that it had withdrawn from Khartoum.', 'withdrawal denied Khartoum'],
  ['No aid has reached Zamzam camp since April, the agency said.', 'aid_access failed Zamzam camp'],
  ['A truce between the Houthis and the government took effect in Hodeidah.', 'agreement happened Hodeidah'],
  ['The Houthis violated the truce in Hodeidah, the government said.', 'agreement happened Hodeidah'],
  ['The Houthis prevented aid trucks from reaching Taiz.', 'aid_access failed Taiz'],
  ['An aid convoy was not able to enter Taiz.', 'aid_access failed Taiz'],
  [
    'More than 5,000 people fled from Myawaddy into Thailand after clashes.',
    'displacement happened Myawaddy',
  ],
  [
    'Authorities in Donetsk region ordered the mandatory evacuation of families with children from Kostiantynivka and Druzhkivka.',
    'evacuation planned Kostiantynivka, Druzhkivka',
  ],
  [
    'Civilians were evacuated from both Madaya and Zabadani as well as from Foua and Kefraya.',
    'evacuation happened Madaya, Zabadani, Foua, Kefraya',
  ],
  ['Nineteen patients were medically evacuated from Gaza to Jordan.', 'evacuation happened Gaza'],
  ['An evacuation from Mariupol failed on Sunday.', 'evacuation failed Mariupol'],
  ['Residents of Loikaw fled to Shan state after shelling.', 'displacement happened Loikaw'],
  [
    'Thousands of residents from Kobani poured across the border into Turkey.',
    'displacement happened Kobani',
  ],
  [
    'Clashes erupted in Nyala, forcing thousands of residents to flee across the border to Chad.',
    'displacement happened Nyala',
  ],
  ['The RSF killed 60 civilians trying to flee El Fasher.', 'displacement failed El Fasher'],
  ['The RSF pulled out of Wad Madani on Saturday.', 'withdrawal happened Wad Madani'],
  ['The withdrawal of Turkish troops from Bashiqa has not started.', 'withdrawal planned Bashiqa'],
  ['The Wagner group announced a withdrawal from Bakhmut by June 1.', 'withdrawal planned Bakhmut'],
  [
    'Russia and Ukraine agreed to open humanitarian corridors from Sumy and Mariupol.',
    'agreement happened Sumy, Mariupol',
  ],
  ['The RSF accused the army of violating the truce in Omdurman.', 'agreement happened Omdurman'],
  ['Efforts to revive the truce in Hodeidah have floundered.', 'agreement failed Hodeidah'],
  ['The Red Cross was denied access to El Fasher.', 'aid_access failed El Fasher'],
  ['Myanmar: junta troops withdraw from Laukkai after surrender deal.', 'withdrawal happened Laukkai'],
  ['Residents of Rafah were told to leave for Al-Mawasi by the army.', 'evacuation planned Rafah'],
  ['Civilians are being evacuated by boat from Kherson to Oleshky.', 'evacuation ongoing Kherson'],
  [
    'Some 156 civilians who had been trapped under the Azovstal plant arrived in Zaporizhzhia.',
    'displacement happened Azovstal',
  ],
  [
    'The number of people displaced by fighting in Hajjah has risen to 40,000.',
    'displacement happened Hajjah',
  ],
  [
    'Fighting in El Fasher has displaced more than 143,000 people since April.',
    'displacement happened El Fasher',
  ],
  ['Russia orders evacuation of Kherson civilians.', 'evacuation planned Kherson'],
  ['Thousands displaced as clashes resume in Tigray.', 'displacement happened Tigray'],
  [
    'Peshmerga helped evacuate 300 Yazidi families from Mount Sinjar to Dohuk.',
    'evacuation happened Mount Sinjar',
  ],
  ['Rebels left Harasta under a deal negotiated by Russia.', 'evacuation happened Harasta'],
  ['French forces completed their withdrawal from Gao.', 'withdrawal happened Gao'],
  ['Militiamen in Zawiya signed a reconciliation pact after clashes.', 'agreement happened Zawiya'],
  ['Some 40 fighters were killed in Saraqib before the rest fled the area.', 'withdrawal happened Saraqib'],
  ['UN trucks loaded with wheat finally reached Mekelle.', 'aid_access happened Mekelle'],
  ['OCHA called for safe and unhindered access to El Geneina.', 'aid_access planned El Geneina'],
  ['Residents returned to Hajin after the ceasefire.', 'return happened Hajin'],
  ['Rebels and their families were bussed from Daraya to Idlib.', 'evacuation happened Daraya'],
  ['A convoy of buses, carrying fighters and their families, left Daraya.', 'evacuation happened Daraya'],
  [
    'Barzeh in the north and Tadamun in the south are quiet: the neighbourhoods are covered by a truce.',
    'agreement ongoing Barzeh, Tadamun',
  ],
  ['Shells hit Saraqib, where a truce has been in place since July.', 'agreement ongoing Saraqib'],
  [
    'Shells hit Homs. A nationwide Syrian truce brokered by the United States and Russia collapsed.',
    'agreement happened Syrian',
  ],
];

describe('movements, agreements and aid', () => {
  it.each(TABLE)('%s', async (text, expected) => {
    expect((await read(text)).map(inShort)).toContain(expected);
  });

  it.each([
    'The army denied that it had reached a deal with the militants to evacuate civilians from Saada.',
    'The government denied reaching an agreement with the rebels to withdraw its troops from Daraya.',
  ])('tells of the denied deal, and of no move under it: %s', async (text) => {
    expect((await read(text)).map(({ type, status }) => `${type} ${status}`)).toEqual(['agreement denied']);
  });

  it('tells one move of a town as one, with where it went and by what way', async () => {
    const found = await read(
      'Six buses with fighters left Daraya for Idlib on Sunday. The convoy of buses headed towards Hama on its way to Idlib.',
    );
    const moves = found.filter(({ type }) => type === 'evacuation');
    expect(moves).toHaveLength(1);
    expect(moves[0]?.toPlaces?.map(({ text }) => text)).toEqual(['Idlib']);
    expect(moves[0]?.viaPlaces?.map(({ text }) => text)).toEqual(['Hama']);
  });

  it('leaves out the totals of a war and the rescue of the wounded', async () => {
    const found = await read(
      'Rebels shelled Aleppo. The war has displaced millions since it began. Rescuers evacuated the wounded.',
    );
    expect(found.filter(({ type }) => type === 'displacement' || type === 'evacuation')).toEqual([]);
  });

  it.each([
    'Militants attacked a camp for displaced people fleeing areas held by ISIS in Syria and Iraq.',
    'Hospitals and people fleeing violence have been targeted in Idlib, the UN said.',
  ])('takes whom a sentence is about for no news of flight: %s', async (text) => {
    expect((await read(text)).filter(({ type }) => type === 'displacement')).toEqual([]);
  });

  it('counts people without a place, and takes no start of a count for a day', async () => {
    const [counted] = await read('Some 58,980 people were evacuated after the shelling.');
    expect(counted?.people?.low).toBe(58_980);
    expect(counted?.places).toEqual([]);
    const [since] = await read('Fighting in Hajjah has displaced 3,000 families since April.');
    expect(since?.date).toBeUndefined();
  });

  it('counts those whom buses carry, told behind the move', async () => {
    const [left] = await read('Sixty buses left Harasta for Idlib, carrying 1,580 people, the rebels said.');
    expect(left?.people?.low).toBe(1580);
  });

  it('takes whom an order is given to for those who are to leave', async () => {
    const found = await read('The Israeli army ordered residents to evacuate Khan Younis.');
    expect(found.map(inShort)).toContain('evacuation planned Khan Younis');
    expect(found.flatMap(({ from = [] }) => from)).toEqual([]);
  });

  it('says nothing of the move when the deal for it is denied', async () => {
    const found = await read('The army denied reaching an agreement to evacuate rebels from Daraya.');
    expect(found.map(inShort)).toEqual(['agreement denied Daraya']);
  });
});
