// Takes docs/desk.png from the running product: the demo, played into an empty data folder, seen by a real browser.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openBrowser } from '../test/support/browser.ts';
import { root } from './step.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'sitrep-picture-'));
const child = spawn(process.execPath, ['src/cli/main.ts', 'demo', '--pace', '0.3'], {
  cwd: root,
  env: { ...process.env, SITREP_DATA: dataDir, SITREP_DESK_PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
try {
  let desk = '';
  for await (const line of createInterface({ input: child.stdout })) {
    desk = /^The desk is open at (\S+)/.exec(line)?.[1] ?? desk;
    if (line.startsWith('All sample reports')) break;
  }
  child.stdout.resume();
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 1180, height: 860 } });
  await page.goto(new URL('/c/damascus', desk).href);
  await page.getByText('1,600 people').first().scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(root, 'docs', 'desk.png') });
  await browser.close();
} finally {
  child.kill('SIGTERM');
  await exited;
  rmSync(dataDir, { recursive: true, force: true });
}
