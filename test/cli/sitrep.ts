import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, vi } from 'vitest';
import { environment } from '../faults/process.ts';

export const root = join(import.meta.dirname, '..', '..');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `sitrep` with these arguments to its end. */
export async function sitrep(
  args: readonly string[],
  { env = {}, input = '' }: { env?: Readonly<Record<string, string>>; input?: string } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
    cwd: root,
    env: environment(env),
    stdio: 'pipe',
    // Shorter than a test may take, so that nothing that hangs is left behind.
    timeout: 18_000,
  });
  // A command that does not want its input may end before it has it all.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { status, stdout, stderr };
}

/** Everything quick, any port, one channel that hears everything. */
const SETTINGS = `
queue: { relaySeconds: 1, retrySeconds: 1, tries: 3 }
inbox: { settleMs: 50, retrySeconds: 1 }
desk: { port: 0 }
channels:
  - { name: all, subscriptions: [{ standing: claimed }] }
  - { name: quiet, subscriptions: [{ place: Homs }] }
`;

export interface Place {
  readonly dataDir: string;
  readonly settings: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A data folder with settings of its own. */
export function newPlace(settings = SETTINGS): Place {
  const dataDir = mkdtempSync(join(tmpdir(), 'sitrep-cli-'));
  const file = join(dataDir, 'settings.yaml');
  writeFileSync(file, settings);
  return { dataDir, settings: file, env: { SITREP_DATA: dataDir, SITREP_CONFIG: file } };
}

/** Processes whose command line names the folder: its database server, when it runs. */
export function processesOf(dataDir: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return command.includes(dataDir) ? [command] : [];
      } catch {
        return [];
      }
    });
}

/** What stands in a channel of a desk, as text. */
export async function channelText(desk: string, channel: string): Promise<string> {
  const page = await (await fetch(new URL(`/c/${channel}`, desk))).text();
  const log = /<div[^>]*class="flow"[\s\S]*?<section class="answers"/.exec(page)?.[0] ?? '';
  return log
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Types a command into a channel's box. @returns the answer's page */
export async function typed(desk: string, channel: string, line: string): Promise<string> {
  const answer = await fetch(new URL(`/c/${channel}/commands`, desk), {
    method: 'POST',
    headers: { origin: desk, accept: 'text/fragment' },
    body: new URLSearchParams({ line }),
  });
  expect(answer.status).toBe(200);
  return answer.text();
}

export interface DeskHealth {
  readonly status: string;
  readonly waiting: Readonly<Record<'read' | 'judge' | 'deliver', number>>;
  readonly quarantined: number;
}

export const healthOf = async (desk: string): Promise<DeskHealth> =>
  (await (await fetch(new URL('/healthz', desk))).json()) as DeskHealth;

/** Until nothing waits to be read, judged or told. */
export const untilQuiet = (desk: string): Promise<void> =>
  vi.waitFor(async () => expect((await healthOf(desk)).waiting).toEqual({ read: 0, judge: 0, deliver: 0 }), {
    timeout: 20_000,
    interval: 50,
  });

/** A report that is told: somebody took a town. */
export const taken = (town: string, province: string, day: string): object => ({
  source: 'Sample Wire',
  title: `Rebels in ${town}`,
  published: `2018-05-${day}`,
  text: `Rebels captured the town of ${town} in ${province} province on Monday, a monitoring group said.`,
  sample: true,
});
