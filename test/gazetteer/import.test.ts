import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importGazetteer } from '../../src/config/gazetteer-import.ts';
import { readTables } from '../../src/config/gazetteer.ts';
import { buildGazetteer } from '../../src/gazetteer/gazetteer.ts';
import { parseCodHeading, parseCodLine, type CodHeading } from '../../src/gazetteer/import/cod.ts';
import { parseAlternateLine, parseDumpLine } from '../../src/gazetteer/import/geonames.ts';
import { formatOf } from '../../src/gazetteer/import/read.ts';
import type { GazetteerRow } from '../../src/gazetteer/row.ts';
import { formatTable, parseTable } from '../../src/gazetteer/table.ts';
import { placeId } from '../../src/model/ids.ts';

/** A line of a GeoNames dump, the columns that are not read left empty. */
const dump = (
  id: number,
  name: string,
  feature: string,
  options: {
    readonly at?: string;
    readonly admin1?: string;
    readonly admin2?: string;
    readonly people?: number;
  } = {},
): string => {
  const [lat = '', lon = ''] = (options.at ?? '4.0,45.0').split(',');
  const [featureClass = '', code = ''] = feature.split('.');
  const cells = [id, name, name, '', lat, lon, featureClass, code, 'XS', ''];
  return [
    ...cells,
    options.admin1 ?? '',
    options.admin2 ?? '',
    '',
    '',
    options.people ?? 0,
    '',
    '',
    'Africa/X',
    '2024-01-01',
  ].join('\t');
};

const row = (id: string, name: string, more: Partial<GazetteerRow> = {}): GazetteerRow => ({
  id,
  name,
  kind: 'town',
  country: 'XS',
  variants: [],
  demonyms: [],
  curated: true,
  ...more,
});
const country = row('xs', 'Xsland', { kind: 'country' });

let folder = '';
const file = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n') + '\n');
  return path;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gazetteer-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a GeoNames dump', () => {
  it.each([
    ['P.PPLA', 0, 'city'],
    ['P.PPL', 120_000, 'city'],
    ['P.PPL', 6_000, 'town'],
    ['P.PPLA3', 0, 'town'],
    ['P.PPL', 0, 'village'],
    ['P.PPLX', 50_000, 'quarter'],
    ['A.ADM1', 0, 'governorate'],
    ['A.ADM2', 0, 'district'],
    ['S.AIRB', 0, 'airbase'],
    ['S.DAM', 0, 'dam'],
    ['T.MT', 0, 'mountain'],
  ])('%s with %i people is a %s', (feature, people, kind) => {
    expect(parseDumpLine(dump(7, 'Zuhra', feature, { people }))).toMatchObject({
      kind,
      name: 'Zuhra',
      country: 'XS',
      geonames: 7,
    });
  });

  it.each([
    ['short\tline', 'not 19 columns'],
    [dump(7, '', 'P.PPL'), 'no name'],
    [dump(7, 'Zuhra', 'P.PPL', { at: '99,45' }), 'no position'],
    [dump(7, 'Zuhra', 'P.PPLQ'), 'no more'],
    [dump(7, 'Zuhra', 'S.HTL'), 'not read for'],
  ])('%j is rejected', (line, reason) => {
    expect(parseDumpLine(line)).toMatchObject({ reason: expect.stringContaining(reason) as string });
  });

  it('alternate names: links, historic names and other languages are passed over', () => {
    expect(parseAlternateLine('1\t7\tar\tزهرة\t1')).toMatchObject({
      geonames: 7,
      name: 'زهرة',
      preferred: true,
    });
    expect(parseAlternateLine('1\t7\tlink\thttps://example.org')).toBeUndefined();
    expect(parseAlternateLine('1\t7\ten\tOldname\t\t\t\t1')).toBeUndefined();
    expect(parseAlternateLine('nonsense')).toMatchObject({ reason: expect.any(String) as string });
  });
});

describe('a COD-AB table', () => {
  const heading = parseCodHeading('ADM2_EN,ADM2_PCODE,ADM1_EN,ADM1_AR,ADM1_PCODE,lat,lon') as CodHeading;

  it('gives the units of a line, the first level first, quoted commas and all', () => {
    expect(parseCodLine('"North, Upper",XS0102,Northern,الشمالية,XS01,4.5,45.5', heading)).toEqual([
      {
        country: 'XS',
        name: 'Northern',
        nameAr: 'الشمالية',
        kind: 'governorate',
        pcode: 'XS01',
        variants: [],
      },
      {
        country: 'XS',
        name: 'North, Upper',
        kind: 'district',
        pcode: 'XS0102',
        parentPcode: 'XS01',
        lat: 4.5,
        lon: 45.5,
        variants: [],
      },
    ]);
  });

  it.each([
    ['Upper,0102,Northern,,XS01,4,45', 'no p-code'],
    ['Upper,XS0202,Northern,,XS01,4,45', 'does not start with'],
    [',XS0102,Northern,,XS01,4,45', 'no name'],
    ['Upper,XS0102,Northern,,XS01,400,45', 'no position'],
  ])('%s is rejected', (line, reason) => {
    expect(parseCodLine(line, heading)).toMatchObject({ reason: expect.stringContaining(reason) as string });
  });

  it('a table without p-codes is none', () => {
    expect(parseCodHeading('name,population')).toMatchObject({
      reason: expect.stringContaining('ADM1') as string,
    });
  });
});

it.each([
  ['SO.txt', 'geonames-dump'],
  ['allCountries.txt', 'geonames-dump'],
  ['alternateNamesV2.txt', 'geonames-alternates'],
  ['som_admbnda.csv', 'cod-ab'],
  ['readme.txt', undefined],
])('%s is %s', (name, format) => {
  expect(formatOf(name)).toBe(format);
});

describe('an import', () => {
  const shipped = [
    country,
    row('xs-north', 'Northern', { kind: 'governorate', admin1: '01', parent: 'xs' }),
    row('xs-zuhra', 'Zuhra', { lat: 4.01, lon: 45.01, parent: 'xs-north' }),
  ];
  /** The shipped rows and the user's over them, as the program loads them. */
  const loaded = (tables: string): GazetteerRow[] => {
    const ships = join(folder, 'ships');
    mkdirSync(ships);
    writeFileSync(join(ships, 'xs.tsv'), formatTable(shipped));
    return readTables([ships, tables]);
  };
  const places = (): string[] => [
    dump(1, 'Northern', 'A.ADM1', { admin1: '01' }),
    dump(2, 'Upper', 'A.ADM2', { admin1: '01', admin2: '0102' }),
    dump(3, 'Az Zuhrah', 'P.PPL', { admin1: '01', at: '4.0,45.0', people: 9000 }),
    dump(4, 'Bir Qalam', 'P.PPL', { admin1: '01', admin2: '0102', at: '4.6,45.6' }),
    dump(5, 'Grand Hotel', 'S.HTL'),
    'broken line',
  ];

  it('adds, merges, rejects with reasons, and what it writes can be loaded', async () => {
    const tables = join(folder, 'mine');
    const outcome = await importGazetteer({
      // Out of order: names of places come after the places all the same.
      files: [
        file('alternateNamesV2.txt', ['9\t4\tar\tبئر قلم', '10\t4\ten\tBeer Kalam', '11\t77\ten\tElsewhere']),
        file('XS.txt', places()),
      ],
      folder: tables,
      shipped,
    });
    expect(outcome).toMatchObject({ added: 2, merged: 2 });
    expect(outcome.rejected).toEqual([
      { reason: 'a feature that reports are not read for', count: 1, examples: ['XS.txt:5'] },
      { reason: 'not 19 columns, as a GeoNames dump has', count: 1, examples: ['XS.txt:6'] },
    ]);
    const gazetteer = buildGazetteer(loaded(tables));
    for (const query of ['بئر قلم', 'beer kalam', 'Bir Qalam'])
      expect(gazetteer.lookup(query)).toMatchObject({ kind: 'found', place: { id: 'xs-gn-4' } });
    expect(gazetteer.get(placeId('xs-gn-4'))?.within).toEqual(['xs-gn-2', 'xs-north', 'xs']);
    expect(gazetteer.lookup('Az Zuhrah')).toMatchObject({ kind: 'found', place: { id: 'xs-zuhra' } });
  });

  it('once more changes nothing', async () => {
    const tables = join(folder, 'mine');
    const files = [file('XS.txt', places())];
    const first = await importGazetteer({ files, folder: tables, shipped });
    const before = readFileSync(first.tables[0]!, 'utf8');
    const second = await importGazetteer({ files, folder: tables, shipped });
    expect(second).toMatchObject({ added: 0, merged: 0, known: 4 });
    expect(readFileSync(first.tables[0]!, 'utf8')).toBe(before);
  });

  it('takes p-codes from a COD-AB table', async () => {
    const tables = join(folder, 'mine');
    const table = file('xs_adm.csv', [
      'ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE',
      'Northern,XS01,Upper,XS0102',
      'Northern,XS01,Lower,XS0103',
      'Northern,XS01,Odd,XS0901',
    ]);
    const outcome = await importGazetteer({ files: [table], folder: tables, shipped });
    expect(outcome).toMatchObject({ added: 2, merged: 1 });
    expect(outcome.rejected.map(({ count, examples }) => [count, examples])).toEqual([[1, ['xs_adm.csv:4']]]);
    const rows = loaded(tables).filter((r) => r.pcode !== undefined);
    expect(rows.map((r) => [r.id, r.pcode, r.parent]).sort()).toEqual([
      ['xs-north', 'XS01', 'xs'],
      ['xs-xs0102', 'XS0102', 'xs-north'],
      ['xs-xs0103', 'XS0103', 'xs-north'],
    ]);
  });

  it('tells how far it is', async () => {
    const seen: number[] = [];
    const files = [file('XS.txt', places())];
    await importGazetteer({
      files,
      folder: join(folder, 'mine'),
      shipped,
      progress: (done, total) => void seen.push(done / total),
    });
    expect(seen.at(-1)).toBe(1);
  });

  it('takes the units of admin1CodesASCII.txt, so that towns of a dump without them lie in one', async () => {
    const tables = join(folder, 'mine');
    const files = [
      file('XS.txt', [dump(8, 'Wadi Qalam', 'P.PPL', { admin1: '09' })]),
      file('admin1CodesASCII.txt', ['XS.09\tSouthérn\tSouthern\t900', 'no code\tX']),
    ];
    const outcome = await importGazetteer({ files, folder: tables, shipped });
    expect(outcome).toMatchObject({
      added: 2,
      rejected: [{ count: 1, examples: ['admin1CodesASCII.txt:2'] }],
    });
    expect(buildGazetteer(loaded(tables)).get(placeId('xs-gn-8'))?.within).toEqual(['xs-gn-900', 'xs']);
  });

  it('refuses a position far outside the towns of its country', async () => {
    const towns = [row('gn-1', 'A', { lat: 3, lon: 44 }), row('gn-2', 'B', { lat: 5, lon: 46 })];
    const files = [
      file('XS.txt', [
        dump(8, 'Wadi Qalam', 'P.PPL', { at: '60.0,10.0' }),
        dump(9, 'Bir Samt', 'P.PPL', { at: '5.5,46.5' }),
      ]),
    ];
    const outcome = await importGazetteer({ files, folder: join(folder, 'mine'), shipped, towns });
    expect(outcome).toMatchObject({
      added: 1,
      rejected: [{ reason: 'a position outside its country', count: 1, examples: ['XS.txt:1'] }],
    });
  });

  it('says of a file that is not there that it is not there', async () => {
    const files = [join(folder, 'XS.txt')];
    await expect(importGazetteer({ files, folder, shipped })).rejects.toThrow('there is no such file');
  });

  it('names a file that it cannot read', async () => {
    const files = [file('readme.txt', ['hello'])];
    await expect(importGazetteer({ files, folder, shipped })).rejects.toThrow('not a file that is read');
  });
});

it('a table that is written reads back as the same rows', () => {
  const rows = [
    row('xs-a', 'Alpha', {
      nameAr: 'ألفا',
      lat: 1.5,
      lon: 2,
      parent: 'xs',
      variants: ['Alfa', 'Alpha town'],
    }),
    row('xs-b', 'Beta', {
      kind: 'governorate',
      pcode: 'XS02',
      admin1: '02',
      geonames: 12,
      demonyms: ['Betan'],
    }),
  ];
  expect(parseTable('xs.tsv', formatTable(rows))).toMatchObject({ rows, problems: [] });
});
