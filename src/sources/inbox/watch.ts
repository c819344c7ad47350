import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setInterval, setTimeout as pause } from 'node:timers/promises';
import { watch } from 'chokidar';
import { isUnfinished, repeatedLook, settledFiles } from './look.ts';
import type { TakeDeps } from './take.ts';
import { takeFile } from './take.ts';

export interface InboxOptions extends TakeDeps {
  /** A file is taken when its size has not changed for this long. */
  readonly settleMs: number;
  /** Pause after a failure of the store or the disk, and between two looks for files that nobody announced. */
  readonly retryMs: number;
}

export interface Inbox {
  /** Resolves when the file at hand is taken or left; nothing is taken afterwards. */
  close(): Promise<void>;
}

/**
 * Takes files one after another, those that lie there finished together by name: a burst of files is announced in no
 * order of its own. A file that could not be kept stays in its place and is tried again.
 */
function takeInTurn(options: InboxOptions, signal: AbortSignal) {
  const { folder, settleMs, retryMs, log } = options;
  const announced = new Set<string>();
  let running: Promise<void> | undefined;
  const stopped = (): boolean => signal.aborted;

  /** Resolves when the file is taken or left, or nothing more is to be taken. */
  async function take(path: string): Promise<void> {
    while (!stopped()) {
      try {
        const taken = await takeFile(path, options);
        if (taken.kind === 'left') log.warn({ file: path }, `not taken: ${taken.why}`);
        if (taken.kind !== 'changed') return;
        await pause(settleMs, undefined, { signal });
      } catch (error) {
        if (stopped()) return;
        log.error({ file: path, err: error }, `could not be kept; tried again in ${retryMs} ms`);
        await pause(retryMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** What was announced, and what lies there finished but was not yet announced. */
  async function finished(): Promise<readonly string[]> {
    const paths = new Set(announced);
    announced.clear();
    for (const path of await settledFiles(folder, Date.parse(options.clock()) - settleMs)) paths.add(path);
    return [...paths].sort();
  }

  async function run(): Promise<void> {
    while (announced.size > 0 && !stopped()) {
      const paths = [...announced];
      const batch = await finished().catch((error: unknown) => {
        log.error({ err: error, folder }, 'the inbox cannot be read');
        return paths;
      });
      for (const path of batch) if (!stopped()) await take(path);
    }
    running = undefined;
  }

  return {
    add: (paths: readonly string[]): void => {
      for (const path of paths) announced.add(path);
      if (!stopped() && announced.size > 0) running ??= run();
    },
    settled: async (): Promise<void> => running,
  };
}

/** Looks for files that nobody announced, until it is told to stop. */
async function lookAgain(
  options: InboxOptions,
  found: (paths: readonly string[]) => void,
  signal: AbortSignal,
) {
  const { folder, log } = options;
  const look = repeatedLook(folder);
  const ms = Math.max(options.retryMs, options.settleMs);
  try {
    for await (const _ of setInterval(ms, undefined, { signal, ref: false })) {
      await look().then(found, (error: unknown) =>
        log.error({ err: error, folder }, 'the inbox cannot be read'),
      );
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/**
 * Watches the folder (made when missing) and takes what is put into it, what lay there before included. Sub-folders are
 * not looked into.
 */
export async function watchInbox(options: InboxOptions): Promise<Inbox> {
  const { folder, settleMs, log } = options;
  await mkdir(folder, { recursive: true });
  const stop = new AbortController();
  const turn = takeInTurn(options, stop.signal);
  turn.add(await settledFiles(folder, Date.parse(options.clock()) - settleMs));
  const watcher = watch(folder, {
    depth: 0,
    followSymlinks: false,
    awaitWriteFinish: { stabilityThreshold: settleMs, pollInterval: Math.min(100, settleMs) },
    ignored: (path) => dirname(path) === folder && isUnfinished(basename(path)),
  });
  watcher.on('add', (path) => turn.add([path]));
  watcher.on('addDir', (path) => {
    const ours = path === folder || ['done', 'rejected'].includes(basename(path));
    if (!ours)
      log.warn({ folder: path }, 'folders in the inbox are not read; put the files themselves into it');
  });
  watcher.on('error', (error) => log.error({ err: error, folder }, 'the inbox cannot be watched'));
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  const looking = lookAgain(options, turn.add, stop.signal);
  return {
    async close() {
      stop.abort();
      await watcher.close();
      await looking;
      await turn.settled();
    },
  };
}
