// A bot that dies, as if of memory, when it reads a report with a certain word. Says that it is up when all is read.
import { startBot } from '../../src/app/bot.ts';
import { openLog } from '../../src/app/log.ts';
import { loadConfig } from '../../src/config/load.ts';
import { systemClock } from '../../src/model/time.ts';
import { root } from '../cli/sitrep.ts';
import { harmedBy } from './reader.ts';

const learnt = await harmedBy('xyzzyx', () => process.kill(process.pid, 'SIGKILL'));
const bot = await startBot({
  root,
  config: loadConfig({ root, env: process.env }),
  role: 'all',
  clock: systemClock,
  log: openLog('fatal'),
  onProgress: () => undefined,
  learnt,
});
process.once('SIGTERM', () => void bot.stop());
const look = async (): Promise<void> => {
  const { waiting } = await bot.store.health();
  if (waiting.read.count === 0) process.stdout.write(`up at ${bot.desk ?? ''}\n`);
  else setTimeout(() => void look(), 50);
};
await look();
