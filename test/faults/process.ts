import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..');

/** The bot as a process of its own. */
export interface Running {
  readonly pid: number;
  readonly desk: string;
  /** As `kill -9`: no chance to tidy up. */
  killed(): Promise<void>;
  /** As Ctrl-C. @returns the exit status */
  stopped(): Promise<number | null>;
}

/** Starts `sitrep start` on a data folder and waits until its desk is open. */
export async function startProcess(dataDir: string, settings: string): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, ['src/cli/main.ts', 'start'], {
    cwd: root,
    env: { ...process.env, SITREP_DATA: dataDir, SITREP_CONFIG: settings, SITREP_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const opened = (async () => {
    for await (const line of createInterface({ input: child.stdout! })) {
      const address = /^The desk is open at (\S+)/.exec(line)?.[1];
      if (address !== undefined) return address;
    }
    throw new Error(`The bot ended before its desk was open:\n${errors}`);
  })();
  const desk = await opened;
  child.stdout!.resume();
  return {
    pid: child.pid!,
    desk,
    killed: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    stopped: async () => {
      child.kill('SIGTERM');
      return (await exited)[0];
    },
  };
}
