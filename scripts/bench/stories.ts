import { blocksOf, ledgerPlacesOf } from '../../src/assess/blocks.ts';
import { decide, decideRetraction, decideRuling, type TellingRules } from '../../src/app/decide.ts';
import type { Learnt } from '../../src/app/knowledge.ts';
import { ENGINE_VERSION, extract } from '../../src/extract/extract.ts';
import type { ReportId } from '../../src/model/ids.ts';
import { systemClock } from '../../src/model/time.ts';
import { renderGathered } from '../../src/render/gathered.ts';
import { acceptReport } from '../../src/sources/accept/accept.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';
import type { Judging } from '../../src/store/judge.ts';
import type { Store } from '../../src/store/store.ts';

interface Told {
  /** Days after the story's first. */
  readonly day: number;
  readonly text: string;
}

/** An invented happening at a town of its own, told by several outlets over a week. */
export interface Story {
  readonly town: { readonly id: string; readonly name: string };
  readonly told: readonly Told[];
}

export const STORIES: readonly Story[] = [
  {
    town: { id: 'sy-hajin', name: 'Hajin' },
    told: [
      {
        day: 0,
        text: 'Rebels captured the town of Hajin from government forces, a monitoring group said. Rebel fighters advanced into Hajin before dawn.',
      },
      {
        day: 1,
        text: 'State television admitted that government forces had lost Hajin. Rebels advanced in Hajin from the east, it said.',
      },
      {
        day: 1,
        text: 'Rebels seized Hajin from government forces, local sources said. Rebel fighters entered Hajin from the north. Rebels now hold the town of Hajin.',
      },
      {
        day: 2,
        text: 'The opposition took Hajin from government forces, an aid worker said. Rebels still control Hajin.',
      },
      {
        day: 3,
        text: 'Rebels have full control of Hajin, a rebel spokesman said. Rebels overran Hajin this week.',
      },
    ],
  },
  {
    town: { id: 'sy-manbij', name: 'Manbij' },
    told: [
      {
        day: 0,
        text: 'Government forces besieged the town of Manbij, activists said. The army advanced on Manbij, activists said.',
      },
      {
        day: 1,
        text: 'The army encircled Manbij and laid siege to the town, residents said. Rebels hold Manbij.',
      },
      {
        day: 2,
        text: 'Government forces have besieged Manbij since the beginning of the week, a doctor in the town said. Rebels control Manbij, he said.',
      },
      {
        day: 4,
        text: 'Government forces tightened the siege of Manbij, a monitoring group said. The army attacked Manbij but failed to capture the town of Manbij.',
      },
      {
        day: 6,
        text: 'Rebels broke the siege of Manbij by government forces, a rebel spokesman said. Rebels still hold Manbij.',
      },
    ],
  },
  {
    town: { id: 'sy-saraqib', name: 'Saraqib' },
    told: [
      {
        day: 0,
        text: 'An agreement to evacuate the town of Saraqib was reached between rebels and the government. Some 800 fighters and their families will be evacuated from Saraqib to Idlib.',
      },
      {
        day: 1,
        text: 'About 350 people were evacuated from Saraqib to Idlib under an agreement, a monitoring group said. Rebels began to withdraw from Saraqib.',
      },
      {
        day: 2,
        text: 'Some 420 fighters were evacuated from Saraqib to Idlib, state media said. Rebels withdrew from Saraqib under the agreement with the government.',
      },
      {
        day: 3,
        text: 'The government denied that the agreement on Saraqib had been violated. Buses took 300 civilians from Saraqib to Idlib on the third day of the evacuation.',
      },
      {
        day: 4,
        text: 'The evacuation of Saraqib was completed, the United Nations said. Rebel fighters withdrew from Saraqib under the deal.',
      },
    ],
  },
  {
    town: { id: 'sy-nawa', name: 'Nawa' },
    told: [
      {
        day: 0,
        text: 'More than 3,000 civilians fled the town of Nawa, aid workers said. Government forces advanced on Nawa.',
      },
      {
        day: 1,
        text: 'Some 4,500 people were displaced from Nawa, the United Nations said. Rebels hold Nawa.',
      },
      {
        day: 2,
        text: 'About 4,000 people have fled Nawa, activists said. Rebels remain in control of Nawa.',
      },
      {
        day: 2,
        text: 'Families from Nawa fled to Idlib on foot, residents said. The army advanced near Nawa. Rebels control Nawa.',
      },
      {
        day: 3,
        text: 'At least 5,000 people fled Nawa this week, a monitoring group said. Rebels hold Nawa.',
      },
    ],
  },
];

/** As config/default.yaml has it. */
const RULES: TellingRules = {
  dailyMinute: 6 * 60,
  atOnce: 4,
  gatherMinutes: 15,
  sensitivity: { evacuation: 'coarse', return: 'coarse', aid_access: 'off', delayMinutes: 360 },
};

/** Judging as the bot does it. */
export const judgingWith = ({ wording }: Learnt): Judging => ({
  blocksOf: (report, statements) => blocksOf(report, statements, wording),
  ledgerPlacesOf,
  decide: (snapshot, reader) => decide(snapshot, reader, wording, RULES),
  gather: (replies) => renderGathered(replies, wording),
  retract: (snapshot, reader) => decideRetraction(snapshot, reader, wording, RULES),
  rule: (snapshot, reader) => decideRuling(snapshot, reader, wording, RULES),
  maxTries: 1,
  retryMs: 0,
});

/** Judges the next report. @throws when that failed */
export async function judgeOne(store: Store, judging: Judging): Promise<void> {
  const outcome = await store.judgeNext(judging);
  if (outcome.kind === 'failed') throw outcome.error;
}

const DAY_MS = 86_400_000;

/** Accepts and reads one report. */
export async function tell(
  store: Store,
  { reader }: Learnt,
  told: { readonly outlet: string; readonly on: number; readonly text: string },
): Promise<ReportId> {
  const value = {
    source: told.outlet,
    published: new Date(told.on * DAY_MS + DAY_MS / 2).toISOString(),
    title: 'Sample',
    text: told.text,
    sample: true,
  };
  const door = { book: sourceBook([]), clock: systemClock, reports: store };
  const accepted = await acceptReport(value, 'inbox', door);
  if (!accepted.ok) throw new Error(JSON.stringify(accepted.problems));
  const { report } = accepted.acceptance;
  const unread = await store.unread(report);
  if (unread) await store.commitRead(report, extract(unread.report, reader), ENGINE_VERSION);
  return report;
}
