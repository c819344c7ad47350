import type { ActorMention } from '../../src/model/actor.ts';
import { actorId, placeId, reportId, sourceId, statementId } from '../../src/model/ids.ts';
import type { PlaceMention } from '../../src/model/place.ts';
import type { Report, Source } from '../../src/model/report.ts';
import type {
  Figure,
  Phase,
  Statement,
  StatementType,
  Status,
  StoredStatement,
} from '../../src/model/statement.ts';
import { instant } from '../../src/model/time.ts';
import { actors, places } from './places.ts';

/** What a scenario says of one statement; names are ids of `places.ts`, anything else is a name that nobody knows. */
export interface Said {
  readonly status?: Status;
  readonly phase?: Phase;
  readonly part?: true;
  readonly at?: string | readonly string[];
  readonly towards?: readonly string[];
  readonly via?: readonly string[];
  readonly to?: readonly string[];
  readonly from?: readonly string[];
  readonly parties?: readonly string[];
  readonly people?: Figure;
  readonly figures?: Statement['figures'];
  readonly date?: string;
  readonly by?: string;
  readonly confidence?: number;
  /** The report's words; made up from the rest when absent. */
  readonly words?: string;
}

export type Draft = Omit<StoredStatement, 'id' | 'report' | 'span'> & { readonly words: string };

function place(name: string): PlaceMention {
  const known = places.get(placeId(name));
  const base = { text: known?.name ?? name, start: 0, end: 0, precision: 1 as const };
  // `name@container`: a place that the gazetteer does not have.
  const [text = name, container] = name.split('@');
  if (!known) return { ...base, text, ...(container !== undefined && { within: placeId(container) }) };
  return { ...base, id: known.id, name: known.name, kind: known.kind };
}

function actor(name: string): ActorMention {
  const known = actors.get(actorId(name));
  return known ? { text: known.name, id: known.id, name: known.name } : { text: name };
}

const list = (value: string | readonly string[] = []): readonly string[] =>
  typeof value === 'string' ? [value] : value;

export function draft(type: StatementType, said: Said): Draft {
  const {
    status = 'happened',
    phase,
    part,
    at,
    towards,
    via,
    to,
    from,
    parties,
    people,
    figures,
    date,
    by,
  } = said;
  const words =
    said.words ??
    [by, 'says', ...list(to), type, status, phase, ...list(from), 'at', ...list(at), people?.text].join(' ');
  return {
    type,
    status,
    ...(phase && { phase }),
    ...(part && { part }),
    places: list(at).map(place),
    ...(towards && { toPlaces: towards.map(place) }),
    ...(via && { viaPlaces: via.map(place) }),
    ...(to && { to: to.map(actor) }),
    ...(from && { from: from.map(actor) }),
    ...(parties && { parties: parties.map(actor) }),
    ...(people && { people }),
    ...(figures && { figures }),
    ...(date !== undefined && {
      date,
      datePrecision:
        date.length > 7 ? ('day' as const) : date.length > 4 ? ('month' as const) : ('year' as const),
    }),
    ...(by !== undefined && { by: actor(by) }),
    confidence: said.confidence ?? 0.9,
    rule: 'test',
    words,
  };
}

type Maker = (at: string | readonly string[], said?: Said) => Draft;
const maker =
  (type: StatementType, fixed: Said = {}): Maker =>
  (at, said = {}) =>
    draft(type, { ...fixed, ...said, at });

/** `took('sdf', 'baghuz', { by: 'sdf', date: '2018-05-20' })` */
export const took = (who: string, at: string | readonly string[], said: Said = {}): Draft =>
  draft('control', { ...said, to: [who], at });
export const holds = (who: string, at: string | readonly string[], said: Said = {}): Draft =>
  draft('held', { status: 'ongoing', ...said, to: [who], at });
export const advanced = (who: string, at: string, said: Said = {}): Draft =>
  draft('advance', { ...said, to: [who], at });
export const lost = (who: string, at: string, said: Said = {}): Draft =>
  draft('control', { ...said, from: [who], at });
export const evacuated = maker('evacuation');
export const withdrew = (who: string, at: string, said: Said = {}): Draft =>
  draft('withdrawal', { ...said, from: [who], at });
export const fled = maker('displacement');
export const returned = maker('return');
export const deal = maker('agreement', { phase: 'reached' });
export const truce = maker('agreement', { phase: 'in_force', status: 'ongoing' });
export const besieged = maker('siege', { status: 'ongoing', phase: 'standing' });
export const aid = maker('aid_access');

export const count = (
  low: number | undefined,
  unit: string,
  text: string,
  high: number | undefined = low,
): Figure => ({
  ...(low !== undefined && { low }),
  ...(high !== undefined && { high }),
  unit,
  text,
});

export interface Told {
  readonly report: Report;
  readonly source: Source;
  readonly statements: readonly StoredStatement[];
}

export interface ReportOptions {
  readonly id?: string;
  readonly outlet?: string;
  readonly alignment?: string;
  readonly url?: string;
  /** The whole text, when how alike texts are matters; every statement's words must be in it. */
  readonly body?: string;
  readonly hour?: string;
}

let number = 0;

/** A report of a day with what it states. Texts differ from each other unless `body` is given. */
export function report(day: string, statements: readonly Draft[], options: ReportOptions = {}): Told {
  number += 1;
  const id = options.id ?? `r${number}`;
  const outlet = options.outlet ?? 'Sample Wire';
  const filler = Array.from({ length: 60 }, (_, i) => `${id}x${i}`).join(' ');
  const body = options.body ?? [...statements.map(({ words }) => `${words}.`), filler].join(' ');
  const slug = outlet.toLowerCase().replace(/\W+/g, '-');
  const published = instant(`${day}T${options.hour ?? '12'}:00:00Z`);
  return {
    report: {
      id: reportId(id),
      source: sourceId(slug),
      outlet,
      ...(options.url !== undefined && { url: options.url }),
      body,
      language: 'en',
      published,
      accepted: published,
    },
    source: {
      id: sourceId(slug),
      kind: 'inbox',
      name: outlet,
      reliability: 'C',
      alignment: options.alignment === undefined ? 'unknown' : actorId(options.alignment),
    },
    statements: statements.map(({ words, ...rest }, i) => {
      const start = body.indexOf(words);
      return {
        ...rest,
        id: statementId(`${id}.${i}`),
        report: reportId(id),
        span: [start, start + words.length],
      };
    }),
  };
}
