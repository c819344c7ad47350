import type { Fact, Incident } from '../../model/incident.ts';
import type { Block, Line, Message } from '../../model/message.ts';
import { dayOf, type Day } from '../../model/time.ts';
import { begun, clauseOf } from '../clause.ts';
import { literal, separated, text } from '../inline.ts';
import { containers, fullName, placeName, type NamedPlace, type Wording } from '../names.ts';
import { date, label, say, sayReason } from '../strings.ts';
import { named } from './incident.ts';

/** What `/timeline` found. */
export interface TimelineAnswer {
  readonly place: NamedPlace;
  /** Newest activity first. */
  readonly incidents: readonly Incident[];
  /** What befell all of the ground that it lies in, with those facts alone. */
  readonly around: readonly Incident[];
  /** There may be more than are listed. */
  readonly full: boolean;
  /** Only what was active since; absent: of any time. */
  readonly from?: Day;
}

interface Entry {
  readonly day: string;
  readonly line: Line;
}

/** Slack and Discord cut longer messages. */
const MAX_LINES = 40;

const dayOfFact = (fact: Fact, incident: Incident): string =>
  fact.date ?? dayOf(fact.claims[0]?.at ?? incident.opened);

/** @param wider where it befell what the place lies in, the place */
function entry(
  fact: Fact,
  incident: Incident,
  { gone = false, wider }: { readonly gone?: boolean; readonly wider?: NamedPlace },
  wording: Wording,
): Entry {
  const { strings } = wording;
  const day = dayOfFact(fact, incident);
  const clause = begun(clauseOf(fact, wording));
  const said = gone
    ? say(strings, 'timeline.gone', { clause })
    : say(strings, 'root.fact', { clause, reason: sayReason(fact.why, strings) });
  const lies: Line = wider ? say(strings, 'timeline.wider', { place: placeName(wider, wording.places) }) : [];
  return {
    day,
    line: separated([[text(date(day, strings))], said, lies, [literal(named(incident))]], ' · '),
  };
}

const entriesOf = (incident: Incident, wording: Wording): readonly Entry[] => [
  ...incident.facts.map((fact) => entry(fact, incident, {}, wording)),
  ...(incident.withdrawn ?? []).map((fact) => entry(fact, incident, { gone: true }, wording)),
];

/** Answer to `/timeline`: what is said to have happened, by day, each with how sure it is and on whose word. */
export function renderTimeline(answer: TimelineAnswer, wording: Wording): Message {
  const { strings } = wording;
  const place = placeName(answer.place, wording.places);
  const around = answer.around.flatMap((incident) =>
    incident.facts.map((fact) => entry(fact, incident, { wider: answer.place }, wording)),
  );
  const entries = [
    ...answer.incidents.flatMap((incident) => entriesOf(incident, wording)),
    ...around,
  ].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const shown = entries.slice(-MAX_LINES);
  const context: Block = {
    kind: 'context',
    lines: [
      separated([fullName(answer.place, wording), containers(answer.place, wording)], ', '),
      ...(answer.from === undefined
        ? []
        : [say(strings, 'timeline.since', { date: date(answer.from, strings) })]),
      ...(answer.full || shown.length < entries.length ? [say(strings, 'timeline.newest', {})] : []),
    ],
  };
  return {
    tone: 'answer',
    headline: label(strings, 'timeline.headline', { place }),
    blocks: [
      context,
      shown.length === 0
        ? { kind: 'paragraph', line: say(strings, 'timeline.nothing', {}) }
        : { kind: 'list', lines: shown.map(({ line }) => line) },
    ],
  };
}
