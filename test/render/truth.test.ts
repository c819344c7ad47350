import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inline, Message } from '../../src/model/message.ts';
import { renderReply } from '../../src/render/reply.ts';
import { renderRoot } from '../../src/render/root.ts';
import { actors, places } from '../support/places.ts';
import {
  advanced,
  count,
  deal,
  evacuated,
  fled,
  report,
  took,
  withdrew,
  type Draft,
  type Told,
} from '../support/statements.ts';
import { World } from '../support/world.ts';

const PLACES = [
  'yarmouk',
  'tadamun',
  'damascus',
  'hajin',
  'baghuz',
  'susah',
  'deir-ezzor',
  'douma',
  'idlib-city',
];
const ACTORS = ['sdf', 'ypg', 'isis', 'syrian-army', 'rebels', 'russia', 'sohr', 'un', 'sana', 'rsf'];
const CONTAINERS = ['syria', 'damascus-gov', 'rif-damascus', 'abu-kamal', 'eastern-ghouta', 'idlib'];

const draft = fc
  .record({
    kind: fc.constantFrom('took', 'advanced', 'evacuated', 'deal', 'denied', 'withdrew', 'fled'),
    at: fc.constantFrom(...PLACES),
    who: fc.constantFrom('sdf', 'isis', 'syrian-army', 'rebels'),
    by: fc.constantFrom('sohr', 'un', 'sana', 'isis', 'sdf', undefined),
    towards: fc.constantFrom('idlib-city', 'hajin', undefined),
    n: fc.integer({ min: 2, max: 90_000 }),
    date: fc.constantFrom('2018-05-19', '2018-05-20', undefined),
  })
  .map(({ kind, at, who, by, towards, n, date }): Draft => {
    const base = { ...(by && { by }), ...(date && { date }) };
    const moves = {
      ...base,
      ...(towards && { towards: [towards] }),
      people: count(n, 'people', `${n} people`),
    };
    const makers: Readonly<Record<string, () => Draft>> = {
      took: () => took(who, at, base),
      advanced: () => advanced(who, at, base),
      evacuated: () => evacuated(at, { ...moves, from: [who] }),
      deal: () => deal(at, { ...base, parties: [who, 'russia'] }),
      denied: () => deal(at, { ...base, status: 'denied' }),
      withdrew: () => withdrew(who, at, base),
      fled: () => fled(at, moves),
    };
    return makers[kind]!();
  });

const reports = fc
  .array(fc.array(draft, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 })
  .map((all) =>
    all.map((statements, i) =>
      report(`2018-05-${20 + i}`, statements, { id: `t${i}`, outlet: ['Alpha Wire', 'Beta Post'][i % 2]! }),
    ),
  );

/** What is seen of a message: its words, without buttons and without the report's own words in quotation. */
function shown(message: Message): string {
  const inline = (part: Inline): string => (part.kind === 'time' ? '' : part.text);
  const lines = message.blocks.flatMap((block) => {
    if (block.kind === 'paragraph') return [block.line];
    if (block.kind === 'list' || block.kind === 'context') return block.lines;
    return block.kind === 'fields' ? block.fields.map(({ value }) => value) : [];
  });
  return [message.headline, ...lines.map((line) => line.map(inline).join(''))].join('\n');
}

const nameOf = (id: string): string => places.get(id as never)?.name ?? actors.get(id as never)?.name ?? '';

/** Names of places and actors that stand in the text, the longer ones first so that they are not taken for shorter ones. */
function namesIn(text: string): readonly string[] {
  let rest = text;
  return [...PLACES, ...ACTORS, ...CONTAINERS]
    .sort((a, b) => nameOf(b).length - nameOf(a).length)
    .filter((id) => {
      const found = rest.includes(nameOf(id));
      rest = rest.replaceAll(nameOf(id), '');
      return found;
    });
}

function stated(all: readonly Told[]): {
  readonly names: ReadonlySet<string>;
  readonly numbers: ReadonlySet<number>;
} {
  const statements = all.flatMap((told) => told.statements);
  const mentioned = statements.flatMap((s) => [
    ...[...s.places, ...(s.toPlaces ?? [])].flatMap(({ id = '' }) => [
      id,
      ...(places.get(id as never)?.within ?? []),
    ]),
    ...[s.by, ...(s.to ?? []), ...(s.from ?? []), ...(s.parties ?? [])].flatMap((actor) => actor?.id ?? []),
  ]);
  const days = all
    .flatMap(({ report: { published } }) => [published.slice(0, 10)])
    .concat(statements.flatMap(({ date }) => date ?? []));
  const numbers = [
    ...statements.flatMap(({ people }) => [people?.low ?? 0]),
    ...days.flatMap((day) => day.split('-').map(Number)),
  ];
  return { names: new Set(mentioned), numbers: new Set(numbers) };
}

describe('what is told', () => {
  it('has no place, actor or number that no statement has', () => {
    fc.assert(
      fc.property(reports, (all) => {
        const world = new World();
        for (const told of all) world.tell(told);
        const { names, numbers } = stated(all);
        const messages = [
          ...[...world.incidents.values()].map((incident) => renderRoot(incident, world.context)),
          ...world.updates.map((update) =>
            renderReply(update, world.incidents.get(update.incident)!, world.context),
          ),
        ];
        for (const text of messages.map(shown)) {
          for (const name of namesIn(text)) expect(names, text).toContain(name);
          // The happening's short name is nobody's number.
          const unnamed = text.replaceAll(/#[0-9a-z]+/g, '');
          const told = [...unnamed.matchAll(/\d[\d,]*/g)].map(([digits]) =>
            Number(digits.replaceAll(',', '')),
          );
          for (const number of told) expect(numbers, text).toContain(number);
          expect(text).not.toMatch(/undefined|\{|\}|\[object/);
        }
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('names an origin in every line that says that something happened', () => {
    fc.assert(
      fc.property(reports, (all) => {
        const world = new World();
        for (const told of all) world.tell(told);
        for (const update of world.updates) {
          const message = renderReply(update, world.incidents.get(update.incident)!, world.context);
          const list = message.blocks.find((block) => block.kind === 'list');
          expect(list?.lines.length).toBe(update.changes.length);
          for (const line of list?.lines ?? []) {
            const words = line.map((part) => (part.kind === 'untrusted' ? part.text : '')).join('');
            expect(words).not.toBe('');
          }
        }
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});
