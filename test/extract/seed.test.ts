import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { extract } from '../../src/extract/extract.ts';
import type { Statement } from '../../src/model/statement.ts';
import { instant } from '../../src/model/time.ts';
import { knowledge, ROOT } from './support.ts';

const FILE = join(ROOT, '../shared/seed/evacuation-2018-05-20.txt');
const present = existsSync(FILE);
if (!present) console.log(`skipped: the report of an evacuation is not at ${FILE}`);

const ids = (places: Statement['places'] | undefined): (string | undefined)[] =>
  (places ?? []).map((place) => place.id);
const names = (list: readonly { readonly text: string; readonly name?: string }[] | undefined): string[] =>
  (list ?? []).map((one) => one.name ?? one.text);

describe.skipIf(!present)('a report of an evacuation, two fronts and a denial', () => {
  let statements: readonly Statement[];
  beforeAll(async () => {
    const body = readFileSync(FILE, 'utf8');
    statements = extract({ body, published: instant('2018-05-20'), language: 'en' }, await knowledge());
  });
  const ofType = (type: Statement['type'], status?: Statement['status']): Statement[] =>
    statements.filter((one) => one.type === type && (status === undefined || one.status === status));

  it('tells the evacuation: from where, where to, who, when', () => {
    const moves = ofType('evacuation', 'happened');
    const out = moves.find((one) => one.places.some((place) => place.text.includes('Yarmouk')));
    expect(out).toBeDefined();
    expect(names(out?.places).join(' ')).toMatch(/Yarmouk.*Tadamun/i);
    expect(names(out?.toPlaces).join(' ')).toMatch(/Desert|Badiya/);
    expect(names(out?.from)).toContain('ISIS');
    expect(out?.date).toBe('2018-05-20');
  });

  it('keeps both figures with their speakers', () => {
    const figures = statements.flatMap((one) => [
      ...(one.people === undefined ? [] : [{ ...one.people, by: one.by?.name ?? one.by?.text }]),
      ...(one.figures ?? []).map((figure) => ({ ...figure, by: figure.by?.name ?? figure.by?.text })),
    ]);
    expect(figures).toContainEqual(expect.objectContaining({ low: 6, high: 6, unit: 'buses' }));
    expect(figures.find((figure) => figure.low === 1500)?.by).toMatch(/Abdul Majid/);
  });

  it('tells the deal, and the denial of it', () => {
    expect(ofType('agreement').some((one) => one.status === 'happened' || one.status === 'ongoing')).toBe(
      true,
    );
    const denial = statements.find((one) => one.status === 'denied');
    expect(denial?.type).toBe('agreement');
    expect(denial?.by?.text).toBeDefined();
  });

  it('tells that the SDF hold Baghuz, on their own word', () => {
    const baghuz = statements.find((one) => names(one.places).some((name) => name.includes('Baghuz')));
    expect(['control', 'held']).toContain(baghuz?.type);
    expect(names(baghuz?.to)).toContain('SDF');
    expect(names(baghuz?.by === undefined ? [] : [baghuz.by])).toContain('SDF');
  });

  it('keeps what ISIS still holds', () => {
    const held = ofType('held').find((one) => names(one.to).includes('ISIS') && one.places.length === 3);
    expect(ids(held?.places)).toHaveLength(3);
    expect(held?.status).toBe('ongoing');
  });

  it('takes no current change from history', () => {
    const early = statements.filter((one) => one.status === 'happened' && one.date === '2018-05');
    expect(early).toEqual([]);
  });
});
