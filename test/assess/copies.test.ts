import { describe, expect, it } from 'vitest';
import { nearest, shareIn, sketch } from '../../src/assess/sketch.ts';
import { reportId } from '../../src/model/ids.ts';
import { instant } from '../../src/model/time.ts';
import { count, evacuated, report, took, type Draft } from '../support/statements.ts';
import { kindsOf, World } from '../support/world.ts';

/** `n` sentences of made-up words; other topics have other words. */
const sentences = (topic: string, n: number): string =>
  Array.from({ length: n }, (_, i) =>
    Array.from({ length: 12 }, (_, k) => `${topic}${((i * 131 + k * 37) % 97) * (k + 1)}`).join(' '),
  ).join('. ');

const WORDS = 'Buses took about 900 fighters out of the town on Monday, a monitor said';
const evacuation = (words = WORDS, n = 900): Draft =>
  evacuated('douma', {
    by: 'sohr',
    words,
    date: '2018-04-02',
    people: count(n, 'fighters', `about ${n} fighters`),
  });
const BODY = `${WORDS}. ${sentences('first', 40)}`;

const near = (body: string) => ({
  report: reportId('old'),
  outlet: 'Old Wire',
  published: instant('2018-04-02'),
  shingles: sketch(body).shingles,
});

describe('near-duplicates', () => {
  it.each([
    ['with another byline', `By Another Writer. ${BODY}`],
    ['cut at the end', BODY.slice(0, BODY.length * 0.55)],
    ['in capitals, with other spacing', BODY.toUpperCase().replaceAll(' ', '  ')],
    ['with a changed lead', `Officials spoke of progress again. ${BODY.slice(WORDS.length + 2)}`],
  ])('knows the same text %s', (_, body) => {
    expect(nearest(body, [near(BODY)])?.share).toBeGreaterThanOrEqual(0.9);
    expect(sketch(body).bands.some((band) => sketch(BODY).bands.includes(band))).toBe(true);
  });

  it('does not take another text, or a longer one that quotes it, for a copy', () => {
    expect(nearest(sentences('second', 40), [near(BODY)])).toBeUndefined();
    expect(nearest(`${sentences('third', 40)} ${BODY}`, [near(BODY)])?.share ?? 0).toBeLessThan(0.9);
  });

  it('estimates how much of a long text is in another', () => {
    const long = sentences('long', 400);
    expect(shareIn(sketch(`${long} ${sentences('other', 400)}`).shingles, sketch(long).shingles)).toBeCloseTo(
      0.5,
      0,
    );
    expect(shareIn(sketch(long).shingles, sketch(`${long} ${sentences('other', 400)}`).shingles)).toBe(1);
  });

  it('has nothing to compare in an empty text', () => {
    expect(sketch('')).toEqual({ shingles: [], bands: [] });
    expect(nearest('', [near(BODY)])).toBeUndefined();
  });

  it('counts a copy as an outlet and not as an origin, and tells nobody', () => {
    const world = new World();
    world.tell(report('2018-04-02', [evacuation()], { id: 'orig', body: BODY, outlet: 'Sample Wire' }));
    const copy = world.tell(
      report('2018-04-03', [evacuated('douma', { words: WORDS, date: '2018-04-02' })], {
        body: `Staff and agencies. ${BODY}`,
        outlet: 'Copy Post',
        url: 'https://copy.example/1',
      }),
    );
    expect(copy.assessment.duplicateOf).toBe('orig');
    expect(copy.alerts).toEqual([]);
    const [fact] = [...world.incidents.values()][0]!.facts;
    expect(fact?.claims.map(({ outlet }) => outlet)).toEqual(['Sample Wire', 'Copy Post']);
    expect(fact?.standing).toBe('reported');
    expect(copy.assessment.decisions.map(({ reason }) => reason.key)).toEqual(['record.copy']);
  });

  it('tells what a report adds to a text that it repeats', () => {
    const world = new World();
    world.tell(report('2018-04-02', [evacuation()], { id: 'orig', body: BODY }));
    const words = 'Buses took about 1200 fighters out of the town on Monday, a monitor said';
    const grown = world.tell(
      report('2018-04-02', [evacuation(words, 1200)], { body: BODY.replace(WORDS, words), hour: '20' }),
    );
    expect(grown.assessment.duplicateOf).toBeUndefined();
    expect(grown.texts[0]).toContain(
      'Syrian Observatory for Human Rights said about 900 fighters, now says about 1,200',
    );
  });

  const TAKEN = 'Rebels took the villages Hajin and Susah in Deir Ezzor province';
  const copyOf = (said: Parameters<typeof took>[2], hour = '20') =>
    report('2018-05-01', [took('rebels', 'deir-ezzor', { words: TAKEN, ...said })], {
      body: `${TAKEN}. ${sentences('first', 40)} Staff and agencies.`,
      hour,
      outlet: 'Copy Post',
    });
  const original = report('2018-05-01', [took('rebels', ['hajin', 'susah'], { words: TAKEN })], {
    body: `${TAKEN}. ${sentences('first', 40)}`,
  });

  it('opens nothing by a copy of which the same words were read otherwise', () => {
    const world = new World();
    world.tell(original);
    const copy = world.tell(copyOf({ part: true }));
    expect(copy.assessment.duplicateOf).toBe(original.report.id);
    expect(copy.alerts).toEqual([]);
    expect(copy.assessment.decisions.map(({ reason }) => reason.key)).toEqual(['record.copy']);
  });

  it.each([
    ['on a later day', { date: '2018-05-02' }],
    ['by somebody whom the earlier text does not name', { by: 'sdf' }],
    ['with a number that the earlier text does not have', { people: count(80, 'fighters', '80 fighters') }],
  ])('tells the same words %s', (_, said) => {
    const world = new World();
    world.tell(original);
    expect(kindsOf(world.tell(copyOf(said)))).toEqual(['opened']);
  });

  it('tells the copy of a text that was told to nobody', () => {
    const world = new World();
    const quiet = { ...original, statements: [] };
    world.tell(quiet);
    world.silence(original.report.id);
    expect(kindsOf(world.tell(copyOf({ part: true })))).toEqual(['opened']);
  });

  it('does not silence a short report of the same pattern on another village', () => {
    const world = new World();
    const pattern = (name: string): string =>
      `Units of the army took the village of ${name} after fighting that lasted for two days, the agency said on Sunday in a short notice that gave no further detail of the losses on either side, and added that sappers had begun to clear the houses of mines so that the people can come back to their fields before the harvest, which is due in a few weeks in this part of the country as officials said`;
    world.tell(
      report('2018-05-01', [took('syrian-army', 'hajin', { words: pattern('Hajin') })], {
        body: pattern('Hajin'),
      }),
    );
    const other = world.tell(
      report('2018-05-01', [took('syrian-army', 'susah', { words: pattern('Susah') })], {
        body: pattern('Susah'),
      }),
    );
    expect(kindsOf(other)).toEqual(['opened']);
  });

  it('gives what a partial copy says in its own voice to the outlet that it draws on', () => {
    const world = new World();
    const shared = sentences('shared', 30);
    const lead = 'Rebels left the town on Monday';
    const own = (body: string, outlet: string) =>
      report('2018-04-02', [evacuated('douma', { words: lead, date: '2018-04-02' })], { body, outlet });
    world.tell(own(`${lead}. ${shared}`, 'First Wire'));
    const drawn = world.tell(own(`${lead}. ${shared} ${sentences('own', 18)}`, 'Second Wire'));
    expect(drawn.assessment.duplicateOf).toBeUndefined();
    expect([...world.incidents.values()][0]?.facts[0]?.standing).toBe('reported');
    expect(drawn.alerts).toEqual([]);
  });
});
