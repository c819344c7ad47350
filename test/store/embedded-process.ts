// A bot as far as the embedded database can tell: starts it on the folder of its first argument, says so in one line of
// JSON, and stops it when its standard input ends.
import { systemClock } from '../../src/model/time.ts';
import { startEmbedded } from '../../src/store/embedded/start.ts';

/** What it says. */
export interface Said {
  readonly connectionString?: string;
  /** What its user was told while it started. */
  readonly steps?: readonly string[];
  /** Name of the error that kept it from starting. */
  readonly error?: string;
  readonly message?: string;
}

const say = (line: Said): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const steps: string[] = [];

try {
  const embedded = await startEmbedded({
    dataDir: process.argv[2]!,
    clock: systemClock,
    log: silent,
    onProgress: (step) => steps.push(step),
  });
  embedded.announce('http://127.0.0.1:8642');
  say({ connectionString: embedded.connectionString, steps });
  process.stdin.resume().on('end', () => {
    void embedded.stop().then(() => process.exit(0));
  });
} catch (error) {
  const { name, message } = error as Error;
  say({ error: name, message });
  process.exit(1);
}
