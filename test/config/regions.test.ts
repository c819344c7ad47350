import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/config/knowledge.ts';
import { readRegions } from '../../src/config/regions.ts';
import { placeId } from '../../src/model/ids.ts';
import { places } from '../support/places.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sitrep-regions-'));
  mkdirSync(join(root, 'config', 'gazetteer'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (text: string) => {
  writeFileSync(join(root, 'config', 'gazetteer', 'regions.yaml'), text);
  return readRegions(root, places);
};

describe('regions', () => {
  it('have members, which lie in them', () => {
    const { membersOf, regionsOf } = read('deir-ezzor: [hajin, baghuz]\n');
    expect(membersOf(placeId('deir-ezzor'))).toEqual(['hajin', 'baghuz']);
    expect(regionsOf(placeId('hajin'))).toEqual(['deir-ezzor']);
    expect(regionsOf(placeId('homs'))).toEqual([]);
  });

  it('of places that nobody knows are refused by name', () => {
    expect(() => read('deir-ezzor: [hajin, nowhere]\n')).toThrow(
      /regions\.yaml.*deir-ezzor.*no place "nowhere"/s,
    );
    expect(() => read('deir-ezzor: hajin\n')).toThrow(/regions\.yaml.*deir-ezzor/s);
  });

  it('that are shipped name places of the shipped gazetteer', async () => {
    const shipped = resolve(import.meta.dirname, '../..');
    const { gazetteer } = await loadKnowledge(shipped);
    const { regionsOf } = readRegions(shipped, gazetteer);
    expect(regionsOf(placeId('sy-douma'))).toEqual(['sy-eastern-ghouta']);
  });
});
