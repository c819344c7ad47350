import type { Assessment } from '../../src/assess/types.ts';
import type { ControlEntry } from '../../src/model/control.ts';
import {
  deliveryId,
  destinationId,
  factId,
  incidentId,
  placeId,
  reportId,
  sourceId,
  statementId,
  updateId,
  type DestinationId,
  type ReportId,
} from '../../src/model/ids.ts';
import type { Claim, Fact, Incident, Update } from '../../src/model/incident.ts';
import type { Message } from '../../src/model/message.ts';
import { placeKeyOf, type PlaceRef } from '../../src/model/place.ts';
import type { Source } from '../../src/model/report.ts';
import type { Statement } from '../../src/model/statement.ts';
import type { Destination, NewThreadDelivery } from '../../src/model/telling.ts';
import { day, instant, type Clock, type Instant } from '../../src/model/time.ts';
import type { NewReport } from '../../src/store/accept.ts';
import type { Judging } from '../../src/store/judge.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { freshDatabase } from '../support/postgres.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A clock that stands until it is moved. */
export class TestClock {
  #now: Instant;
  constructor(now: string) {
    this.#now = instant(now);
  }
  readonly read: Clock = () => this.#now;
  set(now: string): Instant {
    return (this.#now = instant(now));
  }
  get now(): Instant {
    return this.#now;
  }
}

const source: Source = {
  id: sourceId('sample-wire'),
  kind: 'feed',
  name: 'Sample Wire',
  reliability: 'C',
  alignment: 'unknown',
};

export interface Opened {
  readonly store: Store;
  readonly clock: TestClock;
  readonly connectionString: string;
}

export async function openFresh(): Promise<Opened> {
  const { connectionString } = await freshDatabase();
  const clock = new TestClock('2018-05-20T06:00:00Z');
  return { store: await openAgain(connectionString, clock), clock, connectionString };
}

/** A second process, as far as the database can tell. */
export const openAgain = (connectionString: string, clock: TestClock): Promise<Store> =>
  openStore({
    connectionString,
    clock: clock.read,
    log: silent,
    sources: { all: () => [source], get: () => source },
  });

export const newReport = (name: string, more: Partial<NewReport> = {}): NewReport => ({
  report: {
    id: reportId(`r_${name}`),
    source: source.id,
    outlet: source.name,
    body: `The text of report ${name}.`,
    language: 'en',
    published: instant('2018-05-20T05:00:00Z'),
  },
  fingerprint: `text of ${name}`,
  bands: [`band ${name}`],
  shingles: [1, 2 ** 32 - 1],
  ...more,
});

export const statement = (more: Partial<Statement> = {}): Statement => ({
  type: 'control',
  status: 'happened',
  places: [{ text: 'Sampleville', start: 0, end: 11, precision: 1 }],
  span: [0, 8],
  confidence: 0.9,
  rule: 'test.rule',
  ...more,
});

export const placeRef = (id: string, ...within: readonly string[]): PlaceRef => ({
  key: placeKeyOf(placeId(id)),
  id: placeId(id),
  name: id,
  within: within.map(placeId),
});

export const claimOf = (report: ReportId, ordinal = 0): Claim => ({
  statement: statementId(`${report}.${ordinal}`),
  report,
  outlet: source.name,
  origin: { key: source.name, name: source.name, kind: 'outlet', reliability: 'C' },
  stance: 'says',
  figures: [],
  at: instant('2018-05-20T05:00:00Z'),
});

export function incidentOf(name: string, report: ReportId, more: Partial<Incident> = {}): Incident {
  const fact: Fact = {
    id: factId(`f_${name}`),
    type: 'control',
    status: 'happened',
    part: false,
    places: [placeRef('town', 'district', 'governorate', 'country')],
    toPlaces: [],
    viaPlaces: [],
    to: [{ text: 'the Reds' }],
    from: [{ text: 'the Blues' }],
    parties: [],
    standing: 'reported',
    why: { key: 'standing.reported', values: { origins: 1 } },
    claims: [claimOf(report)],
  };
  return {
    id: incidentId(`i_${name}`),
    family: 'ground',
    state: 'open',
    revision: 1,
    opened: instant('2018-05-20T05:00:00Z'),
    lastActivity: instant('2018-05-20T05:00:00Z'),
    facts: [fact],
    accounts: [],
    maybeSame: [],
    ...more,
  };
}

export const updateOf = (incident: Incident, report: ReportId): Update => ({
  id: updateId(`u_${incident.id}_${incident.revision}`),
  incident: incident.id,
  revision: incident.revision,
  report,
  at: incident.lastActivity,
  kinds: [incident.revision === 1 ? 'opened' : 'progressed'],
  changes: incident.facts.slice(0, 1).map((fact) => ({ kind: 'new_fact', fact: fact.id })),
  broadcast: false,
  reason: { key: 'update.opened', values: {} },
});

export const message = (headline: string): Message => ({
  headline,
  tone: 'alert',
  blocks: [{ kind: 'paragraph', line: [{ kind: 'untrusted', text: headline }] }],
});

export const deliveryOf = (
  update: Update,
  destination: DestinationId,
  op: NewThreadDelivery['op'] = 'post_root',
): NewThreadDelivery => ({
  id: deliveryId(`d_${update.id}_${destination}_${op}`),
  update: update.id,
  incident: update.incident,
  destination,
  op,
  revision: update.revision,
  broadcast: false,
  message: message(`revision ${update.revision}`),
});

export const channel = (name: string): Destination => ({
  id: destinationId(name),
  platform: 'desk',
  workspace: 'local',
  channel: name,
  name: `#${name}`,
});

export const entryOf = (
  id: string,
  place: PlaceRef,
  recorded: Instant,
  more: Partial<ControlEntry> = {},
): ControlEntry => ({
  id,
  place,
  holders: [{ text: 'the Reds' }],
  part: false,
  standing: 'reported',
  why: { key: 'standing.reported', values: {} },
  validFrom: day('2018-05-20'),
  since: 'stated',
  lastConfirmed: day('2018-05-20'),
  claims: [],
  statements: [],
  recordedFrom: recorded,
  ...more,
});

export const nothing: Assessment = {
  incidents: [],
  updates: [],
  ledger: { close: [], open: [] },
  decisions: [],
};

/** Judging that decides as it is told. */
export const judging = (decide: Judging['decide'], more: Partial<Judging> = {}): Judging => ({
  blocksOf: () => [],
  ledgerPlacesOf: () => [],
  gather: (replies) => replies.at(-1)!,
  maxTries: 3,
  retryMs: 0,
  retract: () => Promise.reject(new Error('nothing is taken back here')),
  rule: () => Promise.reject(new Error('nothing is decided here')),
  decide,
  ...more,
});

/** Accepts, reads and judges one report, which has this effect. */
export async function judged(store: Store, name: string, effect: Judging['decide']): Promise<ReportId> {
  const { report } = await store.accept(newReport(name));
  await store.commitRead(report, [statement()], 'test');
  const outcome = await store.judgeNext(judging(effect));
  if (outcome.kind === 'failed') throw outcome.error;
  return report;
}
