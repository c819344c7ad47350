import type { ControlClaim, ControlEntry } from '../model/control.ts';
import type { Incident } from '../model/incident.ts';
import { daysBetween } from '../model/time.ts';
import { compared, isMixed } from './sides.ts';
import { JOIN, likeness } from './link.ts';
import type { Knowledge } from './types.ts';
import { unitsIn, type Unit } from './unit.ts';

/** Two days given for one capture rarely differ by more; further apart it may have been lost in between. */
const SAME_TAKE_DAYS = 2;
/** An attack or a siege so long before the place was taken was another fight than that for it. */
const FIGHT_DAYS = 7;
/** A holder that was seen so long ago is not known to hold the place still. */
const SEEN_DAYS = 60;
/** What is told as taken once more so long after is no other word on the first time. */
const ANEW_DAYS = 3;

const claimsOn = (unit: Unit, ledger: readonly ControlEntry[]): readonly ControlClaim[] =>
  ledger
    .filter(({ place }) => unit.places.some(({ key }) => key === place.key))
    .flatMap(({ claims }) => claims)
    .filter(({ stance }) => stance !== 'denies');

/** The place changed hands after what the unit tells: it is history by now. */
export function isOvertaken(unit: Unit, ledger: readonly ControlEntry[], { actors }: Knowledge): boolean {
  if (unit.family !== 'ground' || unit.status === 'denied') return false;
  return claimsOn(unit, ledger).some((claim) => {
    if (claim.what !== 'took') return false;
    const later = daysBetween(unit.day, claim.day);
    if (unit.type !== 'control') return !claim.part && later > FIGHT_DAYS;
    const side = compared(claim.holders, unit.to, actors);
    return later > (side === 'different' ? 0 : SAME_TAKE_DAYS);
  });
}

/**
 * Had its holder lost it again by then? By the words of who tells that he took it, or as he was seen there last so long ago.
 * That he took it, told without a day, may be the old story.
 */
const wasLostSince = (
  { since, validFrom, lastConfirmed }: ControlEntry,
  { anew, exact, day }: Unit,
): boolean =>
  (exact && anew === true && daysBetween(validFrom, day) > ANEW_DAYS) ||
  ((exact || since === 'seen') && daysBetween(lastConfirmed, day) > SEEN_DAYS);

/**
 * The ledger has that side as the place's undisputed holder already: that it took the place is told as no news. By whom a
 * disputed place was taken is what its readers wait for.
 */
export function isKnown(unit: Unit, ledger: readonly ControlEntry[], { actors }: Knowledge): boolean {
  const { type, status, to, day } = unit;
  if (type !== 'control' || status === 'denied' || status === 'failed') return false;
  return ledger.some(
    (entry) =>
      unit.places.some(({ key }) => key === entry.place.key) &&
      !entry.part &&
      entry.standing !== 'contested' &&
      // Who held it with another and takes it holds it alone.
      !isMixed(entry.holders, actors) &&
      entry.validFrom <= day &&
      (entry.validTo === undefined || entry.validTo > day) &&
      compared(entry.holders, to, actors) === 'same' &&
      !wasLostSince(entry, unit),
  );
}

const asNews = ({ past: _, ...unit }: Unit): Unit => unit;

/** One of the incidents was told of it, as news in its time or as learned about the past. */
export const wasHeardOf = (unit: Unit, incidents: readonly Incident[], knowledge: Knowledge): boolean =>
  incidents.some(
    (incident) =>
      incident.revision > 0 &&
      unitsIn(incident).some((other) => likeness(asNews(unit), asNews(other), knowledge) >= JOIN),
  );
