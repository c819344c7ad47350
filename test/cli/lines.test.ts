import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { environment } from '../faults/process.ts';
import { processesOf, root, sitrep } from './sitrep.ts';

const parse = (stdout: string): Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const capture = (id: unknown, town: string, published: string | undefined, more: object = {}): string =>
  JSON.stringify({
    id,
    published,
    text: `Rebels captured the town of ${town} in Idlib province on Monday, a monitoring group said.`,
    ...more,
  });

describe('sitrep extract --jsonl', () => {
  it('keeps order and ids, and goes on behind a line that cannot be read', async () => {
    const input = [capture('b', 'Saraqib', '2018-05-20'), '{', '', capture(7, 'Binnish', '2018-05-20')].join(
      '\n',
    );
    const ended = await sitrep(['extract', '--jsonl'], { input });
    expect([ended.status, ended.stderr]).toEqual([1, '']);
    const lines = parse(ended.stdout);
    expect(lines.map(({ id, line }) => id ?? line)).toEqual(['b', 2, 7]);
    expect(lines[1]).toHaveProperty('error');
    expect(lines[0]!['statements']).not.toHaveLength(0);
  });

  it('gives 10,000 lines whole to a slow reader', async () => {
    const count = 10_000;
    const child = spawn(process.execPath, ['src/cli/main.ts', 'extract', '--jsonl'], {
      cwd: root,
      env: environment({}),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    child.stdin.end(
      Array.from({ length: count }, (_, index) =>
        JSON.stringify({ id: `n${index}`, text: 'It rained.' }),
      ).join('\n'),
    );
    let next = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      if ((JSON.parse(line) as { id: string }).id !== `n${next}`) throw new Error(`line ${next} is ${line}`);
      next += 1;
      if (next % 500 === 0) for (let pause = 0; pause < 50; pause += 1) await turn();
    }
    expect(next).toBe(count);
    expect((await exited)[0]).toBe(0);
  });

  it.each(['extract', 'replay'])('%s ends quietly when its reader has enough', async (command) => {
    const temporary = mkdtempSync(join(tmpdir(), 'sitrep-head-'));
    const child = spawn(process.execPath, ['src/cli/main.ts', command, '--jsonl'], {
      cwd: root,
      env: environment({ TMPDIR: temporary }),
      stdio: 'pipe',
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdin.on('error', () => undefined);
    child.stdin.end(
      Array.from({ length: 3_000 }, (_, index) => capture(index, `Sampleville ${index}`, '2018-05-20')).join(
        '\n',
      ),
    );
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect((await exited)[0]).toBe(0);
    expect(errors).toBe('');
    expect(processesOf(temporary)).toEqual([]);
    expect(readdirSync(temporary).filter((name) => name.startsWith('sitrep-replay'))).toEqual([]);
    rmSync(temporary, { recursive: true, force: true });
  });
});

describe('sitrep replay --jsonl', () => {
  it('prints a line a report in time order, copies by the first one’s id, and who holds what at the end', async () => {
    const ended = await sitrep(['replay', '--jsonl'], {
      input: [
        capture('later', 'Binnish', '2018-05-22'),
        capture('first', 'Saraqib', '2018-05-15', { url: 'no address', language: 'English', note: 1 }),
        capture('copy', 'Saraqib', '2018-05-16'),
        capture('first', 'Saraqib', '2018-05-15', { url: 'no address', language: 'English', note: 1 }),
      ].join('\n'),
    });
    expect([ended.status, ended.stderr]).toEqual([0, '']);
    const lines = parse(ended.stdout);
    expect(lines.map(({ report }) => report)).toEqual(['first', 'first', 'copy', 'later', undefined]);
    expect(lines.map(({ duplicateOf }) => duplicateOf)).toEqual([
      undefined,
      'first',
      'first',
      undefined,
      undefined,
    ]);
    expect(lines[0]).toMatchObject({
      incidents: [
        {
          incident: expect.any(String) as string,
          update: 'opened',
          type: 'control',
          places: ['Saraqib'],
          standing: expect.any(String) as string,
        },
      ],
      alerts: [
        {
          channel: 'all',
          update: 'opened',
          thread: 'root',
          broadcast: expect.any(Boolean) as boolean,
          text: expect.stringContaining('Saraqib') as string,
        },
      ],
    });
    expect(lines[2]).toMatchObject({ alerts: [] });
    const { control } = lines.at(-1) as { control: Record<string, string>[] };
    expect(control.map(({ place }) => place)).toEqual(['Binnish', 'Saraqib']);
    expect(Object.keys(control[0]!).sort()).toEqual([
      'holder',
      'lastConfirmed',
      'place',
      'since',
      'standing',
    ]);
  });

  it('puts reports without a date on that of the one before them, and the first ones on the first date there is', async () => {
    const ended = await sitrep(['replay', '--jsonl'], {
      input: [
        capture('undated', 'Saraqib', undefined),
        capture('dated', 'Binnish', '2018-05-22'),
        capture('after', 'Ariha', undefined),
        capture('before', 'Maarrat Misrin', '2018-05-15'),
      ].join('\n'),
    });
    expect([ended.status, ended.stderr]).toEqual([0, '']);
    const lines = parse(ended.stdout);
    expect(lines.map(({ report }) => report)).toEqual(['before', 'undated', 'dated', 'after', undefined]);
    const { control } = lines.at(-1) as { control: { place: string; since: string }[] };
    expect(Object.fromEntries(control.map(({ place, since }) => [place, since]))).toMatchObject({
      Saraqib: '2018-05-21',
      Ariha: '2018-05-21',
    });
  });

  it('tells each channel what it asked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sitrep-subscriptions-'));
    const file = join(folder, 'subscriptions.json');
    writeFileSync(
      file,
      JSON.stringify([
        { channel: 'idlib', place: 'Idlib' },
        { channel: 'homs', place: 'Homs' },
        { channel: 'moves', place: 'Syria', kinds: ['evacuation'] },
      ]),
    );
    const input = capture('one', 'Saraqib', '2018-05-15');
    const args = ['replay', '--jsonl', '--subscriptions', file];
    const [line] = parse((await sitrep(args, { input })).stdout);
    expect((line!['alerts'] as { channel: string }[]).map(({ channel }) => channel)).toEqual(['idlib']);
    writeFileSync(file, JSON.stringify([{ channel: 'x', place: 'Qwertyuiopville' }]));
    const wrong = await sitrep(args, { input });
    expect([wrong.status, wrong.stdout]).toEqual([1, '']);
    expect(wrong.stderr).toContain('No place is called "Qwertyuiopville"');
    rmSync(folder, { recursive: true, force: true });
  });

  it('puts an error line for what it cannot take, goes on, and ends with status 1', async () => {
    const input = [
      '{"id": "x"}',
      JSON.stringify({ id: 'empty', text: '…' }),
      capture('ok', 'Saraqib', '2018-05-15'),
    ];
    const ended = await sitrep(['replay', '--jsonl'], { input: input.join('\n') });
    expect(ended.status).toBe(1);
    const lines = parse(ended.stdout);
    expect(lines[0]).toMatchObject({ id: 'x', line: 1, error: expect.stringContaining('text') as string });
    expect(lines.find(({ id }) => id === 'empty')).toMatchObject({
      line: 2,
      error: expect.any(String) as string,
    });
    expect(lines.some(({ report }) => report === 'ok')).toBe(true);
    expect(lines.at(-1)).toHaveProperty('control');
  });
});
