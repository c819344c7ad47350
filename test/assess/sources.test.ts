import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/config/knowledge.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Actor } from '../../src/model/actor.ts';
import { actorId, placeId } from '../../src/model/ids.ts';
import type { Source } from '../../src/model/report.ts';
import { lost, report, took, type Draft } from '../support/statements.ts';
import { World } from '../support/world.ts';

const ROOT = join(import.meta.dirname, '../..');
const { gazetteer, actors } = await loadKnowledge(ROOT);
const { sources } = loadConfig({ root: ROOT, env: {} });

const named = (id: string): { readonly text: string; readonly id: Actor['id']; readonly name: string } => {
  const actor = actors.get(actorId(id));
  if (!actor) throw new Error(`there is no actor ${id}`);
  return { text: actor.name, id: actor.id, name: actor.name };
};
const hajin = gazetteer.get(placeId('sy-hajin'))!;
const AT = [{ text: hajin.name, start: 0, end: 5, precision: 1 as const, id: hajin.id, kind: hajin.kind }];

const gained = (who: string): Draft => ({ ...took('x', 'x'), to: [named(who)], places: AT });
const gone = (who: string): Draft => ({ ...lost('x', 'x'), from: [named(who)], places: AT });

/** How sure a statement is on one outlet's own word. */
function standing(source: Source, statement: Draft, day = '2018-05-20'): string | undefined {
  const world = new World([{ channel: 'all' }], { places: gazetteer, actors });
  world.tell({ ...report(day, [statement], { outlet: source.name }), source });
  return [...world.incidents.values()][0]?.facts[0]?.standing;
}

const sourceOf = (id: string): Source => sources.find((one) => one.id === id)!;
const sided = sources.filter(({ alignment }) => alignment !== 'neutral' && alignment !== 'unknown');
const others = sources.filter((one) => !sided.includes(one));

describe('what a listed outlet says in its own voice', () => {
  it('takes the side of a party of the lexicon, if any', () => {
    expect(sided.map(({ alignment }) => alignment).filter((side) => !actors.get(actorId(side)))).toEqual([]);
    expect(sided.length).toBeGreaterThan(50);
  });

  it.each(sided)('$name: its own side’s gain is a claim', (source) => {
    expect(standing(source, gained(source.alignment))).toBe('claimed');
  });

  it.each(sided)('$name: its own side’s loss is an admission, and confirms', (source) => {
    expect(standing(source, gone(source.alignment))).toBe('confirmed');
  });

  it.each(others)('$name: a gain is one origin’s report', (source) => {
    expect(standing(source, gained('isis'))).toBe('reported');
  });

  it('is a report where its side has no part in it', () => {
    expect(standing(sourceOf('sana'), { ...gained('houthis'), from: [named('yemen-government')] })).toBe(
      'reported',
    );
  });

  it('is a claim too when an ally of its side gains', () => {
    expect(standing(sourceOf('tass'), gained('syria-government'))).toBe('claimed');
    expect(standing(sourceOf('al-manar'), gained('syria-government'))).toBe('claimed');
  });

  it('speaks for whoever governs the state on that day', () => {
    const sana = sourceOf('sana');
    expect(standing(sana, gained('syria-transitional-government'), '2025-03-01')).toBe('claimed');
    expect(standing(sana, gained('syria-government'), '2018-03-01')).toBe('claimed');
  });
});

describe('two outlets', () => {
  const both = (first: string, second: string, statement: Draft): string | undefined => {
    const world = new World([{ channel: 'all' }], { places: gazetteer, actors });
    for (const [index, id] of [first, second].entries()) {
      const told = report('2018-05-20', [{ ...statement, words: `words of their own, ${index}` }], {
        outlet: sourceOf(id).name,
      });
      world.tell({ ...told, source: sourceOf(id) });
    }
    return [...world.incidents.values()][0]?.facts[0]?.standing;
  };

  it.each([
    ['sana', 'syrian-state-television', 'claimed', 'both speak for the side that gains'],
    ['sana', 'reuters', 'reported', 'one of them gains'],
    ['reuters', 'afp', 'confirmed', 'neither gains'],
    ['reuters', 'etilaf', 'confirmed', 'the other speaks for the loser'],
  ])('%s and %s: %s, because %s', (first, second, expected) => {
    const statement: Draft = { ...gained('syria-government'), from: [named('rebels-syria')] };
    expect(both(first, second, statement)).toBe(expected);
  });

  it('of one side are one origin on what does not concern it', () => {
    expect(both('tass', 'ria-novosti', gained('houthis'))).toBe('reported');
    expect(both('tass', 'reuters', gained('houthis'))).toBe('confirmed');
  });
});

describe('the lexicon and the sources', () => {
  const shared = sources.flatMap((source) => {
    const actor = actors.get(actorId(source.id));
    return actor === undefined ? [] : [{ source, actor }];
  });

  it.each(shared)('agree on $source.name', ({ source, actor }) => {
    const side = ['neutral', 'unknown'].includes(source.alignment) ? undefined : source.alignment;
    expect({ side, grade: source.reliability }).toEqual({ side: actor.alignment, grade: actor.reliability });
  });
});
