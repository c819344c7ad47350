import type { Fact, Incident } from '../model/incident.ts';
import type { Line } from '../model/message.ts';
import type { PlaceKind, PlaceRef } from '../model/place.ts';
import type { Phase, StatementType, Status } from '../model/statement.ts';
import { actorNames, placeNames, type Wording } from './names.ts';
import { date, plain, say, type Strings } from './strings.ts';
import { unitName } from './figures.ts';

/** Wide areas: ground made there is made inside, not up to, them. */
const WIDE: ReadonlySet<PlaceKind> = new Set(['country', 'governorate', 'district', 'subdistrict', 'region']);

const isWide = (places: readonly PlaceRef[]): boolean =>
  places.every(({ kind }) => kind !== undefined && WIDE.has(kind));

function placesOf(fact: Fact, wording: Wording, places: readonly PlaceRef[] = fact.places): Line {
  if (places.length === 0) return say(wording.strings, 'root.place_withheld', {});
  const names = placeNames(places, wording);
  return fact.part ? say(wording.strings, 'place.part', { places: names }) : names;
}

const sideOf = (fact: Fact, side: 'to' | 'from', wording: Wording): Line =>
  fact[side].length > 0 ? actorNames(fact[side], wording) : say(wording.strings, 'actor.unknown', {});

/** Who moves: the force that leaves, else what the figures count ("civilians"), else people. */
function moving(fact: Fact, wording: Wording): Line {
  if (fact.from.length > 0) return actorNames(fact.from, wording);
  const counted = fact.claims.flatMap((claim) => claim.figures).find((figure) => MOVERS.has(figure.unit));
  return unitName(counted?.unit ?? 'people', 2, wording.strings);
}
const MOVERS: ReadonlySet<string> = new Set(['civilians', 'families', 'fighters', 'wounded']);

type Step = 'happened' | 'ongoing' | 'planned' | 'failed';
const STEPS: Readonly<Record<Status, Step>> = {
  happened: 'happened',
  ongoing: 'ongoing',
  planned: 'planned',
  failed: 'failed',
  // What is denied is named as what it would be; the headline or the standing says that it is denied.
  denied: 'happened',
  background: 'happened',
};

const SIEGE_PHASES = { imposed: 1, standing: 1, eased: 1, broken: 1 } as const;
const AGREEMENT_PHASES = {
  proposed: 1,
  reached: 1,
  in_force: 1,
  extended: 1,
  suspended: 1,
  violated: 1,
  ended: 1,
} as const;
const isSiege = (phase: Phase): phase is keyof typeof SIEGE_PHASES => phase in SIEGE_PHASES;
const isAgreement = (phase: Phase): phase is keyof typeof AGREEMENT_PHASES => phase in AGREEMENT_PHASES;

function control(fact: Fact, wording: Wording): Line {
  const { strings } = wording;
  const place = placesOf(fact, wording);
  const step = STEPS[fact.status];
  if (step === 'failed' || step === 'planned')
    return say(strings, `clause.control.${step}`, { to: sideOf(fact, 'to', wording), place });
  if (fact.to.length > 0) {
    const clause = say(strings, 'clause.control.happened', { to: sideOf(fact, 'to', wording), place });
    return fact.from.length > 0
      ? say(strings, 'clause.from', { clause, from: sideOf(fact, 'from', wording) })
      : clause;
  }
  if (fact.from.length === 0) return say(strings, 'clause.control.changed', { place });
  return say(strings, 'clause.control.lost', { from: sideOf(fact, 'from', wording), place });
}

function advance(fact: Fact, wording: Wording): Line {
  const step = STEPS[fact.status];
  const made = fact.part || isWide(fact.places) ? 'inside' : 'happened';
  const key = step === 'failed' || step === 'planned' ? step : made;
  const clause = say(wording.strings, `clause.advance.${key}`, {
    to: sideOf(fact, 'to', wording),
    // "advanced inside Deir Ezzor" says by itself that it is a part.
    place: placeNames(fact.places, wording),
  });
  if (fact.from.length === 0 || key === 'failed' || key === 'planned') return clause;
  return say(wording.strings, 'clause.against', { clause, from: sideOf(fact, 'from', wording) });
}

function siege(fact: Fact, wording: Wording): Line {
  const place = placesOf(fact, wording);
  const step = STEPS[fact.status];
  if (step === 'failed' || step === 'planned') return say(wording.strings, `clause.siege.${step}`, { place });
  const phase = fact.phase !== undefined && isSiege(fact.phase) ? fact.phase : 'standing';
  if (phase === 'imposed')
    return say(wording.strings, 'clause.siege.imposed', { to: sideOf(fact, 'to', wording), place });
  return say(wording.strings, `clause.siege.${phase}`, { place });
}

function agreement(fact: Fact, wording: Wording): Line {
  const { strings } = wording;
  const phase = fact.phase !== undefined && isAgreement(fact.phase) ? fact.phase : 'reached';
  const step = STEPS[fact.status];
  // What is still to come is never told as reached or in force.
  const pending = step === 'planned' && phase !== 'proposed' ? 'planned' : phase;
  const key = step === 'failed' ? 'failed' : pending;
  const clause = say(strings, `clause.agreement.${key}`, { place: placesOf(fact, wording) });
  if (fact.parties.length < 2) return clause;
  return say(strings, 'clause.between', { clause, parties: actorNames(fact.parties, wording) });
}

function movement(type: 'withdrawal' | 'evacuation' | 'displacement', fact: Fact, wording: Wording): Line {
  const { strings } = wording;
  const clause = say(strings, `clause.${type}.${STEPS[fact.status]}`, {
    who: moving(fact, wording),
    place: placesOf(fact, wording),
  });
  if (fact.toPlaces.length === 0) return clause;
  return say(strings, 'clause.towards', { clause, places: placeNames(fact.toPlaces, wording) });
}

const CLAUSES: Readonly<Record<StatementType, (fact: Fact, wording: Wording) => Line>> = {
  control,
  held: (fact, wording) =>
    say(wording.strings, 'clause.held', { to: sideOf(fact, 'to', wording), place: placesOf(fact, wording) }),
  advance,
  siege,
  withdrawal: (fact, wording) => movement('withdrawal', fact, wording),
  evacuation: (fact, wording) => movement('evacuation', fact, wording),
  displacement: (fact, wording) => movement('displacement', fact, wording),
  return: (fact, wording) =>
    say(wording.strings, `clause.return.${STEPS[fact.status]}`, {
      who: moving(fact, wording),
      place: fact.toPlaces.length > 0 ? placeNames(fact.toPlaces, wording) : placesOf(fact, wording),
    }),
  agreement,
  aid_access: (fact, wording) =>
    say(wording.strings, `clause.aid_access.${STEPS[fact.status]}`, { place: placesOf(fact, wording) }),
};

/** What is said to have happened, without when and without whose word it is: "ISIS evacuated from Yarmouk Camp". */
export const clauseOf = (fact: Fact, wording: Wording): Line => CLAUSES[fact.type](fact, wording);

/** States that last are dated by their start. */
const lasts = (fact: Fact): boolean => fact.phase === 'in_force' || fact.phase === 'standing';

/** The clause with its date: "… on 20 May 2018", "… since 19 May 2018", "… in May 2018". */
export function datedClause(fact: Fact, wording: Wording): Line {
  const clause = clauseOf(fact, wording);
  if (fact.date === undefined) return clause;
  const key = lasts(fact) ? 'clause.since' : fact.date.length > 7 ? 'clause.on' : 'clause.in';
  return say(wording.strings, key, { clause, date: date(fact.date, wording.strings) });
}

const capital = (words: string): string => words.replace(/^\p{Ll}/u, (first) => first.toUpperCase());

/** Begins like a sentence. */
const sentence = (line: Line, strings: Strings): string => capital(plain(line, strings));

/** The line with its first letter as a sentence begins; marks and links stay. */
export function begun(line: Line): Line {
  const [first, ...rest] = line;
  return first && first.kind !== 'time' ? [{ ...first, text: capital(first.text) }, ...rest] : line;
}

/** How sure it is, before what is said; behind it where other words stand at the head of the line. */
function surely(clause: Line, standing: Fact['standing'], after: boolean, strings: Strings): Line {
  if (standing === 'claimed') return say(strings, 'headline.claimed', { clause });
  if (standing !== 'contested' && standing !== 'denied') return clause;
  return after
    ? say(strings, `headline.${standing}_after`, { clause })
    : say(strings, `headline.${standing}`, { clause: begun(clause) });
}

/**
 * One line that names what happened and how sure the lead fact is: "SDF took Baghuz (claimed)". `after`: it stands behind
 * words of the caller's.
 */
export function headlineOf(
  { facts: [lead], withdrawn, past }: Pick<Incident, 'facts' | 'withdrawn' | 'past'>,
  wording: Wording,
  { after = false } = {},
): string {
  const { strings } = wording;
  const taken = withdrawn?.at(-1);
  if (!lead && taken)
    return sentence(say(strings, 'headline.retracted', { clause: begun(clauseOf(taken, wording)) }), strings);
  if (!lead) throw new RangeError('an incident has at least one fact');
  if (!past) return sentence(surely(clauseOf(lead, wording), lead.standing, after, strings), strings);
  const clause = surely(datedClause(lead, wording), lead.standing, true, strings);
  return sentence(after ? clause : say(strings, 'headline.past', { clause: begun(clause) }), strings);
}
