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

it('explain --judged says where each statement would go, and why', async () => {
  const report = (source: string, hour: string, text: string): string =>
    JSON.stringify({ source, published: `2018-05-20T${hour}:00:00Z`, text });
  const input = [
    report(
      'Sample Wire',
      '06',
      'The SDF said on Sunday that its fighters had captured the village of Baghuz in Deir Ezzor province from ISIS.',
    ),
    report(
      'Sample Gazette',
      '12',
      'The United Nations said on Sunday that the SDF had captured Baghuz from ISIS. ISIS still holds the town of Hajin, activists said.',
    ),
  ].join('\n');
  const { status, stdout, stderr } = await sitrep(['explain', '--judged', '-'], { input });
  expect([status, stderr]).toEqual([0, '']);
  const [, name] = /1\. control: incident (#\w{6}); nothing like it is known at Baghuz/.exec(stdout) ?? [];
  expect(stdout).toContain(`Told (opened): ${name} SDF took Baghuz from ISIS (claimed)`);
  expect(stdout).toContain(
    `1. control: incident ${name}; the same happening as one known at Baghuz, 0 days apart`,
  );
  expect(stdout).toMatch(/2\. held: no incident; says who holds a place/);
  expect(stdout).toContain(`Told (corroborated): ${name} SDF took Baghuz from ISIS`);
});
