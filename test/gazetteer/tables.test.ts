import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWorldTowns } from '../../src/config/gazetteer.ts';
import { checkTables } from '../../src/gazetteer/check.ts';
import { isArabic, squash } from '../../src/gazetteer/fold.ts';
import { boxesOf } from '../../src/gazetteer/import/merge.ts';
import type { GazetteerRow } from '../../src/gazetteer/row.ts';
import { parseTable } from '../../src/gazetteer/table.ts';
import { shippedRows } from './load.ts';

const rows = shippedRows();
const base = readWorldTowns();
const byId = new Map(rows.map((row) => [row.id, row]));
const describeRow = (row: GazetteerRow): string => `${row.id} (${row.name})`;
const placed = rows.filter((row) => row.lat !== undefined && row.lon !== undefined);

const km = (a: GazetteerRow, b: GazetteerRow): number =>
  111 * Math.hypot(a.lat! - b.lat!, (a.lon! - b.lon!) * Math.cos(((a.lat! + b.lat!) / 2) * (Math.PI / 180)));

/** Farthest that a place may lie from the centre of what it lies in, by the container's kind: the widest real ones. */
const REACH: Readonly<Partial<Record<GazetteerRow['kind'], number>>> = {
  governorate: 380,
  district: 120,
  subdistrict: 90,
  city: 30,
  town: 25,
  village: 15,
};

describe('the shipped tables', () => {
  it('are large enough to be worth the name', () => {
    expect(rows.length).toBeGreaterThan(2000);
  });

  it('have ids that occur once', () => {
    const twice = rows.filter((row) => byId.get(row.id) !== row).map(describeRow);
    expect(twice).toEqual([]);
  });

  it('put every place inside its country’s box', () => {
    const margin = 1.6;
    const boxes = boxesOf(base);
    const outside = placed.filter((row) => {
      const box = boxes.get(row.country);
      return (
        box !== undefined &&
        (row.lat! < box.south - margin ||
          row.lat! > box.north + margin ||
          row.lon! < box.west - margin ||
          row.lon! > box.east + margin)
      );
    });
    expect(outside.map(describeRow)).toEqual([]);
  });

  it('put no place too far from what it lies in', () => {
    const far = placed.flatMap((row) => {
      const parent = byId.get(row.parent ?? '');
      const reach = parent && REACH[parent.kind];
      if (parent?.lat === undefined || reach === undefined || row.kind === 'region') return [];
      const distance = Math.round(km(row, parent));
      return distance > reach ? [`${describeRow(row)}: ${distance} km from ${parent.id}`] : [];
    });
    expect(far).toEqual([]);
  });

  it('agree with GeoNames on towns that both have', () => {
    const towns = new Map(base.map((town) => [town.geonames, town]));
    const apart = placed.flatMap((row) => {
      const town = row.geonames === undefined ? undefined : towns.get(row.geonames);
      if (town === undefined)
        return row.geonames === undefined ? [] : [`${describeRow(row)}: not in the base`];
      return km(row, town) > 6 ? [`${describeRow(row)}: ${Math.round(km(row, town))} km apart`] : [];
    });
    expect(apart).toEqual([]);
  });

  it('do not have one place twice under one roof', () => {
    const seen = new Map<string, string>();
    const twice = rows.flatMap((row) => {
      const key = `${row.parent ?? ''}/${row.kind}/${squash(row.name)}`;
      const other = seen.get(key);
      seen.set(key, row.id);
      return other === undefined ? [] : [`${row.id} and ${other}`];
    });
    expect(twice).toEqual([]);
  });

  it('have parents that exist and lead to the country', () => {
    const adrift = rows.filter((row) => {
      let top: GazetteerRow | undefined = row;
      while (top?.parent !== undefined) top = byId.get(top.parent);
      return top?.kind !== 'country' || top.country !== row.country;
    });
    expect(adrift.map(describeRow)).toEqual([]);
  });

  it('nest administrative units in the order of their levels', () => {
    const level = { country: 0, governorate: 1, district: 2, subdistrict: 3 } as const;
    const wrong = rows.filter((row) => {
      const parent = byId.get(row.parent ?? '');
      if (!(row.kind in level) || parent === undefined || !(parent.kind in level)) return false;
      return level[row.kind as keyof typeof level] <= level[parent.kind as keyof typeof level];
    });
    expect(wrong.map(describeRow)).toEqual([]);
  });

  it('have p-codes that occur once, are well formed and nest', () => {
    const coded = rows.filter((row) => row.pcode !== undefined);
    expect(new Set(coded.map((row) => row.pcode)).size).toBe(coded.length);
    const digits = { governorate: 2, district: 4, subdistrict: 6 } as const;
    const wrong = coded.filter((row) => {
      const length = digits[row.kind as keyof typeof digits];
      const parent = byId.get(row.parent ?? '');
      return (
        !new RegExp(`^${row.country}\\d{${String(length)}}$`).test(row.pcode ?? '') ||
        (parent?.pcode !== undefined && row.pcode?.startsWith(parent.pcode) !== true)
      );
    });
    expect(wrong.map(describeRow)).toEqual([]);
  });

  it('have Arabic where Arabic belongs and only there', () => {
    const wrong = rows.filter(
      (row) =>
        (row.nameAr !== undefined && !/^[\u0600-\u06FF\s\d()TM-]+$/.test(row.nameAr)) || isArabic(row.name),
    );
    expect(wrong.map(describeRow)).toEqual([]);
  });

  it('call nothing after what does not exist', () => {
    const wrong = rows.flatMap((row) =>
      row.variants
        .filter((variant) => variant.startsWith('@') && !byId.has(variant.slice(1)))
        .map((variant) => `${row.id}: ${variant}`),
    );
    expect(wrong).toEqual([]);
  });

  it('have no name that stands for two places of one kind in one container', () => {
    const bearers = new Map<string, Set<string>>();
    for (const row of rows)
      for (const name of [row.name, ...row.variants]) {
        const key = `${row.parent ?? ''}/${row.kind}/${squash(name)}`;
        bearers.set(key, (bearers.get(key) ?? new Set()).add(row.id));
      }
    const ambiguous = [...bearers]
      .filter(([key, ids]) => ids.size > 1 && !key.includes('/@'))
      .map(([key, ids]) => `${key}: ${[...ids].join(', ')}`);
    expect(ambiguous).toEqual([]);
  });

  it('have all of Syria’s governorates, districts and subdistricts', () => {
    const count = (kind: string): number =>
      rows.filter((row) => row.country === 'SY' && row.kind === kind && row.pcode !== undefined).length;
    expect([count('governorate'), count('district'), count('subdistrict')]).toEqual([14, 62, 272]);
  });
});

const reference = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  'shared',
  'reference',
  'ocha-cod-ab-syria-v02.tsv',
);
const skip = existsSync(reference) ? false : `the code list is not at ${reference}`;
if (skip) console.log(`skipped "agrees with OCHA's code list": ${skip}`);

it.skipIf(skip)('agrees with OCHA’s code list V02 on codes, hierarchy, Arabic names and centres', () => {
  const ours = new Map(rows.map((row) => [row.pcode, row]));
  const wrong = readFileSync(reference, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, pcode, , nameAr, , lat, lon, parent] = line.split('\t');
      const row = ours.get(pcode);
      if (row === undefined) return [`${pcode!} is missing`];
      const above = byId.get(row.parent ?? '');
      const sameCentre = Math.abs(row.lat! - Number(lat)) < 0.001 && Math.abs(row.lon! - Number(lon)) < 0.001;
      const sameArabic = squash(row.nameAr ?? '') === squash((nameAr ?? '').replace(/^مركز ?/, ''));
      const sameParent = (above?.pcode ?? above?.country) === parent;
      return sameCentre && sameArabic && sameParent ? [] : [`${pcode!} ${row.id}`];
    });
  expect(wrong).toEqual([]);
});

describe('a table that cannot be read says where and how to mend it', () => {
  const heading = 'id\tname\tkind\tlat\tlon\tparent\n';
  it.each([
    ['id\tname\tkind\tcolour\n', 'column "colour" is not known'],
    ['id\tname\n', 'lacks the column "kind"'],
    [`${heading}Hajin\tHajin\ttown\n`, 'id is "Hajin"'],
    [`${heading}sy-x\t\ttown\n`, 'name is empty'],
    [`${heading}sy-x\tX\thamlet\n`, 'kind is "hamlet"; write one of'],
    [`${heading}sy-x\tX\ttown\t95\t40\n`, 'lat is "95"'],
    [`${heading}sy-x\tX\ttown\t35\n`, 'give both or neither'],
    [`${heading}sy-x\tX\ttown\t35\t40\tsy\textra\n`, '7 cells under 6 columns'],
  ])('%j', (text, message) => {
    const { rows: read, problems } = parseTable('xx.tsv', text);
    expect(read).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      file: 'xx.tsv',
      message: expect.stringContaining(message) as string,
    });
  });

  it('reads the good lines of a table with a bad one', () => {
    const { rows: read, problems } = parseTable(
      'xx.tsv',
      `${heading}# note\nsy-x\tX\ttown\t35\t40\tsy\nbad\n`,
    );
    expect(read.map((row) => row.id)).toEqual(['sy-x']);
    expect(problems.map((problem) => problem.line)).toEqual([4]);
  });

  it('parents that are missing or go round are named', () => {
    const table = parseTable(
      'xx.tsv',
      `${heading}sy-a\tA\ttown\t\t\tsy-b\nsy-b\tB\ttown\t\t\tsy-a\nsy-c\tC\ttown\t\t\tsy-z\n`,
    );
    const messages = checkTables([table]).map(({ line, message }) => `${line}: ${message}`);
    expect(messages).toContainEqual(expect.stringContaining('4: sy-c: parent "sy-z" is no entry'));
    expect(messages).toContainEqual(expect.stringContaining('2: sy-a: it lies in itself'));
  });
});
