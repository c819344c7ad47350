import { expect, it } from 'vitest';
import { Turns } from '../../src/app/turns.ts';

/** Work that ends when it is told to, and notes what happens. */
function workshop() {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => async () => {
    log.push(`${name} begins`);
    await new Promise<void>((resolve) => ends.set(name, resolve));
    log.push(`${name} ends`);
  };
  return { log, work, end: (name: string) => ends.get(name)?.() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('lets work go on together, and keeps apart what must be alone', async () => {
  const turns = new Turns();
  const { log, work, end } = workshop();
  const all = [
    turns.together(work('a')),
    turns.together(work('b')),
    turns.alone(work('alone')),
    turns.together(work('c')),
  ];
  await settled();
  expect(log).toEqual(['a begins', 'b begins']);
  end('a');
  await settled();
  expect(log).not.toContain('alone begins');
  end('b');
  await settled();
  expect(log.slice(4)).toEqual(['alone begins']);
  end('alone');
  await settled();
  expect(log.slice(5)).toEqual(['alone ends', 'c begins']);
  end('c');
  await Promise.all(all);
});

it('goes on after work that fails', async () => {
  const turns = new Turns();
  const fail = () => Promise.reject(new Error('no'));
  await expect(turns.together(fail)).rejects.toThrow('no');
  await expect(turns.alone(fail)).rejects.toThrow('no');
  await expect(turns.alone(() => Promise.resolve(1))).resolves.toBe(1);
  await expect(turns.together(() => Promise.resolve(2))).resolves.toBe(2);
});
