import { incidentBlocks } from '../blocks.ts';
import { ledgerChange } from '../ledger/rows.ts';
import type { Assessment, Knowledge } from '../types.ts';
import type { RetractionSnapshot } from './types.ts';
import { correctedUpdate } from './update.ts';
import { withdrawnFrom } from './withdraw.ts';

/**
 * Takes a report back: its claims and those of its copies go, and incidents and ledger are what the others make of them.
 * Pure and deterministic; over a snapshot in which nothing stands on the report it changes nothing.
 */
export function retract({ withdrawal, report, now }: RetractionSnapshot, knowledge: Knowledge): Assessment {
  const { correction, reports, incidents, moved, ledger } = withdrawal;
  const corrected = incidents.map((before) => {
    const after = withdrawnFrom(before, before.facts, reports, knowledge);
    return correctedUpdate({ before, after, moved: moved.has(before.id) }, correction, report, knowledge);
  });
  return {
    correction,
    incidents: corrected.map(({ incident }) => ({ incident, blocks: incidentBlocks(incident, knowledge) })),
    updates: corrected.flatMap(({ update }) => update ?? []),
    ledger: ledgerChange([], ledger, knowledge.actors, now, reports),
    decisions: [],
  };
}
