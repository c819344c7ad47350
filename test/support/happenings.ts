import type { Bot } from '../../src/app/bot.ts';
import { shortIdOf, type Incident } from '../../src/model/incident.ts';

interface Demo {
  readonly bot: Bot;
  hear(report: object): Promise<void>;
}

const reportsOf = ({ facts }: Incident): readonly string[] => [
  ...new Set(facts.flatMap(({ claims }) => claims.map(({ report }) => report))),
];

const happenings = ({ bot }: Demo): Promise<readonly Incident[]> => bot.store.recentIncidents(100);

/** Tells of a happening by two reports: its short name, and the later of them. */
export async function twiceTold(demo: Demo): Promise<{ readonly name: string; readonly report: string }> {
  const published = '2018-06-28';
  await demo.hear({
    text: 'Rebels captured the town of Saraqib in Idlib province on Thursday, residents said.',
    source: 'Sample Wire',
    published,
  });
  await demo.hear({
    text: 'The United Nations said that Saraqib was taken by rebels on Thursday.',
    source: 'Sample Monitor',
    published,
  });
  const found = (await happenings(demo)).find(
    (one) => one.facts[0]?.places[0]?.name === 'Saraqib' && reportsOf(one).length === 2,
  );
  const report = found && reportsOf(found)[1];
  if (!found || report === undefined) throw new Error('The two reports are not one happening.');
  return { name: shortIdOf(found.id), report };
}

/** The short name of the happening that stands on the report alone. */
export async function standingAlone(demo: Demo, report: string): Promise<string> {
  const found = (await happenings(demo)).find((one) => reportsOf(one).join() === report);
  if (!found) throw new Error(`Nothing stands on ${report} alone.`);
  return shortIdOf(found.id);
}
