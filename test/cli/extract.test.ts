import { once } from 'node:events';
import { PassThrough, Readable, Writable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { extractCommand } from '../../src/cli/extract.ts';
import type { Knowledge } from '../../src/extract/extract.ts';
import { instant } from '../../src/model/time.ts';
import { knowledge } from '../extract/support.ts';

let known: Knowledge;
beforeAll(async () => {
  known = await knowledge();
});

async function run(
  lines: string,
): Promise<{ readonly status: number; readonly out: readonly Record<string, unknown>[] }> {
  const output = new PassThrough();
  const chunks: Buffer[] = [];
  output.on('data', (chunk: Buffer) => chunks.push(chunk));
  const status = await extractCommand(Readable.from([lines]), output, {
    knowledge: known,
    now: instant('2018-05-20'),
  });
  const out = Buffer.concat(chunks)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return { status, out: out.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

const line = (id: string, text: string, more: object = {}): string =>
  JSON.stringify({ id, text, published: '2018-05-20', ...more });

describe('extract --jsonl', () => {
  it('answers each report with a line, in order', async () => {
    const { status, out } = await run(
      [line('b', 'Rebels captured Saraqib on Monday.'), line('a', 'It rained.')].join('\n'),
    );
    expect(status).toBe(0);
    expect(out.map((one) => one['id'])).toEqual(['b', 'a']);
    expect(out[0]?.['statements']).toMatchObject([
      {
        type: 'control',
        status: 'happened',
        places: [{ text: 'Saraqib', id: 'sy-saraqib' }],
        date: '2018-05-14',
      },
    ]);
    expect(out[1]?.['statements']).toEqual([]);
  });

  it('puts an error in the place of a line that cannot be read, goes on, and fails at the end', async () => {
    const lines = [
      '{"id": "x"',
      '{"id": "no-text"}',
      '[]',
      line('bad-date', 'x', { published: 'yesterday' }),
      '',
      line('ok', 'Rebels took Saraqib.'),
    ];
    const { status, out } = await run(lines.join('\r\n'));
    expect(status).toBe(1);
    expect(out).toHaveLength(5);
    expect(out[0]).toMatchObject({ line: 1, error: expect.stringContaining('not JSON') as string });
    expect(out[1]).toMatchObject({
      id: 'no-text',
      line: 2,
      error: expect.stringContaining('text') as string,
    });
    expect(out[2]).toMatchObject({ line: 3 });
    expect(out[3]).toMatchObject({
      id: 'bad-date',
      line: 4,
      error: expect.stringContaining('2018-05-20') as string,
    });
    expect(out[4]).toMatchObject({ id: 'ok' });
  });

  it('reads on only when the reader has taken what was written', async () => {
    let taken = 0;
    let asked = 0;
    const input = new Readable({
      read() {
        asked += 1;
        this.push(asked <= 6000 ? `${line(String(asked), 'Rebels captured Saraqib on Monday.')}\n` : null);
      },
      highWaterMark: 1,
    });
    const gate = new PassThrough();
    const output = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        taken += 1;
        if (taken === 1) gate.once('open', () => done());
        else done();
      },
    });
    const running = extractCommand(input, output, { knowledge: known, now: instant('2018-05-20') });
    await new Promise((resolve) => setImmediate(resolve));
    while (taken === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toBeLessThan(6000);
    gate.emit('open');
    expect(await running).toBe(0);
    expect(taken).toBe(6000);
  });

  it('ends quietly when nobody reads any more', async () => {
    const output = new PassThrough();
    const lines = Array.from({ length: 2000 }, (_, index) =>
      line(String(index), 'Rebels captured Saraqib.'),
    ).join('\n');
    const running = extractCommand(Readable.from([lines]), output, {
      knowledge: known,
      now: instant('2018-05-20'),
    });
    await once(output, 'readable');
    output.destroy();
    expect(await running).toBe(0);
  });
});
