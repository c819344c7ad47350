import type { ControlEntry, Holding } from '../model/control.ts';
import type { Fact, Incident } from '../model/incident.ts';
import type { Block, Line, Message } from '../model/message.ts';
import { dayOf, type Day, type Instant } from '../model/time.ts';
import { begun, datedClause, headlineOf } from './clause.ts';
import { joined, literal, separated, text, untrusted } from './inline.ts';
import { actorNames, containers, fullName, placeName, type NamedPlace, type Wording } from './names.ts';
import { date, label, list, moment, say, sayReason } from './strings.ts';

/** What `/status` found. */
export interface StatusAnswer {
  readonly place: NamedPlace;
  /** Who held the place itself on the day asked for, by its own rows or by those of what it lies in. */
  readonly held: readonly Holding[];
  /** The same of the places that lie in it and have rows of their own. */
  readonly inside: readonly Holding[];
  /** The siege of it that stands on that day. */
  readonly siege?: Fact;
  /** Recent incidents there, newest first. */
  readonly recent?: readonly Incident[];
  /** The day asked about, and the state of knowledge asked for; absent: now. */
  readonly at?: Day;
  readonly known?: Instant;
  /** The first day on which anything is known there: said when nothing is known of the day asked about. */
  readonly earliest?: Day;
  readonly now: Instant;
}

/** As many places inside the one asked for are listed; Slack and Discord cut longer messages. */
const MAX_INSIDE = 25;

const bySince = (a: Holding, b: Holding): number =>
  b.entry.lastConfirmed.localeCompare(a.entry.lastConfirmed) ||
  a.place.name.localeCompare(b.place.name, 'en') ||
  a.place.key.localeCompare(b.place.key, 'en') ||
  a.entry.id.localeCompare(b.entry.id, 'en');

/** Outlets that carried it, beside those whose own word it is and so are named already. */
function outlets(row: ControlEntry): readonly string[] {
  const own = new Set(row.claims.map((claim) => claim.origin.name));
  return [...new Set(row.claims.map((claim) => claim.outlet))].filter((outlet) => !own.has(outlet));
}

function holding(row: ControlEntry, wording: Wording): Line {
  const { strings } = wording;
  if (row.holders.length === 0) return say(strings, 'status.left', {});
  const holders = actorNames(row.holders, wording);
  if (row.standing === 'denied') return say(strings, 'status.denied', { holders });
  if (row.agreed) return say(strings, 'status.held_agreed', { holders });
  return say(strings, row.part ? 'status.held_part' : 'status.held', { holders });
}

function times(row: ControlEntry, wording: Wording): readonly Line[] {
  const { strings } = wording;
  return [
    say(strings, row.since === 'stated' ? 'status.since' : 'status.seen_since', {
      date: date(row.validFrom, strings),
    }),
    ...(row.validTo === undefined
      ? []
      : [say(strings, 'status.until', { date: date(row.validTo, strings) })]),
    say(strings, row.standing === 'stale' ? 'status.silent_since' : 'status.confirmed', {
      date: date(row.lastConfirmed, strings),
    }),
  ];
}

/** That it is held so with all around it, and what was said of it by itself before that. */
function inheritance({ inherited, before }: Holding, wording: Wording): readonly Line[] {
  if (!inherited) return [];
  const { strings } = wording;
  return [
    say(strings, 'status.inherited', { place: placeName(inherited, wording.places) }),
    ...before.map((row) =>
      say(strings, 'status.own_before', {
        held: holding(row, wording),
        date: date(row.lastConfirmed, strings),
      }),
    ),
  ];
}

/** Who holds it, how sure that is and by whose word, since when, last confirmed when, in which outlets. */
function rowLine(held: Holding, wording: Wording): Line {
  const { strings } = wording;
  const row = held.entry;
  const carried = outlets(row);
  return separated(
    [
      holding(row, wording),
      ...inheritance(held, wording),
      sayReason(row.why, strings),
      ...times(row, wording),
      ...(carried.length === 0
        ? []
        : [
            say(strings, 'status.carried', {
              outlets: list(
                carried.map((outlet) => [untrusted(outlet)]),
                strings,
              ),
            }),
          ]),
    ],
    ' · ',
  );
}

function headline({ place, held, inside, at }: StatusAnswer, wording: Wording): string {
  const { strings } = wording;
  const name = placeName(place, wording.places);
  const live = held.map(({ entry }) => entry).filter((row) => row.standing !== 'denied');
  const [first] = live;
  if (live.some((row) => row.standing === 'contested'))
    return label(strings, 'status.headline.contested', { place: name });
  if (first && live.length === 1 && first.holders.length > 0 && !first.part)
    return label(strings, 'status.headline.held', {
      place: name,
      holders: actorNames(first.holders, wording),
      standing: say(strings, `standing.${first.standing}`, {}),
    });
  if (held.length > 0 || inside.length > 0) return label(strings, 'status.headline.inside', { place: name });
  return at === undefined
    ? label(strings, 'status.headline.nothing', { place: name })
    : label(strings, 'status.nothing_then', { place: name, date: date(at, strings) });
}

function nothingKnown({ place, at, earliest }: StatusAnswer, wording: Wording): readonly Block[] {
  const { strings } = wording;
  const lines: Line[] = [say(strings, 'status.nothing', { place: placeName(place, wording.places) })];
  if (at !== undefined && earliest !== undefined && earliest > at)
    lines.push(say(strings, 'status.nothing_yet', { date: date(earliest, strings) }));
  lines.push(say(strings, 'status.blind', {}));
  return lines.map((line) => ({ kind: 'paragraph', line }));
}

function insideBlocks(answer: StatusAnswer, wording: Wording): readonly Block[] {
  const { strings } = wording;
  if (answer.inside.length === 0) return [];
  const rows = [...answer.inside].sort(bySince);
  const lines = rows
    .slice(0, MAX_INSIDE)
    .map((row) => joined([fullName(row.place, wording), [literal(': ')], rowLine(row, wording)]));
  const more = rows.length - lines.length;
  return [
    {
      kind: 'paragraph',
      line: say(strings, 'status.inside', { place: placeName(answer.place, wording.places) }),
    },
    {
      kind: 'list',
      lines: more > 0 ? [...lines, say(strings, 'status.more_inside', { count: more })] : lines,
    },
  ];
}

/** How a place stands beyond its own rows: what it has with all around it, and its siege. */
export const beyondRows = (answer: StatusAnswer, wording: Wording): readonly Line[] => [
  ...answer.held.filter(({ inherited }) => inherited).map((held) => rowLine(held, wording)),
  ...siegeLines(answer, wording),
];

/** Beside who holds it: that it is cut off, since when, by whose word. */
const siegeLines = ({ siege }: StatusAnswer, wording: Wording): readonly Line[] =>
  siege === undefined
    ? []
    : [
        say(wording.strings, 'root.fact', {
          clause: begun(datedClause(siege, wording)),
          reason: sayReason(siege.why, wording.strings),
        }),
      ];

function recentBlocks({ recent = [] }: StatusAnswer, wording: Wording): readonly Block[] {
  if (recent.length === 0) return [];
  const { strings } = wording;
  return [
    { kind: 'paragraph', line: say(strings, 'status.recent', {}) },
    {
      kind: 'list',
      lines: recent.map((incident) =>
        separated(
          [[text(headlineOf(incident, wording))], [text(date(dayOf(incident.lastActivity), strings))]],
          ' · ',
        ),
      ),
    },
  ];
}

function asked({ place, at, known }: StatusAnswer, wording: Wording): Block {
  const { strings } = wording;
  return {
    kind: 'context',
    lines: [
      separated([fullName(place, wording), containers(place, wording)], ', '),
      ...(at === undefined ? [] : [say(strings, 'status.as_of', { date: date(at, strings) })]),
      ...(known === undefined ? [] : [say(strings, 'status.as_known', { time: moment(known, strings) })]),
    ],
  };
}

/**
 * Answer to `/status`: who holds the place and what lies in it, how sure that is, since when, last confirmed when, and on
 * whose word. That nothing is known is said as such: it does not mean that nothing happened.
 */
export function renderStatus(answer: StatusAnswer, wording: Wording): Message {
  const { strings } = wording;
  const nothing = answer.held.length === 0 && answer.inside.length === 0;
  const subscribe = answer.place.id;
  return {
    tone: 'answer',
    headline: headline(answer, wording),
    blocks: [
      asked(answer, wording),
      ...(nothing ? nothingKnown(answer, wording) : []),
      ...[...answer.held]
        .sort(bySince)
        .map((row): Block => ({ kind: 'paragraph', line: rowLine(row, wording) })),
      ...siegeLines(answer, wording).map((line): Block => ({ kind: 'paragraph', line })),
      ...insideBlocks(answer, wording),
      ...recentBlocks(answer, wording),
      ...(subscribe === undefined
        ? []
        : [
            {
              kind: 'actions',
              actions: [
                {
                  kind: 'command',
                  label: label(strings, 'action.subscribe', {}),
                  command: `/subscribe ${subscribe}`,
                },
              ],
            } as const,
          ]),
    ],
  };
}
