import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { watch } from 'chokidar';
import type { TakeDeps } from './take.ts';
import { takeFile } from './take.ts';

export interface InboxOptions extends TakeDeps {
  /** A file is taken when its size has not changed for this long. */
  readonly settleMs: number;
  /** Pause after a failure of the store or the disk. */
  readonly retryMs: number;
}

export interface Inbox {
  /** Resolves when the file at hand is taken or left; nothing is taken afterwards. */
  close(): Promise<void>;
}

/** Hidden files, and names that programs give to files which they are still writing. */
const UNFINISHED = /^\.|^~\$|~$|\.(?:part|partial|tmp|temp|crdownload|download|swp|filepart)$/i;

const isUnfinished = (name: string): boolean => UNFINISHED.test(name);

/** Files that lay there before the start and are no longer written to, by name, so that they are read in a stable order. */
async function waiting(folder: string, settleMs: number, now: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.isDirectory() && !isUnfinished(entry.name))
    .map(({ name }) => name);
  const settled = await Promise.all(
    names.map(async (name) => {
      const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: Infinity }));
      return mtimeMs + settleMs < now;
    }),
  );
  return names
    .filter((_, index) => settled[index])
    .sort()
    .map((name) => join(folder, name));
}

/** Takes files one after another; a file that could not be kept stays in the queue and is tried again. */
function takeInTurn(options: InboxOptions, signal: AbortSignal) {
  const queue = new Set<string>();
  let running: Promise<void> | undefined;

  async function take(path: string): Promise<void> {
    try {
      const taken = await takeFile(path, options);
      if (taken.kind === 'left') options.log.warn({ file: path }, `not taken: ${taken.why}`);
      if (taken.kind !== 'changed') queue.delete(path);
      else await pause(options.settleMs, undefined, { signal });
    } catch (error) {
      if (signal.aborted) return;
      options.log.error(
        { file: path, err: error },
        `could not be kept; tried again in ${options.retryMs} ms`,
      );
      await pause(options.retryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async function run(): Promise<void> {
    for (let [path] = queue; path !== undefined && !signal.aborted; [path] = queue) await take(path);
    running = undefined;
  }

  return {
    add(paths: readonly string[]): void {
      for (const path of paths) queue.add(path);
      if (!signal.aborted && queue.size > 0) running ??= run();
    },
    settled: async (): Promise<void> => running,
  };
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
  turn.add(await waiting(folder, settleMs, Date.parse(options.clock())));
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
  return {
    async close() {
      stop.abort();
      await watcher.close();
      await turn.settled();
    },
  };
}
