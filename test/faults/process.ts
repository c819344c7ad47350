import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..');

/** What a test's `sitrep` sees of the environment: none of the settings of whoever runs the tests. */
export function environment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('SITREP_') && !['DATABASE_URL', 'REDIS_URL'].includes(name),
  );
  return { ...Object.fromEntries(kept), SITREP_LOG_LEVEL: 'error', ...more };
}

export interface ProcessOptions {
  /** Arguments of `sitrep`; `start` when left out. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Line of standard output at which it is up; its first group is the desk's address. */
  readonly up?: RegExp;
  /** Script to run in place of the command line. */
  readonly script?: string;
  readonly uid?: number;
  readonly gid?: number;
}

/** The bot as a process of its own. */
export interface Running {
  readonly pid: number;
  readonly desk: string;
  /** All that it has printed so far, on both outputs. */
  printed(): string;
  /** As `kill -9`: no chance to tidy up. */
  killed(): Promise<void>;
  /** As Ctrl-C. @returns the exit status */
  stopped(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `sitrep start` on a data folder and waits until its desk is open. @throws with what it printed when it ends first */
export async function startProcess(
  dataDir: string,
  settings: string,
  { args = ['start'], env = {}, up = /^The desk is open at (\S+)/, script, uid, gid }: ProcessOptions = {},
): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, [script ?? 'src/cli/main.ts', ...args], {
    cwd: root,
    env: environment({ SITREP_DATA: dataDir, SITREP_CONFIG: settings, ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  });
  // A test that fails leaves it running.
  const end = () => child.kill();
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  let printed = '';
  const note = (chunk: Buffer): void => void (printed += chunk.toString());
  child.stderr!.on('data', note);
  child.stdout!.on('data', note);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const opened = (async () => {
    for await (const line of createInterface({ input: child.stdout! })) {
      const found = up.exec(line);
      if (found) return found[1] ?? '';
    }
    throw new Error(`The bot ended before it was up:\n${printed}`);
  })();
  const desk = await opened;
  child.stdout!.resume();
  return {
    pid: child.pid!,
    desk,
    printed: () => printed,
    killed: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    stopped: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return (await exited)[0];
    },
  };
}
