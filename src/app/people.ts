import { createHash } from 'node:crypto';
import type { Confidence, HandedIn, KnownSource, ReportDoor, SourceList } from '../commands/ports.ts';
import type { ActorIndex } from '../model/actor.ts';
import { actorId } from '../model/ids.ts';
import type { Place, PlaceIndex } from '../model/place.ts';
import type { Person } from '../model/telling.ts';
import type { Clock } from '../model/time.ts';
import { acceptReport } from '../sources/accept/accept.ts';
import type { SourceBook } from '../sources/accept/book.ts';
import { describeFields } from '../sources/accept/incoming.ts';
import type { ReportsPort } from '../sources/ports.ts';
import type { Health } from '../store/health.ts';

const SAID: Readonly<Record<Confidence, string>> = {
  saw: 'The reader saw it.',
  heard: 'The reader heard it from somebody who saw it.',
  unsure: 'The reader is not sure of it.',
};

/**
 * The outlet under which a person's reports are told. Nobody learns from it who they are or in which workspace; two
 * people are two origins, and one person is one, whatever they are called at the time.
 */
function outletOf(person: Person | undefined): string {
  if (person === undefined) return 'Reader at the desk';
  const { platform, workspace, id } = person;
  const digest = createHash('sha256').update(`${platform}\n${workspace}\n${id}`).digest('hex');
  return `Reader ${digest.slice(0, 4)}`;
}

/** "Hajin, Deir Ezzor, Syria: …": the form in which reports name their place before they begin. */
function placed(text: string, place: Place | undefined, places: PlaceIndex): string {
  if (place === undefined || text.includes(place.name)) return text;
  const around = place.within.flatMap((id) => places.get(id)?.name ?? []);
  return `${[place.name, ...around.slice(-2)].join(', ')}: ${text}`;
}

interface DoorParts {
  readonly reports: ReportsPort;
  readonly book: SourceBook;
  readonly places: PlaceIndex;
  readonly clock: Clock;
}

/** Takes reports of people the way of any report, with the person as their source. */
export const peoplesDoor = ({ reports, book, places, clock }: DoorParts): ReportDoor => ({
  handIn: async ({ text, link, place, confidence, person }: HandedIn) => {
    const said = confidence === undefined ? '' : `\n\n${SAID[confidence]}`;
    const report = {
      text: `${placed(text, place, places)}${said}`,
      outlet: outletOf(person),
      ...(link !== undefined && { url: link }),
    };
    const result = await acceptReport(report, 'person', { book, clock, reports });
    if (!result.ok) return { kind: 'refused', why: describeFields(result.problems) };
    const { kind, report: id, duplicateOf } = result.acceptance;
    return kind === 'accepted' ? { kind: 'taken', report: id } : { kind: 'known', report: duplicateOf ?? id };
  },
});

/** Sources of the settings and all that ever brought a report, with what readers judge them by. */
export const sourceListOf =
  (health: () => Promise<Pick<Health, 'sources'>>, book: SourceBook, actors: ActorIndex): SourceList =>
  async () =>
    (await health()).sources.map(({ id, name, reports, lastReport, lastError }): KnownSource => {
      const { reliability, alignment } = book.get(id);
      const side = alignment === 'neutral' || alignment === 'unknown' ? undefined : alignment;
      return {
        name,
        reliability,
        reports,
        ...(side !== undefined && { side: actors.get(actorId(side))?.name ?? side }),
        ...(lastReport !== undefined && { lastReport }),
        ...(lastError !== undefined && { failing: lastError }),
      };
    });
