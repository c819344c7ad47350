import { incidentWith } from './incident.ts';
import type { Assessment } from '../../src/assess/types.ts';
import type { ControlEntry } from '../../src/model/control.ts';
import { actorId, placeId, reportId, sourceId, statementId } from '../../src/model/ids.ts';
import type { Claim } from '../../src/model/incident.ts';
import { placeKey, placeKeyOf, type PlaceRef } from '../../src/model/place.ts';
import type { Report } from '../../src/model/report.ts';
import type { Statement } from '../../src/model/statement.ts';
import { day, instant } from '../../src/model/time.ts';
import type { Store } from '../../src/store/store.ts';
import { PLACES } from './places.ts';

const refOf = (id: string): PlaceRef => {
  const place = PLACES.find((each) => each.id === id)!;
  return {
    key: placeKeyOf(place.id),
    id: place.id,
    name: place.name,
    kind: place.kind,
    within: place.within,
  };
};

const within = [placeId('sy-dez'), placeId('sy')];
/** A hamlet that no gazetteer has. */
const provisional: PlaceRef = {
  key: placeKey({ text: 'Tell Sample', within: placeId('sy-dez') }),
  name: 'Tell Sample',
  within,
};

const LINES = [
  'Fighters of the SDF say that since Sunday they have held Baghuz, a village on the border.',
  'A monitoring group says that Hajin and Tell Sample are still in the hands of ISIS.',
  'Nobody could be reached in the village; عائلات كثيرة left it weeks ago.',
];

export const report: Omit<Report, 'accepted'> = {
  id: reportId('r_known'),
  source: sourceId('sample-wire'),
  outlet: 'Sample Wire',
  url: 'https://wire.example/border',
  title: 'SDF says it holds a border village',
  body: LINES.join('\n\n'),
  language: 'en',
  published: instant('2018-05-20T06:00:00Z'),
};

const spanOf = (line: number): readonly [number, number] => {
  const start = report.body.indexOf(LINES[line]!);
  return [start, start + LINES[line]!.length];
};

const statement = (type: Statement['type'], line: number): Statement => ({
  type,
  status: type === 'held' ? 'ongoing' : 'happened',
  places: [],
  span: spanOf(line),
  confidence: 0.9,
  rule: `sample.${type}`,
});
const statements: readonly Statement[] = [statement('control', 0), statement('held', 1)];

const SDF = { text: 'SDF', id: actorId('sdf') };
const ISIS = { text: 'ISIS', id: actorId('isis') };

const claimOf = (ordinal: number, name: string, stance: Claim['stance']): Claim => ({
  statement: statementId(`${report.id}.${ordinal}`),
  report: report.id,
  outlet: report.outlet,
  origin: { key: name.toLowerCase(), name, kind: 'speaker', reliability: 'C' },
  stance,
  figures: [],
  at: report.published,
});

const bySdf = claimOf(0, 'SDF', 'gains');
const byMonitor = claimOf(1, 'a monitoring group', 'says');

type Held = Pick<ControlEntry, 'holders' | 'standing' | 'since'>;

const entry = (place: PlaceRef, more: Held, claim: Claim): ControlEntry => ({
  id: `c_${place.key}`,
  place,
  part: false,
  why: { key: `standing.${more.standing}`, values: { origins: claim.origin.name } },
  validFrom: day('2018-05-20'),
  lastConfirmed: day('2018-05-20'),
  claims: [
    {
      ...claim,
      what: more.since === 'stated' ? 'took' : 'holds',
      day: day('2018-05-20'),
      holders: more.holders,
      losers: [],
      part: false,
    },
  ],
  statements: [claim.statement],
  recordedFrom: instant('2018-05-20T06:05:00Z'),
  ...more,
});

const heldByIsis = { holders: [ISIS], standing: 'reported', since: 'seen' } as const;
const ledger: readonly ControlEntry[] = [
  entry(refOf('sy-baghuz'), { holders: [SDF], standing: 'claimed', since: 'stated' }, bySdf),
  entry(refOf('sy-hajin'), heldByIsis, byMonitor),
  entry(provisional, heldByIsis, byMonitor),
];

const incident = incidentWith({
  id: 'i_baghuz',
  at: report.published,
  facts: [
    { type: 'control', place: refOf('sy-baghuz'), to: SDF, from: ISIS, standing: 'claimed', claim: bySdf },
    { type: 'held', place: refOf('sy-hajin'), to: ISIS, standing: 'reported', claim: byMonitor },
  ],
});

const assessment: Assessment = {
  incidents: [{ incident, blocks: [] }],
  updates: [
    {
      id: 'u_opened',
      incident: incident.id,
      revision: 1,
      report: report.id,
      at: report.published,
      kinds: ['opened'],
      changes: [{ kind: 'new_fact', fact: incident.facts[0]!.id }],
      broadcast: false,
      reason: { key: 'update.opened', values: {} },
    } as unknown as Assessment['updates'][number],
  ],
  ledger: { close: [], open: ledger },
  decisions: [
    {
      statement: bySdf.statement,
      incident: incident.id,
      reason: { key: 'match.open', values: { place: 'Baghuz' } },
    },
  ],
};

/** Puts the report, what it states and what follows from it into the store, in the way that every report goes. */
export async function seedKnown(store: Store): Promise<void> {
  await store.accept({ report, fingerprint: 'known', bands: [], shingles: [] });
  await store.commitRead(report.id, statements, 'test');
  const outcome = await store.judgeNext({
    blocksOf: () => [],
    ledgerPlacesOf: () => [],
    gather: ([first]) => first!,
    retract: () => Promise.reject(new Error('nothing is taken back here')),
    rule: () => Promise.reject(new Error('nothing is decided here')),
    decide: () => Promise.resolve({ assessment, deliveries: [] }),
    maxTries: 1,
    retryMs: 0,
  });
  if (outcome.kind !== 'judged') throw new Error(`the sample was not judged: ${JSON.stringify(outcome)}`);
}
