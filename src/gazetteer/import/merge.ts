import { foldName, isArabic, squash } from '../fold.ts';
import { isSettlement, type GazetteerRow } from '../row.ts';
import type { AlternateName } from './geonames.ts';
import type { ImportRecord, Rejection } from './record.ts';

/** What an import did. Rejections are counted by reason, with some lines as examples (`file:line`). */
export interface ImportReport {
  readonly added: number;
  /** Known places that gained a name, a code or a position. */
  readonly merged: number;
  /** Known places that had nothing to gain. */
  readonly known: number;
  readonly rejected: readonly {
    readonly reason: string;
    readonly count: number;
    readonly examples: readonly string[];
  }[];
}

const EXAMPLES = 5;
/** Settlements of one name nearer than this (degrees, about 10 km) are one. */
const SAME_PLACE = 0.1;

const near = (a: GazetteerRow, b: ImportRecord): boolean =>
  a.lat === undefined ||
  a.lon === undefined ||
  b.lat === undefined ||
  b.lon === undefined ||
  (Math.abs(a.lat - b.lat) < SAME_PLACE &&
    Math.abs(a.lon - b.lon) < SAME_PLACE / Math.cos((a.lat * Math.PI) / 180));

/** Degrees that a country reaches beyond its outermost towns. */
const MARGIN = 3;

/** A stretch of the globe, in degrees. */
export interface Box {
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
}

/** The boxes that the towns of each country span. */
export function boxesOf(towns: readonly GazetteerRow[]): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  for (const { country, lat, lon } of towns) {
    if (lat === undefined || lon === undefined) continue;
    const box = boxes.get(country) ?? { south: lat, north: lat, west: lon, east: lon };
    boxes.set(country, {
      south: Math.min(box.south, lat),
      north: Math.max(box.north, lat),
      west: Math.min(box.west, lon),
      east: Math.max(box.east, lon),
    });
  }
  return boxes;
}

const isOutside = ({ south, north, west, east }: Box, { lat, lon }: ImportRecord): boolean =>
  lat !== undefined &&
  lon !== undefined &&
  (lat < south - MARGIN || lat > north + MARGIN || lon < west - MARGIN || lon > east + MARGIN);

const sameSort = (a: GazetteerRow['kind'], b: GazetteerRow['kind']): boolean =>
  a === b || (isSettlement(a) && isSettlement(b));

/**
 * Gathers imported places over those that are known. A place is known when it has the same GeoNames id, the same p-code,
 * or the same name and sort: a unit anywhere in its country, anything else within some 10 km.
 */
export class Gathering {
  private readonly rows = new Map<string, GazetteerRow>();
  private readonly changed = new Set<string>();
  private readonly fresh = new Set<string>();
  private readonly untouched = new Set<string>();
  private readonly byGeonames = new Map<number, string>();
  private readonly byPcode = new Map<string, string>();
  private readonly byAdmin = new Map<string, string>();
  private readonly byName = new Map<string, string[]>();
  private readonly rejections = new Map<string, { count: number; examples: string[] }>();

  private readonly boxes: ReadonlyMap<string, Box>;

  /**
   * @param known the curated rows that ship, and those of earlier imports
   * @param boxes where countries lie, by ISO code; a country without one may lie anywhere
   */
  constructor(known: readonly GazetteerRow[], boxes: ReadonlyMap<string, Box> = new Map()) {
    this.boxes = boxes;
    for (const row of known) this.index(row);
  }

  reject({ reason }: Rejection, where: string): void {
    const known = this.rejections.get(reason) ?? { count: 0, examples: [] };
    this.rejections.set(reason, known);
    known.count += 1;
    if (known.examples.length < EXAMPLES) known.examples.push(where);
  }

  /** Takes a place in, or says why not. */
  add(record: ImportRecord): Rejection | undefined {
    const box = this.boxes.get(record.country);
    if (box !== undefined && isOutside(box, record)) return { reason: 'a position outside its country' };
    const known = this.find(record);
    if (known !== undefined) {
      this.enrich(known, record);
      return undefined;
    }
    const key = record.pcode === undefined ? `gn-${String(record.geonames)}` : record.pcode.toLowerCase();
    const parent = this.parentOf(record);
    const row: GazetteerRow = {
      id: `${record.country.toLowerCase()}-${key}`,
      name: record.name,
      kind: record.kind,
      country: record.country,
      ...(record.nameAr !== undefined && { nameAr: record.nameAr }),
      ...(record.lat !== undefined && record.lon !== undefined && { lat: record.lat, lon: record.lon }),
      ...(parent !== undefined && { parent }),
      ...(record.pcode !== undefined && { pcode: record.pcode }),
      ...(record.admin1 !== undefined && { admin1: record.admin1 }),
      ...(record.geonames !== undefined && { geonames: record.geonames }),
      variants: record.variants,
      demonyms: [],
      curated: true,
    };
    this.fresh.add(row.id);
    this.index(row);
    if (record.kind === 'district' && record.admin1 !== undefined && record.admin2 !== undefined)
      this.byAdmin.set(`${record.country}.${record.admin1}.${record.admin2}`, row.id);
    return undefined;
  }

  /** A further name of a place that a dump brought or that was known; others are nobody's. */
  name(alternate: AlternateName): void {
    const row = this.rows.get(this.byGeonames.get(alternate.geonames) ?? '');
    if (row === undefined) return;
    const arabic = isArabic(alternate.name);
    if (arabic && (row.nameAr === undefined || (alternate.preferred && this.fresh.has(row.id))))
      this.replace({ ...row, nameAr: alternate.name });
    else this.replace({ ...row, variants: withName(row, [alternate.name]) });
  }

  /** Rows that the import made or changed, by country. */
  result(): ReadonlyMap<string, readonly GazetteerRow[]> {
    const byCountry = new Map<string, GazetteerRow[]>();
    for (const id of [...this.fresh, ...this.changed]) {
      const row = this.rows.get(id);
      if (row === undefined) continue;
      byCountry.set(row.country, [...(byCountry.get(row.country) ?? []), row]);
    }
    return byCountry;
  }

  report(): ImportReport {
    return {
      added: this.fresh.size,
      merged: this.changed.size,
      known: [...this.untouched].filter((id) => !this.changed.has(id)).length,
      rejected: [...this.rejections]
        .map(([reason, { count, examples }]) => ({ reason, count, examples }))
        .sort((a, b) => b.count - a.count),
    };
  }

  private find(record: ImportRecord): GazetteerRow | undefined {
    const id =
      (record.geonames === undefined ? undefined : this.byGeonames.get(record.geonames)) ??
      (record.pcode === undefined ? undefined : this.byPcode.get(record.pcode)) ??
      (record.kind === 'governorate' && record.admin1 !== undefined
        ? this.byAdmin.get(`${record.country}.${record.admin1}`)
        : undefined);
    if (id !== undefined) return this.rows.get(id);
    const isUnit = record.kind === 'governorate';
    return (this.byName.get(`${record.country}.${foldName(record.name)}`) ?? [])
      .map((candidate) => this.rows.get(candidate))
      .find(
        (row) =>
          row !== undefined &&
          sameSort(row.kind, record.kind) &&
          (row.pcode === undefined || record.pcode === undefined) &&
          (isUnit || near(row, record)),
      );
  }

  private parentOf(record: ImportRecord): string | undefined {
    if (record.parentPcode !== undefined) return this.byPcode.get(record.parentPcode);
    if (record.admin1 === undefined || record.kind === 'governorate') return undefined;
    const district =
      record.admin2 === undefined || record.kind === 'district'
        ? undefined
        : this.byAdmin.get(`${record.country}.${record.admin1}.${record.admin2}`);
    return district ?? this.byAdmin.get(`${record.country}.${record.admin1}`);
  }

  private enrich(row: GazetteerRow, record: ImportRecord): void {
    this.untouched.add(row.id);
    this.replace({
      ...row,
      variants: withName(row, [record.name, ...record.variants]),
      ...(row.nameAr === undefined && record.nameAr !== undefined && { nameAr: record.nameAr }),
      ...(row.pcode === undefined && record.pcode !== undefined && { pcode: record.pcode }),
      ...(row.geonames === undefined && record.geonames !== undefined && { geonames: record.geonames }),
      ...(row.lat === undefined &&
        record.lat !== undefined &&
        record.lon !== undefined && { lat: record.lat, lon: record.lon }),
    });
  }

  private replace(row: GazetteerRow): void {
    const before = this.rows.get(row.id);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(row)) return;
    if (!this.fresh.has(row.id)) this.changed.add(row.id);
    this.index(row);
  }

  private index(row: GazetteerRow): void {
    this.rows.set(row.id, row);
    if (row.geonames !== undefined) this.byGeonames.set(row.geonames, row.id);
    if (row.pcode !== undefined) this.byPcode.set(row.pcode, row.id);
    if (row.kind === 'governorate' && row.admin1 !== undefined)
      this.byAdmin.set(`${row.country}.${row.admin1}`, row.id);
    for (const name of [row.name, ...row.variants]) {
      const key = `${row.country}.${foldName(name)}`;
      const bearers = this.byName.get(key) ?? [];
      if (!bearers.includes(row.id)) this.byName.set(key, [...bearers, row.id]);
    }
  }
}

/** The row's variants and those of `names` that it does not have yet in some way of writing. */
function withName(row: GazetteerRow, names: readonly string[]): string[] {
  const variants = [...row.variants];
  const written = new Set([row.name, row.nameAr ?? '', ...variants].map(squash));
  for (const name of names) {
    if (written.has(squash(name)) || /[\t|]/.test(name)) continue;
    written.add(squash(name));
    variants.push(name);
  }
  return variants;
}
