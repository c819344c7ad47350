import { describe, expect, it } from 'vitest';
import type { ActorMention } from '../../src/model/actor.ts';
import type { Statement } from '../../src/model/statement.ts';
import { read } from './support.ts';

/** What a text states first of a type. Published on Sunday, 20 May 2018. */
async function first(type: Statement['type'], body: string): Promise<Statement> {
  const found = (await read(body)).find((statement) => statement.type === type);
  expect(found, body).toBeDefined();
  return found!;
}
const names = (actors: readonly ActorMention[] | undefined): string =>
  (actors ?? []).map((actor) => actor.name ?? actor.text).join(', ');

describe('who loses what another takes', () => {
  it.each([
    ['the holder that an epithet names', 'The army captured the ISIS-held town of Hajin.', 'ISIS'],
    [
      'the enemy of the sentence before',
      'The SDF fought Islamic State in the east on Friday. Its fighters captured Hajin.',
      'ISIS',
    ],
    [
      'the enemy, not an ally that helps',
      'The SDF captured Hajin from ISIS with support from the US-led coalition.',
      'ISIS',
    ],
    [
      'the other side of a war in Sudan',
      'The Rapid Support Forces seized Wad Madani. The Sudanese army said it was regrouping.',
      'Sudanese Armed Forces',
    ],
    [
      'the other side of a war in Ukraine',
      'Russian forces captured Robotyne on Friday. Ukrainian troops had held it since August.',
      'Ukraine',
    ],
  ])('%s', async (_, body, loser) => {
    expect(names((await first('control', body)).from)).toContain(loser);
  });

  it('nobody whom the report does not name', async () => {
    expect((await first('control', 'The Syrian army captured Hajin on Friday.')).from).toBeUndefined();
  });
  it('no patron and no kin', async () => {
    const body = 'US-backed fighters took Hajin. The town lies near the base of an al-Qaeda offshoot.';
    expect((await first('control', body)).from).toBeUndefined();
  });
});

describe('who takes it', () => {
  it.each([
    ['a party by its description', 'The SDF, a US-backed alliance, captured Hajin on Friday.', 'SDF'],
    [
      'a group by its name behind',
      'Hajin was captured by an alliance of rebel groups known as Ahrar al-Sham.',
      'Ahrar al-Sham',
    ],
    [
      'the subject, not who was named last',
      'Islamic State has fought the Syrian army and the YPG. It seized Hajin on Friday.',
      'ISIS',
    ],
    [
      'whoever runs an operation, not its name',
      'The SDF launched an operation called River Storm to capture Hajin.',
      'SDF',
    ],
  ])('%s', async (_, body, gainer) => {
    expect(names((await first('control', body)).to)).toBe(gainer);
  });
});

describe('when', () => {
  it.each([
    ['the day of the sentence before', 'Troops entered Hajin on Friday. They captured Susa.', '2018-05-18'],
    [
      'the day of the lead',
      'Clashes raged on Saturday. Rain fell. Shops shut. Schools shut. The army captured Susa.',
      '2018-05-19',
    ],
  ])('%s', async (_, body, date) => {
    expect((await first('control', body)).date).toBe(date);
  });
  it('a day to come', async () => {
    const found = await first('agreement', 'A truce in Daraya would begin on Tuesday, officials said.');
    expect([found.status, found.date]).toEqual(['planned', '2018-05-22']);
  });
});

describe('how many, and where to', () => {
  it('people before the vehicles that carry them', async () => {
    const found = await first(
      'evacuation',
      'About 45 buses carrying 3,000 people left the besieged town of Daraya for Idlib.',
    );
    expect(found.people?.low).toBe(3000);
    expect(found.figures?.map(({ low, unit }) => `${low} ${unit}`)).toEqual(['45 buses']);
  });
  it('each of two moves its own count', async () => {
    const found = await read(
      'More than 5,000 people left Fuaa and Kafraya and about 2,200 left Madaya and Zabadani on buses on Friday.',
    );
    expect(found.map(({ places, people }) => [places.map(({ text }) => text).join(), people?.low])).toEqual([
      ['Fuaa,Kafraya', 5000],
      ['Madaya,Zabadani', 2200],
    ]);
  });
  it('where they arrived or found refuge', async () => {
    const body =
      'Some 300 fighters were evacuated from Daraya on Friday. The fighters from Daraya later arrived in Idlib.';
    expect((await first('evacuation', body)).toPlaces?.map(({ text }) => text)).toEqual(['Idlib']);
  });
});
