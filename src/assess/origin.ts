import type { Actor, ActorIndex, ActorMention, Reliability } from '../model/actor.ts';
import type { ActorId } from '../model/ids.ts';
import type { Origin } from '../model/incident.ts';
import type { Report, Source } from '../model/report.ts';
import type { StoredStatement } from '../model/statement.ts';
import { actorId } from '../model/ids.ts';
import { dayOf } from '../model/time.ts';
import { slug } from './id.ts';

const UNGRADED: Reliability = 'F';

/** The body that a person or an office speaks for, as far up as bodies that speak go. */
function bodyOf(actor: Actor, actors: ActorIndex): Actor {
  const parent = actor.parents[0] === undefined ? undefined : actors.get(actor.parents[0]);
  return actor.kind === 'speaker' && parent?.kind === 'speaker' ? bodyOf(parent, actors) : actor;
}

/** Whose side a body takes: parties and blocs their own; a speaker for a party that party's. */
function alignmentOf(body: Actor, actors: ActorIndex): ActorId | undefined {
  if (body.alignment !== undefined) return body.alignment;
  if (body.kind !== 'speaker') return body.id;
  return body.parents.find((parent) => actors.get(parent)?.kind !== 'speaker');
}

/** A state's agency speaks for whoever governs it on that day. */
function sideOn(day: string, side: ActorId | undefined, actors: ActorIndex): ActorId | undefined {
  const body = side === undefined ? undefined : actors.get(side);
  const { validTo, becomes } = body ?? {};
  return validTo !== undefined && becomes !== undefined && day >= validTo
    ? sideOn(day, becomes, actors)
    : side;
}

function known(actor: Actor, actors: ActorIndex, day: string): Origin {
  const body = bodyOf(actor, actors);
  const alignment = sideOn(day, alignmentOf(body, actors), actors);
  return {
    key: body.id,
    name: body.name,
    kind: 'speaker',
    ...(alignment !== undefined && { alignment }),
    reliability: body.reliability ?? actor.reliability ?? UNGRADED,
  };
}

/** Names of speakers that the lexicon does not know; "Abdul Majid" later in a report is "Khaled Abdul Majid" before. */
function fullNames(statements: readonly StoredStatement[]): ReadonlyMap<string, string> {
  const texts = statements
    .flatMap(({ by, figures }) => [by, ...(figures ?? []).map((figure) => figure.by)])
    .flatMap((mention) => (mention && mention.id === undefined ? [mention.name ?? mention.text] : []));
  const byLength = [...new Set(texts)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return new Map(
    byLength.map((name) => [
      name,
      byLength.find((longer) => `-${slug(longer)}`.endsWith(`-${slug(name)}`)) ?? name,
    ]),
  );
}

/** Parties that the report names, by the words that it names them with. */
function namedParties(
  statements: readonly StoredStatement[],
  actors: ActorIndex,
): readonly { readonly words: string; readonly actor: Actor }[] {
  return statements
    .flatMap(({ to = [], from = [], parties = [] }) => [...to, ...from, ...parties])
    .flatMap(({ id, text, name }) => {
      const actor = id === undefined ? undefined : actors.get(id);
      if (!actor || actor.kind === 'speaker') return [];
      return [text, ...(name === undefined ? [] : [name])]
        .filter((words) => /\p{Lu}/u.test(words))
        .map((words) => ({ words: slug(words), actor }));
    });
}

/** "Residents of SDF-held Hajin" do not speak for the SDF. */
const NOT_OF = /\b(?:held|controlled|run|backed|occupied|besieged)\b/iu;

/** Whose word each statement of one report is. */
export interface Origins {
  /** The outlet's own voice. */
  readonly outlet: Origin;
  of(by: ActorMention | undefined): Origin;
}

export function originsOf(
  report: Report,
  source: Source,
  statements: readonly StoredStatement[],
  actors: ActorIndex,
): Origins {
  const name = report.outlet;
  const listed = actors.get(actorId(slug(name)));
  const day = report.published;
  const side = source.former?.find(({ until }) => dayOf(day) < until)?.alignment ?? source.alignment;
  const aligned = side !== 'neutral' && side !== 'unknown' ? side : undefined;
  const alignment = sideOn(day, aligned ?? (listed && alignmentOf(bodyOf(listed, actors), actors)), actors);
  const outlet: Origin = {
    // An agency that is quoted elsewhere as a speaker is the same origin when it is the outlet.
    key: listed ? bodyOf(listed, actors).id : `outlet:${slug(name)}`,
    name,
    kind: 'outlet',
    ...(alignment !== undefined && { alignment }),
    reliability: source.reliability === UNGRADED ? (listed?.reliability ?? UNGRADED) : source.reliability,
  };
  const full = fullNames(statements);
  const parties = namedParties(statements, actors);
  /** "An SDF spokesman", whom the lexicon does not know, speaks for the SDF. */
  const spokenFor = (speaker: string): Actor | undefined =>
    NOT_OF.test(speaker)
      ? undefined
      : parties.find(({ words }) => `-${slug(speaker)}-`.includes(`-${words}-`))?.actor;
  return {
    outlet,
    of(by) {
      if (!by) return outlet;
      const actor = by.id === undefined ? undefined : actors.get(by.id);
      if (actor) return known(actor, actors, day);
      const text = by.name ?? by.text;
      const speaker = full.get(text) ?? text;
      const party = spokenFor(speaker);
      if (party) return { ...known(party, actors, day), name: speaker };
      // Unnamed sources ("a military source") of several outlets cannot be told apart, so they count as one.
      return { key: `name:${slug(speaker)}`, name: speaker, kind: 'speaker', reliability: UNGRADED };
    },
  };
}
