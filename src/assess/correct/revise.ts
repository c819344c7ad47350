import type { ControlEntry } from '../../model/control.ts';
import type { IncidentId } from '../../model/ids.ts';
import type { Incident, Update } from '../../model/incident.ts';
import { incidentBlocks } from '../blocks.ts';
import { ledgerChange, type LedgerChange } from '../ledger/rows.ts';
import { closest } from '../relation.ts';
import type { Assessment, Knowledge, Snapshot } from '../types.ts';
import type { Withdrawal } from './types.ts';
import { correctedUpdate } from './update.ts';
import { withdrawnFrom } from './withdraw.ts';

/** The believed rows as a change leaves them. */
function after(ledger: readonly ControlEntry[], { close, open }: LedgerChange): readonly ControlEntry[] {
  const closed = new Set(close.map(({ id }) => id));
  return [...ledger.filter(({ id }) => !closed.has(id)), ...open];
}

/** One change after another as one; a row that is closed and opened again stays. */
function both(first: LedgerChange, second: LedgerChange): LedgerChange {
  const closedLater = new Set(second.close.map(({ id }) => id));
  const openedFirst = new Set(first.open.map(({ id }) => id));
  const close = [...first.close, ...second.close.filter(({ id }) => !openedFirst.has(id))];
  const open = [...first.open.filter(({ id }) => !closedLater.has(id)), ...second.open];
  const again = new Set(open.map(({ id }) => id).filter((id) => close.some((row) => row.id === id)));
  return { close: close.filter(({ id }) => !again.has(id)), open: open.filter(({ id }) => !again.has(id)) };
}

const placesIn = ({ facts }: Incident) => facts.flatMap((fact) => [...fact.places, ...fact.toPlaces]);

/**
 * A text put right goes on in the thread of what it said before, even where that is another side, day or village: what the
 * later text opens takes the place of what lost its last word, near it, or alone of its kind. By the opened one's id.
 */
function successions(
  emptied: readonly Incident[],
  opened: readonly Incident[],
  { places }: Knowledge,
): ReadonlyMap<IncidentId, Incident> {
  const free = new Set(emptied);
  const found = new Map<IncidentId, Incident>();
  for (const one of opened) {
    const kin = [...free].filter(({ family, past }) => family === one.family && past === one.past);
    const near = kin.find((old) =>
      ['same', 'inside', 'neighbours', 'near'].includes(closest(placesIn(one), placesIn(old), places)),
    );
    const old = near ?? (kin.length === 1 && opened.length === 1 ? kin[0] : undefined);
    if (!old) continue;
    free.delete(old);
    found.set(one.id, old);
  }
  return found;
}

interface Result {
  readonly incident: Incident;
  readonly update?: Update;
}

type Revision = Snapshot & { readonly revises: Withdrawal };

/** What the later text leaves of one incident that the earlier one speaks of. `now`: with both texts in it. */
function revised(
  before: Incident,
  now: Incident,
  told: Update | undefined,
  { revises, report }: Revision,
  knowledge: Knowledge,
): Result {
  const { reports, moved, correction } = revises;
  const added = { ...now, revision: before.revision };
  const corrected = correctedUpdate(
    {
      before,
      after: withdrawnFrom(added, before.facts, reports, knowledge),
      moved: moved.has(before.id),
    },
    correction,
    report,
    knowledge,
  );
  const { incident, update } = corrected;
  // What the new text only adds is told as any report's news.
  const news = update && !update.correction && told;
  return news ? { incident, update: { ...update, broadcast: told.broadcast } } : corrected;
}

/** The happening that the later text opened, in the thread of the one that its earlier text had told. */
function succeeded(
  before: Incident,
  next: Incident,
  { revises, report }: Revision,
  knowledge: Knowledge,
): Result {
  const { moved, correction } = revises;
  const { id, revision, opened, maybeSame, withdrawn = [] } = before;
  const kept = { ...next, id, revision, opened, maybeSame, withdrawn: [...withdrawn, ...before.facts] };
  return correctedUpdate({ before, after: kept, moved: moved.has(id) }, correction, report, knowledge);
}

/**
 * Judges a publisher's later text: what the earlier one said goes, what it says now comes, and the difference is told. A
 * text that says what it said before tells nothing.
 * @param judge puts what the new text says into what is known, as for any report.
 */
export function revise(
  snapshot: Revision,
  knowledge: Knowledge,
  judge: (snapshot: Snapshot) => Assessment,
): Assessment {
  const { revises, ledger, now } = snapshot;
  const taken = ledgerChange([], ledger, knowledge.actors, now, revises.reports);
  const near = snapshot.near.filter((other) => !revises.reports.has(other.report));
  const fresh = judge({ ...snapshot, near, ledger: after(ledger, taken) });
  const changed = new Map(fresh.incidents.map(({ incident }) => [incident.id, incident]));
  const updateOf = (id: IncidentId): Update | undefined => fresh.updates.find((one) => one.incident === id);
  const old = revises.incidents.map((before) => {
    const mixed = changed.get(before.id) ?? before;
    return mixed.mergedInto === undefined
      ? { before, ...revised(before, mixed, updateOf(before.id), snapshot, knowledge) }
      : { before, incident: mixed, update: updateOf(before.id) };
  });
  const emptied = old.filter(({ incident }) => incident.facts.length === 0).map(({ before }) => before);
  const known = new Set([...snapshot.incidents, ...revises.incidents].map(({ id }) => id));
  const opened = [...changed.values()].filter(({ id }) => !known.has(id));
  const heirs = successions(emptied, opened, knowledge);
  const replaced = new Set([...heirs.values()].map(({ id }) => id));
  const results = [
    ...old.filter(({ before }) => !replaced.has(before.id)),
    ...[...changed.values()]
      .filter(({ id }) => !revises.incidents.some((one) => one.id === id))
      .map((incident) => {
        const before = heirs.get(incident.id);
        return before
          ? succeeded(before, incident, snapshot, knowledge)
          : { incident, update: updateOf(incident.id) };
      }),
  ];
  return {
    ...fresh,
    correction: revises.correction,
    incidents: results.map(({ incident }) => ({ incident, blocks: incidentBlocks(incident, knowledge) })),
    updates: results.flatMap(({ update }) => (update ? [update] : [])),
    ledger: both(taken, fresh.ledger),
    decisions: fresh.decisions.map((decision) => {
      const heir = decision.incident && heirs.get(decision.incident);
      return heir ? { ...decision, incident: heir.id } : decision;
    }),
  };
}
