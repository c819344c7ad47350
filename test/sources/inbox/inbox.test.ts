import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { appendFile, rename } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { instant, systemClock } from '../../../src/model/time.ts';
import { sourceBook } from '../../../src/sources/accept/book.ts';
import type { TakeDeps } from '../../../src/sources/inbox/take.ts';
import { takeFile } from '../../../src/sources/inbox/take.ts';
import type { Inbox } from '../../../src/sources/inbox/watch.ts';
import { watchInbox } from '../../../src/sources/inbox/watch.ts';
import type { Kept } from '../kept.ts';
import { openKept, silent } from '../kept.ts';

let kept: Kept;
let folder: string;
let deps: TakeDeps;
const open: Inbox[] = [];

beforeAll(async () => {
  kept = await openKept();
});
afterAll(() => kept.close());
beforeEach(async () => {
  await kept.empty();
  folder = mkdtempSync(join(tmpdir(), 'sitrep-inbox-'));
  deps = {
    folder,
    maxBytes: 10_000,
    reports: kept.reports,
    log: silent,
    book: sourceBook([]),
    clock: systemClock,
  };
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((inbox) => inbox.close()));
  rmSync(folder, { recursive: true, force: true });
});

const put = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const names = (...under: readonly string[]): string[] => {
  const path = join(folder, ...under);
  return existsSync(path) ? readdirSync(path).sort() : [];
};
const reasonOf = (name: string): string =>
  readFileSync(join(folder, 'rejected', `${name}.reason.txt`), 'utf8');
const start = async (): Promise<Inbox> => {
  const inbox = await watchInbox({ ...deps, settleMs: 100, retryMs: 50 });
  open.push(inbox);
  return inbox;
};
const bodies = async (): Promise<string[]> => (await kept.rows()).map(({ body }) => body);
const eventually = (check: () => unknown): Promise<unknown> =>
  vi.waitFor(check, { timeout: 15_000, interval: 25 });

describe('takeFile', () => {
  it('accepts the report, then moves the file to done/', async () => {
    const path = put(
      'buses.txt',
      '---\nsource: Sample Wire\npublished: 2018-05-20\n---\nBuses left the camp.',
    );
    const taken = await takeFile(path, deps);
    expect(taken).toMatchObject({
      kind: 'done',
      path: join(folder, 'done', 'buses.txt'),
      accepted: [{ kind: 'accepted' }],
    });
    expect(names()).toEqual(['done']);
    expect(await kept.rows()).toMatchObject([
      {
        outlet: 'Sample Wire',
        body: 'Buses left the camp.',
        published: '2018-05-20T00:00:00.000Z',
        state: 'accepted',
      },
    ]);
  });

  it('never overwrites what is in done/', async () => {
    for (const text of ['First report.', 'Second report.', 'Third report.'])
      await takeFile(put('a.b.txt', text), deps);
    expect(names('done')).toEqual(['a.b-2.txt', 'a.b-3.txt', 'a.b.txt']);
    expect(readFileSync(join(folder, 'done', 'a.b.txt'), 'utf8')).toBe('First report.');
    expect(readFileSync(join(folder, 'done', 'a.b-3.txt'), 'utf8')).toBe('Third report.');
  });

  it('ends a move that ended half way, and leaves no copy behind', async () => {
    const path = put('a.txt', 'Buses left the camp.');
    mkdirSync(join(folder, 'done'));
    linkSync(path, join(folder, 'done', 'a.txt'));
    expect(await takeFile(path, deps)).toMatchObject({ kind: 'done', path: join(folder, 'done', 'a.txt') });
    expect(names()).toEqual(['done']);
    expect(names('done')).toEqual(['a.txt']);
  });

  it('accepts a report once, however often and under whatever name it comes', async () => {
    await takeFile(put('a.txt', 'Buses left the camp.'), deps);
    const again = await takeFile(put('b.md', 'Buses left the camp.\n'), deps);
    expect(again).toMatchObject({ kind: 'done', accepted: [{ kind: 'already' }] });
    expect(await kept.rows()).toHaveLength(1);
  });

  it('rejects what it cannot read, with the reason beside it', async () => {
    const path = put('bad.txt', '---\npublised: 2018-05-20\n---\nBuses left.');
    expect(await takeFile(path, deps)).toMatchObject({
      kind: 'rejected',
      path: join(folder, 'rejected', 'bad.txt'),
    });
    expect(names('rejected')).toEqual(['bad.txt', 'bad.txt.reason.txt']);
    expect(reasonOf('bad.txt')).toBe(
      'Sitrep could not take all of bad.txt.\n\npublised: unknown field; the fields are: id, text, source, outlet, url, title, published, language\n\nMend it and put it into the inbox again.\n',
    );
    expect(await kept.rows()).toEqual([]);
  });

  it('accepts the good reports of a file of several, and says which were not', async () => {
    const lines = [
      '{"text": "First report."}',
      '{"text": ',
      '{"text": "Second report.", "url": "x"}',
      '{"text": "Third report."}',
    ];
    await takeFile(put('many.jsonl', lines.join('\n')), deps);
    expect(await bodies()).toEqual(['First report.', 'Third report.']);
    expect(reasonOf('many.jsonl')).toContain('line 2: is not well-formed JSON');
    expect(reasonOf('many.jsonl')).toContain('line 3: url: write an address');
    expect(reasonOf('many.jsonl')).toContain('The other 2 of its reports were accepted.');
    await takeFile(put('many.jsonl', lines.toSpliced(1, 2, '{"text": "Second report."}').join('\n')), deps);
    expect(await bodies()).toEqual(['First report.', 'Third report.', 'Second report.']);
  });

  it('rejects a file that is too large without reading it', async () => {
    await takeFile(put('big.txt', 'x '.repeat(6000)), deps);
    expect(reasonOf('big.txt')).toContain('It has 12000 bytes and may have 10000 (inbox.maxBytes).');
  });

  it('rejects a symbolic link and never follows it', async () => {
    const secret = join(folder, '..', `sitrep-secret-${process.pid}`);
    writeFileSync(secret, 'A secret of this machine.');
    symlinkSync(secret, join(folder, 'link.txt'));
    expect(await takeFile(join(folder, 'link.txt'), deps)).toMatchObject({ kind: 'rejected' });
    expect(reasonOf('link.txt')).toContain('It is a symbolic link.');
    expect(readFileSync(secret, 'utf8')).toBe('A secret of this machine.');
    rmSync(secret);
    expect(await kept.rows()).toEqual([]);
  });

  it('leaves folders, sockets and files that are gone', async () => {
    mkdirSync(join(folder, 'sub.txt'));
    const socket = createServer().listen(join(folder, 'socket.txt'));
    await once(socket, 'listening');
    expect(await takeFile(join(folder, 'sub.txt'), deps)).toMatchObject({ kind: 'left' });
    expect(await takeFile(join(folder, 'socket.txt'), deps)).toEqual({
      kind: 'left',
      why: 'it is no regular file',
    });
    socket.close();
    expect(await takeFile(join(folder, 'gone.txt'), deps)).toEqual({ kind: 'gone' });
  });

  it.skipIf(process.getuid?.() === 0)(
    'rejects a file that it may not read (not checked as root, who reads all)',
    async () => {
      const path = put('closed.txt', 'Buses left.');
      chmodSync(path, 0);
      expect(await takeFile(path, deps)).toMatchObject({ kind: 'rejected' });
      expect(reasonOf('closed.txt')).toContain('Give it read permission');
    },
  );

  it('takes a file once more that was written to while it was read', async () => {
    const path = put('grows.txt', 'First line.');
    const reports = {
      accept: async (input: Parameters<typeof kept.reports.accept>[0]) => {
        const acceptance = await kept.reports.accept(input);
        await appendFile(path, '\nSecond line.');
        return acceptance;
      },
    };
    expect(await takeFile(path, { ...deps, reports })).toEqual({ kind: 'changed' });
    expect(await takeFile(path, deps)).toMatchObject({ kind: 'done' });
    expect((await bodies()).at(-1)).toBe('First line.\nSecond line.');
  });

  it('leaves the file where it is when the store is away', async () => {
    const path = put('a.txt', 'Buses left.');
    await kept.cut();
    try {
      await expect(takeFile(path, deps)).rejects.toThrow();
    } finally {
      await kept.mend();
    }
    expect(names()).toEqual(['a.txt']);
    expect(await takeFile(path, deps)).toMatchObject({ kind: 'done' });
  });
});

describe('watchInbox', () => {
  it('takes what is put into the folder, what lay there before, and only that', async () => {
    put('before.txt', 'Before the start.');
    put('.hidden.txt', 'A hidden file.');
    put('upload.txt.part', 'Half an upl');
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub', 'deep.txt'), 'In a folder.');
    await start();
    put('after.md', '# After the start\n\nBuses left.');
    put('page.html', '<title>Page</title><p>Families fled.</p>');
    await eventually(() => expect(names('done')).toEqual(['after.md', 'before.txt', 'page.html']));
    await rename(join(folder, 'upload.txt.part'), join(folder, 'upload.txt'));
    await eventually(() => expect(names('done')).toContain('upload.txt'));
    expect((await bodies()).sort()).toEqual([
      'Before the start.',
      'Buses left.',
      'Families fled.',
      'Half an upl',
    ]);
    expect(names()).toEqual(['.hidden.txt', 'done', 'sub']);
  });

  it('waits until a file is written completely', async () => {
    open.push(await watchInbox({ ...deps, settleMs: 800, retryMs: 50 }));
    const path = put('slow.txt', 'One.');
    for (const part of [' Two.', ' Three.', ' Four.']) {
      await pause(150);
      await appendFile(path, part);
    }
    await eventually(() => expect(names('done')).toEqual(['slow.txt']));
    expect(await bodies()).toEqual(['One. Two. Three. Four.']);
  });

  it('keeps files through an outage of the store, and accepts each once', async () => {
    await kept.cut();
    const inbox = await start();
    const failures = vi.spyOn(silent, 'error');
    for (const n of ['one', 'two', 'three']) put(`${n}.txt`, `Report number ${n}.`);
    await eventually(() => expect(failures.mock.calls.length).toBeGreaterThan(2));
    expect(names()).toEqual(['one.txt', 'three.txt', 'two.txt']);
    await kept.mend();
    await eventually(() => expect(names('done')).toHaveLength(3));
    await inbox.close();
    expect(await kept.rows()).toHaveLength(3);
  });

  it('accepts nothing twice when it died between the commit and the move', async () => {
    put('a.json', '[{"text": "First report."}, {"text": "Second report."}]');
    const dying = {
      accept: async (input: Parameters<typeof kept.reports.accept>[0]) => {
        await kept.reports.accept(input);
        throw new Error('killed here');
      },
    };
    await expect(takeFile(join(folder, 'a.json'), { ...deps, reports: dying })).rejects.toThrow(
      'killed here',
    );
    expect(names()).toEqual(['a.json']);
    await start();
    await eventually(() => expect(names('done')).toEqual(['a.json']));
    expect(await bodies()).toEqual(['First report.', 'Second report.']);
  });

  it('reads what lay there by name', async () => {
    const longAgo = new Date('2018-05-20T06:00:00Z');
    for (const n of [3, 1, 2]) utimesSync(put(`${n}.txt`, `Report number ${n}.`), longAgo, longAgo);
    await start();
    await eventually(() => expect(names('done')).toHaveLength(3));
    expect(await bodies()).toEqual([1, 2, 3].map((n) => `Report number ${n}.`));
  });

  it('takes by name what came while a file was taken', async () => {
    let free = (): void => undefined;
    const held = new Promise<void>((resolve) => (free = resolve));
    let asked = (): void => undefined;
    const busy = new Promise<void>((resolve) => (asked = resolve));
    const slow = {
      accept: async (input: Parameters<typeof kept.reports.accept>[0]) => {
        asked();
        await held;
        return kept.reports.accept(input);
      },
    };
    put('0.txt', 'Report number 0.');
    // An hour ahead: whatever lies there has settled long ago.
    const clock = () => instant(Date.now() + 3_600_000);
    open.push(await watchInbox({ ...deps, clock, reports: slow, settleMs: 100, retryMs: 50 }));
    await busy;
    for (const n of [5, 3, 1, 4, 2]) put(`${n}.txt`, `Report number ${n}.`);
    free();
    await eventually(() => expect(names('done')).toHaveLength(6));
    expect(await bodies()).toEqual([0, 1, 2, 3, 4, 5].map((n) => `Report number ${n}.`));
  });

  it('leaves what came after it was closed for the next start', async () => {
    await (await start()).close();
    put('late.txt', 'After the end.');
    expect(names()).toEqual(['late.txt']);
    await start();
    await eventually(() => expect(names('done')).toEqual(['late.txt']));
  });
});
