import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root, sitrep } from './sitrep.ts';

it('explain reads a file as the inbox does, with its time of publication', async () => {
  const file = join(root, 'config', 'demo', 'reports', '14-abu-kamal-retaken.md');
  const { status, stdout, stderr } = await sitrep(['explain', file]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Read as of 2018-06-10; countries: SY/);
  expect(stdout).toMatch(/control, happened — 0\.\d\d by rule capture\n.*recaptured all of Abu Kamal/);
  expect(stdout).toContain('when: 2018-06-09');
  expect(stdout).not.toContain('sample: true');
});

it('explain names what is wrong with a file and with a date', async () => {
  const input = '---\npublised: 2018-06-10\n---\nBuses left Yarmouk.';
  const { status, stderr } = await sitrep(['explain', '-', '--published', 'Sunday'], { input });
  expect(status).toBe(1);
  expect(stderr).toContain('publised: unknown field');
  expect(stderr).toContain('published: write a day or a moment');
});
