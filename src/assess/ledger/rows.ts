import type { ActorIndex } from '../../model/actor.ts';
import type { ControlClaim, ControlEntry } from '../../model/control.ts';
import type { PlaceRef } from '../../model/place.ts';
import { daysBetween, type Instant } from '../../model/time.ts';
import { claimsLeft, type TakenBack } from '../correct/left.ts';
import { idOf, slug } from '../id.ts';
import { names, reason } from '../reasons.ts';
import { isMixed, overlap } from '../sides.ts';
import { standingOf } from '../standing.ts';
import { fold, inOrder, lastSaid, type Stretch } from './fold.ts';
import type { Sighting } from './observe.ts';
import { windowOf } from './window.ts';

/** More claims on a row than this are thinned: the row is written anew with every claim. */
const MAX_CLAIMS = 64;

const claimKey = ({ statement, what, stance }: ControlClaim): string => `${statement}|${what}|${stance}`;

/** Each origin's first and last word of each sort are what a long row is worked out from. */
function thinned(claims: readonly ControlClaim[]): readonly ControlClaim[] {
  if (claims.length <= MAX_CLAIMS) return claims;
  const sort = (claim: ControlClaim): string => `${claim.origin.key}|${claim.what}|${claim.stance}`;
  const last = new Map(claims.map((claim) => [sort(claim), claim]));
  const first = new Map([...claims].reverse().map((claim) => [sort(claim), claim]));
  const kept = new Set([...first.values(), ...last.values()]);
  return claims.filter((claim) => kept.has(claim));
}

const LASTING = '9999-12-31';
const meet = (a: Stretch, b: Stretch): boolean => a.from < (b.to ?? LASTING) && b.from < (a.to ?? LASTING);

/** Days within which a side that says it left a place speaks of what the other side says it took. */
const HANDOVER_DAYS = 1;

/** Days within which a side admits that it lost a place, where it does not say when that was. */
const ADMITTED_DAYS = 7;

/** The losers' own word that they left when it was taken. */
function admits({ what, stance, day, exact, atLatest }: ControlClaim, { since, from }: Stretch): boolean {
  if (what !== 'left' || stance !== 'admits' || since !== 'stated') return false;
  const after = daysBetween(from, day);
  const latest = exact === false || atLatest === true;
  return after >= -HANDOVER_DAYS && after <= (latest ? ADMITTED_DAYS : HANDOVER_DAYS);
}

/** The stretch with the word of those who left the day before it began: that nobody held the place overnight is no news. */
function withAdmissions(stretch: Stretch, around: readonly ControlClaim[], actors: ActorIndex): Stretch {
  const said = new Set(stretch.claims.map(claimKey));
  const more = around.filter(
    (claim) =>
      !said.has(claimKey(claim)) &&
      stretch.holders.length > 0 &&
      claim.day < (stretch.to ?? LASTING) &&
      admits(claim, stretch) &&
      !overlap(claim.losers, stretch.holders, actors),
  );
  return more.length === 0 ? stretch : { ...stretch, claims: [...stretch.claims, ...more] };
}

/** How sure the stretch is: by what is said of its holders; a part of another's account does not count. */
function standing(
  stretch: Stretch,
  all: readonly Stretch[],
  actors: ActorIndex,
): Pick<ControlEntry, 'standing' | 'why'> {
  const own = stretch.claims.filter(
    (claim) =>
      stretch.holders.length === 0 ||
      overlap(claim.holders, stretch.holders, actors) ||
      admits(claim, stretch),
  );
  if (!stretch.disputed) return standingOf(own);
  const rival = all.find((other) => other !== stretch && other.disputed && meet(other, stretch));
  const origins = (claims: readonly ControlClaim[]): string => names(claims.map(({ origin }) => origin.name));
  const others = rival?.claims.filter((claim) => overlap(claim.holders, rival.holders, actors)) ?? [];
  return {
    standing: 'contested',
    why: reason('standing.conflict', {
      origins: origins(own),
      others: origins(others),
      holders: names((rival?.holders ?? []).map((actor) => actor.name ?? actor.text)),
    }),
  };
}

function row(
  place: PlaceRef,
  stretch: Stretch,
  all: readonly Stretch[],
  actors: ActorIndex,
  recordedFrom: Instant,
): ControlEntry {
  const claims = thinned([...stretch.claims].sort(inOrder));
  const { standing: sure, why } = standing(stretch, all, actors);
  const mixed = isMixed(stretch.holders, actors);
  const agreed = mixed && claims.some((claim) => claim.agreed && isMixed(claim.holders, actors));
  const holders = stretch.holders.map((actor) => actor.id ?? slug(actor.text)).sort();
  return {
    id: idOf('c', [
      place.key,
      stretch.from,
      stretch.to ?? '',
      holders.join(),
      String(stretch.part),
      sure,
      JSON.stringify(why),
      claims.map(claimKey).join(),
    ]),
    place,
    holders: stretch.holders,
    part: stretch.part,
    ...(agreed && { agreed }),
    standing: sure,
    why,
    validFrom: stretch.from,
    since: stretch.since,
    ...(stretch.to !== undefined && { validTo: stretch.to }),
    lastConfirmed: lastSaid(stretch, actors),
    claims,
    statements: [...new Set(claims.map(({ statement }) => statement))],
    recordedFrom,
  };
}

export interface LedgerChange {
  readonly close: readonly { readonly id: string; readonly recordedTo: Instant }[];
  readonly open: readonly ControlEntry[];
}

/** Of one place: the rows that are believed no longer, and those that take their place. Rows that stay as they are stay. */
function refold(
  place: PlaceRef,
  fresh: readonly ControlClaim[],
  all: readonly ControlEntry[],
  actors: ActorIndex,
  now: Instant,
  taken: TakenBack,
): LedgerChange {
  const heard = new Set(
    claimsLeft(
      all.flatMap(({ claims }) => claims),
      taken,
    ).map(claimKey),
  );
  const news = fresh.filter((claim) => !heard.has(claimKey(claim)));
  // What is taken back may lie anywhere.
  const { rows: believed, before } = taken.size > 0 ? { rows: all, before: [] } : windowOf(all, news);
  const claims = believed.flatMap((entry) => entry.claims);
  const kept = claimsLeft(claims, taken);
  if (news.length === 0 && kept.length === claims.length) return { close: [], open: [] };
  const known = new Map(kept.map((claim) => [claimKey(claim), claim]));
  const folded = fold([...known.values(), ...news], actors, before);
  const around = [...before, ...folded.flatMap((stretch) => stretch.claims)];
  const stretches = folded.map((stretch) => withAdmissions(stretch, around, actors));
  const rows = stretches.map((stretch) => row(place, stretch, stretches, actors, now));
  const ids = new Set(rows.map(({ id }) => id));
  const stood = new Set(believed.map(({ id }) => id));
  return {
    close: believed.filter(({ id }) => !ids.has(id)).map(({ id }) => ({ id, recordedTo: now })),
    open: rows.filter(({ id }) => !stood.has(id)),
  };
}

const NOTHING: TakenBack = new Set();

/**
 * What the sightings of one report change in the ledger. `ledger`: the believed rows of their places, past ones included.
 * `taken`: what is taken back, so that its claims on the rows count no longer.
 */
export function ledgerChange(
  sightings: readonly Sighting[],
  ledger: readonly ControlEntry[],
  actors: ActorIndex,
  now: Instant,
  taken: TakenBack = NOTHING,
): LedgerChange {
  const affected = ledger.filter(({ claims }) => claims.some(({ report }) => taken.has(report)));
  const places = new Map([...affected, ...sightings].map(({ place }) => [place.key, place]));
  const changes = [...places.values()].map((place) =>
    refold(
      place,
      sightings.filter((one) => one.place.key === place.key).map(({ claim }) => claim),
      ledger.filter((entry) => entry.place.key === place.key && entry.recordedTo === undefined),
      actors,
      now,
      taken,
    ),
  );
  return { close: changes.flatMap(({ close }) => close), open: changes.flatMap(({ open }) => open) };
}
