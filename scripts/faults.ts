// `npm run faults`: tells alerts to a strict Slack and a strict Discord on this machine that misbehave, while the process
// that tells is killed again and again, and prints what readers see as a table. Some ten minutes; see --help.
import { parseArgs } from 'node:util';
import { seeded } from '../test/support/samples.ts';
import { discordStage } from './faults/discord.ts';
import { runFaults, type Row } from './faults/run.ts';
import { slackStage } from './faults/slack.ts';

const HELP = `npm run faults -- [--platform slack|discord] [--alerts 2000] [--destinations 50] [--kills 30] [--seed 1] [--json]

Each alert must be visible exactly once, in order within its thread, and no call may come earlier than a limit allows.
Exit status 1 when that is not so.`;

const { values } = parseArgs({
  options: {
    platform: { type: 'string' },
    alerts: { type: 'string', default: '2000' },
    destinations: { type: 'string', default: '50' },
    kills: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const STAGES = { slack: slackStage, discord: discordStage } as const;
const wanted = Object.entries(STAGES).filter(
  ([name]) => values.platform === undefined || name === values.platform,
);
if (values.help || wanted.length === 0) {
  process.stdout.write(`${HELP}\n`);
  process.exit(values.help ? 0 : 2);
}
const rows: Row[] = [];
for (const [, stage] of wanted)
  rows.push(
    await runFaults(stage, {
      alerts: Number(values.alerts),
      destinations: Number(values.destinations),
      kills: Number(values.kills),
      random: seeded(Number(values.seed)),
      onProgress: (told) => process.stderr.write(`${told}\n`),
    }),
  );
if (values.json) process.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`);
else console.table(rows.map(({ faults, ...row }) => ({ ...row, ...faults })));
const right = rows.every(
  ({ missing, twice, wrongThreads, breaches }) => missing + twice + wrongThreads + breaches === 0,
);
process.exit(right ? 0 : 1);
