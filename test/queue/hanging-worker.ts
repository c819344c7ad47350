// A worker in a process of its own that takes a job, says so, and never finishes it. Its argument: BackendSettings as JSON.
import type { BackendSettings } from '../../src/queue/contract.ts';
import { openQueues } from '../../src/queue/queues.ts';

const backend = JSON.parse(process.argv[2] ?? '') as BackendSettings;
const quiet = () => undefined;
const queues = await openQueues({ backend, log: { debug: quiet, info: quiet, warn: quiet } });
await queues.work(
  {
    read: (id) => {
      process.stdout.write(`took ${id}\n`);
      return new Promise(quiet);
    },
  },
  { read: 1, judge: 1, deliver: 1, poll: 1, chore: 1 },
);
