import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadConfig } from '../../src/config/load.ts';
import { extract, type Knowledge as Reader } from '../../src/extract/extract.ts';
import { actorId, reportId, sourceId, statementId, type StatementId } from '../../src/model/ids.ts';
import type { Incident } from '../../src/model/incident.ts';
import type { Source } from '../../src/model/report.ts';
import { day, instant } from '../../src/model/time.ts';
import { begun, datedClause } from '../../src/render/clause.ts';
import { plain, sayReason } from '../../src/render/strings.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';
import type { Told } from './statements.ts';
import { strings, type Outcome, type Subscribed, type World } from './world.ts';

const words = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

const reportSchema = z.strictObject({
  /** `2018-05-01 12:00`, UTC. */
  at: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/),
  outlet: z.string(),
  text: z.string(),
  /** Updates in order, `kinds: words that the text told must have`; none: it is told to nobody. */
  tells: z.array(z.record(z.string(), words)),
  /** Likewise what is newly learned about the past, which only the channel hears that asks for it. */
  learns: z.array(z.record(z.string(), words)).default([]),
  /** The channels that get something, beside `all`. */
  channels: z.array(z.string()).optional(),
  /** Words that nothing told of this report may have. */
  never: words.optional(),
});

/** A person's decision after so many reports. Happenings are named by the number of a report that tells of them. */
const decisionSchema = z.strictObject({
  after: z.int().positive(),
  merge: z.tuple([z.int().positive(), z.int().positive()]).optional(),
  /** The report that is set apart. */
  split: z.int().positive().optional(),
  /** The report that is taken back. */
  retract: z.int().positive().optional(),
  because: z.string().default(''),
  tells: z.array(z.record(z.string(), words)),
});

/** An outlet as config/sources.yaml would have it. */
const sourceSchema = z.strictObject({
  name: z.string(),
  alignment: z.string(),
  former: z.array(z.strictObject({ until: z.string(), alignment: z.string() })).default([]),
});

const scenarioSchema = z.strictObject({
  title: z.string(),
  sources: z.array(sourceSchema).default([]),
  reports: z.array(reportSchema).min(1),
  decisions: z.array(decisionSchema).default([]),
  /** Channels beside `all`, by the place that they watch. */
  channels: z.record(z.string(), z.string()).default({}),
  /** What is known in the end: each incident's facts with their standing. Only what was told as news is listed. */
  incidents: z.array(z.array(z.string())),
  /** Rows that are believed in the end, by place: `holders standing from–to (last confirmed)`. */
  ledger: z.record(z.string(), z.array(z.string())).default({}),
  /** What /status says at the end of the last report's day, by place: words that must be in it. */
  status: z.record(z.string(), words).default({}),
  /** Sentences of how the incidents' facts stand, which must be among those in the end. */
  why: z.array(z.string()).default([]),
});

/** Reports in, what is told and known out: one document of a file of `test/assess/scenarios`. */
export type Scenario = z.output<typeof scenarioSchema>;

/** @throws when a file has a key or a form that scenarios do not have */
export function readScenarios(folder: string): readonly (Scenario & { readonly file: string })[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      const all = parse(readFileSync(join(folder, file), 'utf8')) as unknown[];
      return all.map((one) => ({ ...scenarioSchema.parse(one), file }));
    });
}

/** The reports of a scenario as they are accepted and read: by the shipped lexicons, gazetteer and sources. */
export function readReports(scenario: Scenario, reader: Reader, root: string): readonly Told[] {
  const listed = scenario.sources.map(({ name, alignment, former }): Source => ({
    id: sourceId(name.toLowerCase().replaceAll(' ', '-')),
    kind: 'outlet',
    name,
    reliability: 'F',
    alignment: actorId(alignment),
    former: former.map(({ until, alignment: side }) => ({ until: day(until), alignment: actorId(side) })),
  }));
  const book = sourceBook([...loadConfig({ root, env: {} }).sources, ...listed]);
  return scenario.reports.map(({ at, outlet, text }, i) => {
    const published = instant(`${at.replace(' ', 'T')}:00Z`);
    const id = reportId(`r${i}`);
    const { source, outlet: name } = book.resolve({ name: outlet }, 'inbox');
    const report = { id, source: source.id, outlet: name, body: text.trim(), language: 'en', published };
    const found = extract(report, reader);
    return {
      report: { ...report, accepted: published },
      source,
      statements: found.map((one, n) => ({ ...one, id: statementId(`${id}.${n}`), report: id })),
    };
  });
}

const statementsOf = (report: number, { facts }: Incident): readonly StatementId[] =>
  facts
    .flatMap(({ claims }) => claims.map(({ statement }) => statement))
    .filter((statement) => statement.startsWith(`r${report - 1}.`));

function toldBy(report: number, world: World): Incident {
  const found = [...world.incidents.values()].filter(
    (incident) => !incident.mergedInto && statementsOf(report, incident).length > 0,
  );
  if (found.length !== 1) throw new Error(`Report ${report} tells of ${found.length} happenings.`);
  return found[0]!;
}

/** Carries out a decision as the commands do. */
export function decide(decision: Scenario['decisions'][number], world: World): Outcome {
  const { merge, split, retract, because } = decision;
  if (retract !== undefined) return world.retract(reportId(`r${retract - 1}`), because);
  if (merge) {
    const [incident, other] = [toldBy(merge[0], world), toldBy(merge[1], world)];
    return world.rule({ kind: 'same', incident: incident.id, other: other.id, statements: [] }, because);
  }
  if (split === undefined) throw new Error('A decision is to `merge`, to `split` or to `retract`.');
  const incident = toldBy(split, world);
  const statements = statementsOf(split, incident);
  return world.rule({ kind: 'apart', incident: incident.id, statements }, because);
}

const sayings = ({ facts }: Incident, world: World): readonly string[] =>
  facts.map((fact) => `${plain(begun(datedClause(fact, world.context)), strings)}: ${fact.standing}`).sort();

const byWords = (a: readonly string[], b: readonly string[]): number => (a.join() < b.join() ? -1 : 1);

/** All that is known, in plain words and in an order of its own. */
export function stateOf(world: World) {
  const incidents = [...world.incidents.values()].filter(
    ({ facts, mergedInto }) => mergedInto === undefined && facts.length > 0,
  );
  const facts = (some: readonly Incident[]): readonly (readonly string[])[] =>
    some.map((incident) => sayings(incident, world)).sort(byWords);
  const places = new Set(world.rows.map(({ place }) => place.key));
  return {
    incidents: {
      all: facts(incidents),
      told: facts(incidents.filter(({ revision, past }) => revision > 0 && !past)),
    },
    ledger: [...places].sort().map((place) => [place, world.ledger(place)] as const),
    reasons: incidents.flatMap((incident) =>
      incident.facts.map(({ why }) => plain(sayReason(why, strings), strings)),
    ),
  };
}

/** The channel that watches everything, and one that asks for the past as well. */
const ALL = 'all';
const PAST = 'past';
export const EVERYWHERE: readonly Subscribed[] = [
  { channel: ALL },
  { channel: PAST, filters: { past: true } },
];
export const isElsewhere = (channel: string): boolean => channel !== ALL && channel !== PAST;

const tellingsIn = (
  channel: string,
  { assessment, alerts, texts }: Outcome,
  ofPast: boolean,
): readonly (readonly [string, string])[] =>
  alerts.flatMap((alert, i) => {
    const update = assessment.updates.find(({ id }) => id === alert.update);
    const changed = assessment.incidents.find(({ incident }) => incident.id === alert.incident)?.incident;
    return alert.destination === channel && update && (!ofPast || changed?.past)
      ? [[update.kinds.join('+'), texts[i] ?? ''] as const]
      : [];
  });

/** What was told of one report in the channel that watches everything: `kinds`, and the text. */
export const tellings = (outcome: Outcome) => tellingsIn(ALL, outcome, false);
/** What was told as newly learned about the past where that is asked for. */
export const learnings = (outcome: Outcome) => tellingsIn(PAST, outcome, true);
