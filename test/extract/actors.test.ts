import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  buildActors,
  findActors,
  LexiconError,
  parseActors,
  parseActorWords,
  resolveGeneric,
} from '../../src/extract/actors.ts';
import { segment } from '../../src/extract/segment.ts';
import { actorId } from '../../src/model/ids.ts';

const read = (path: string): unknown => parse(readFileSync(`config/lexicon/${path}`, 'utf8'));
const file = parseActors(read('actors.yaml'), 'actors.yaml');
const english = parseActorWords(read('en/actors.yaml'), 'en/actors.yaml');
const lexicon = buildActors(file, [english]);

interface Found {
  readonly text: string;
  readonly id: string | undefined;
  readonly epithet?: string;
}

function actorsIn(body: string, countries: readonly string[] = [], published?: string): Found[] {
  const { tokens } = segment(body);
  const context = { countries, ...(published === undefined ? {} : { published }) };
  return findActors(tokens, lexicon, context).map((span) => ({
    text: body.slice(tokens[span.first]!.start, tokens[span.last - 1]!.end),
    id: span.id,
    ...(span.epithet === undefined ? {} : { epithet: span.epithet }),
  }));
}
const ids = (body: string, countries: readonly string[] = []): (string | undefined)[] =>
  actorsIn(body, countries).map((found) => found.id);

describe('every actor of the lexicon', () => {
  it.each(
    file.actors.flatMap((actor) => actor.examples.map((text) => [actor.id, text, actor.countries] as const)),
  )('%s is found in %j', (id, text, countries) => {
    expect(ids(text, countries.slice(0, 1))).toContain(id);
  });
  it.each(
    file.actors.flatMap((actor) => actor.counter.map((text) => [actor.id, text, actor.countries] as const)),
  )('%s is not found in %j', (id, text) => {
    expect(ids(text)).not.toContain(id);
  });
});

describe('every generic word', () => {
  const all = english.generics.map((generic) => [generic.id, generic] as const);
  const blocs = (body: string): (string | undefined)[] => {
    const { tokens } = segment(body);
    return findActors(tokens, lexicon, { countries: [] })
      .filter((span) => span.generic && span.epithet === undefined)
      .map((span) => span.id);
  };
  it.each(all)('%s is found in its examples and in no counter-example', (_, generic) => {
    const bloc = generic.role === 'none' ? undefined : (generic.bloc ?? generic.id);
    for (const text of generic.examples) expect(blocs(text), text).toContain(bloc);
    for (const text of generic.counter) expect(blocs(text), text).not.toContain(bloc);
  });
});

describe('findActors', () => {
  it.each([
    ['ISIS militants fled.', [['ISIS militants', 'isis']]],
    ['The Islamic State group left.', [['Islamic State group', 'isis']]],
    ['داعش انسحب من البلدة', [['داعش', 'isis']]],
    [
      'ISILs fighters and the Syrian Armys units met.',
      [
        ['ISILs fighters', 'isis'],
        ['Syrian Armys units', 'syria-government'],
      ],
    ],
    [
      'Troops loyal to President Bashar al-Assad left.',
      [['Troops loyal to President Bashar al-Assad', 'syria-government']],
    ],
    ['President Bashar al-Assad spoke.', []],
    ['Pro-Haftar forces left.', [['Pro-Haftar forces', 'libya-lna']]],
    [
      'Syrian and Russian troops left.',
      [
        ['Syrian', 'syria-government'],
        ['Russian troops', 'russia'],
      ],
    ],
    [
      'Jabhat an-Nusra and Jeish al Fath met.',
      [
        ['Jabhat an-Nusra', 'nusra-front'],
        ['Jeish al Fath', 'jaish-al-fatah'],
      ],
    ],
    ['He told us that it is over.', []],
    ['U.S. forces left.', [['U.S. forces', 'united-states']]],
    [
      'Fighters from the Syrian Democratic Forces left.',
      [['Fighters from the Syrian Democratic Forces', 'sdf']],
    ],
    [
      'Militants from ISIS areas left.',
      [
        ['Militants', 'militants'],
        ['ISIS', 'isis'],
      ],
    ],
    ['#SDF took the hill', [['SDF', 'sdf']]],
  ])('%s', (body, expected) => {
    expect(actorsIn(body).map(({ text, id }) => [text, id])).toEqual(expected);
  });

  it('tells a holder and a backer in an adjective from an actor that acts', () => {
    expect(actorsIn('ISIS-held Hajin was shelled.')).toEqual([
      { text: 'ISIS', id: 'isis', epithet: 'holder' },
    ]);
    expect(actorsIn('Rebel held Idlib was shelled.', ['SY'])).toEqual([
      { text: 'Rebel', id: 'rebels-syria', epithet: 'holder' },
    ]);
    expect(actorsIn('Saudi-backed forces left.')).toEqual([
      { text: 'Saudi', id: 'saudi-arabia', epithet: 'backer' },
    ]);
  });

  it.each([
    ['SY', 'syria-government'],
    ['YE', 'yemen-government'],
    ['SD', 'sudan-saf'],
    ['MM', 'myanmar-junta'],
    ['UA', 'ukraine'],
  ])('government troops in a report on %s are %s', (country, id) => {
    expect(ids('Government troops left the town.', [country])).toEqual([id]);
  });

  it('tells the country from the parties named when it is not given', () => {
    expect(ids('Houthi rebels said government troops left Mokha.')).toEqual(['houthis', 'yemen-government']);
    expect(ids('The Rapid Support Forces said the army left Nyala.')).toEqual(['rsf', 'sudan-saf']);
  });

  it('gives a generic word without a country its bloc', () => {
    expect(ids('Takfiri terrorists left.')).toEqual(['militants']);
    expect(lexicon.get(actorId('militants'))?.name).toBe('militants');
  });

  it('takes a short name that many bear for the one of the country', () => {
    expect(ids('The SNA took the town.', ['SY'])).toEqual(['sna']);
    expect(ids('The SNA took the town.', ['SO'])).toEqual(['somalia-government']);
    expect(ids('The AA took the town.', ['SY'])).toEqual([]);
  });

  it('lets a name pass to its successor', () => {
    const holder = (published: string): string | undefined =>
      actorsIn('Afghan government forces left.', ['AF'], published)[0]?.id;
    expect([holder('2020-01-01'), holder('2022-01-01')]).toEqual(['afghanistan-government', 'taliban']);
  });

  it('never throws, keeps order and bounds, and is the same twice', () => {
    const words = fc.constantFrom(
      'ISIS',
      'Assads',
      'the',
      'group',
      '-',
      'held',
      'Syrian',
      'and',
      'forces',
      'army',
      'base',
      'al',
      'Nusra',
      'Front',
      'loyal',
      'to',
      '.',
      'داعش',
      'is',
      'U.S.',
      'pro',
    );
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 40 }),
        fc.constantFrom([], ['SY'], ['YE', 'SY']),
        (parts, countries) => {
          const { tokens } = segment(parts.join(' '));
          const spans = findActors(tokens, lexicon, { countries });
          let end = 0;
          for (const span of spans) {
            expect(span.first).toBeGreaterThanOrEqual(end);
            expect(span.last).toBeGreaterThan(span.first);
            end = span.last;
            resolveGeneric(span, spans, tokens, lexicon);
          }
          expect(end).toBeLessThanOrEqual(tokens.length);
          expect(findActors(tokens, lexicon, { countries })).toEqual(spans);
        },
      ),
    );
  });
});

describe('resolveGeneric', () => {
  const resolved = (body: string, countries: readonly string[] = ['SY']): (string | undefined)[] => {
    const { tokens } = segment(body);
    const spans = findActors(tokens, lexicon, { countries });
    return spans.filter((span) => span.generic).map((span) => resolveGeneric(span, spans, tokens, lexicon));
  };
  it.each([
    ['ISIS left the camp. The extremists burned their houses.', ['isis']],
    ['ISIS left the camp. The extremist group lost the field.', ['isis']],
    ['ISIS left the camp. The SDF drove the extremist group out.', ['isis']],
    ['The SDF took the town. The group said so.', ['sdf']],
    ['Al-Shabaab left the town. The militants went north.', ['al-shabaab']],
    ['Turkey shelled the camp. The extremists left.', [undefined]],
    ['ISIS left the camp. Militants entered it.', [undefined]],
    ['ISIS left the camp. The army entered it.', [undefined]],
  ])('%s', (body, expected) => {
    expect(resolved(body)).toEqual(expected);
  });
});

describe('parseActors', () => {
  const entry = { id: 'a', name: 'A', examples: ['A.'], counter: ['B.'] };
  it.each([
    [{ actors: [{ ...entry, id: 'Not An Id' }] }, /x\.yaml: actors\.0\.id: must be lower case/],
    [{ actors: [entry, entry] }, /the id a stands twice/],
    [{ actors: [{ ...entry, parents: ['b'] }] }, /actors\.a names the actor b, which has no entry/],
    [{ actors: [{ ...entry, nickname: 'x' }] }, /nickname/],
    [{ actors: [{ ...entry, counter: [] }] }, /needs at least one sentence in which it is not found/],
  ])('refuses %j and says why', (document, message) => {
    expect(() => parseActors(document, 'x.yaml')).toThrow(LexiconError);
    expect(() => parseActors(document, 'x.yaml')).toThrow(message);
  });
});
