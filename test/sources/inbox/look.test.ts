import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isUnfinished, repeatedLook, settledFiles } from '../../../src/sources/inbox/look.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sitrep-look-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string) => writeFileSync(join(folder, name), name);
const names = (paths: readonly string[]) => paths.map((path) => basename(path));

describe('repeatedLook', () => {
  it('yields files, links included, that have not changed since the last look', async () => {
    const look = repeatedLook(folder);
    for (const name of ['b.txt', 'a.txt', '.hidden', 'c.part']) put(name);
    mkdirSync(join(folder, 'done'));
    symlinkSync('nowhere', join(folder, 'd.txt'));
    expect(await look()).toEqual([]);
    appendFileSync(join(folder, 'b.txt'), ' more');
    expect(names(await look())).toEqual(['a.txt', 'd.txt']);
    expect(names(await look())).toEqual(['a.txt', 'b.txt', 'd.txt']);
  });
});

describe('settledFiles', () => {
  it('yields what was not written to lately, by name', async () => {
    for (const name of ['b.txt', 'a.txt', 'new.txt']) put(name);
    const longAgo = new Date('2018-05-20T06:00:00Z');
    for (const name of ['a.txt', 'b.txt']) utimesSync(join(folder, name), longAgo, longAgo);
    expect(names(await settledFiles(folder, Date.parse('2018-05-21T06:00:00Z')))).toEqual(['a.txt', 'b.txt']);
  });
});

describe('isUnfinished', () => {
  it.each(['.a.txt', 'a.txt.part', 'a.TMP', 'a.crdownload', '~$a.md', 'a.txt~', '.a.txt.swp'])('%s', (name) =>
    expect(isUnfinished(name)).toBe(true),
  );
  it.each(['a.txt', 'part.txt', 'tmp', 'a.b.md'])('not %s', (name) => expect(isUnfinished(name)).toBe(false));
});
