import type { Claim, Fact, Incident } from '../model/incident.ts';
import type { Action, Block, Line, Message } from '../model/message.ts';
import type { PlaceRef } from '../model/place.ts';
import { named, pageOf } from './asked/incident.ts';
import { begun, datedClause, headlineOf } from './clause.ts';
import { figureLines } from './figures.ts';
import { clean, separated, strong, text, untrusted } from './inline.ts';
import { actorNames, containers, fullName, placeNames } from './names.ts';
import { sourceLines, type RenderContext } from './sources.ts';
import { date, label, say, sayReason, type Strings } from './strings.ts';
import { dayOf } from '../model/time.ts';

/** Evidence is as long as judging keeps it. */
const MAX_QUOTE = 400;

interface Field {
  readonly label: string;
  readonly value: Line;
}

/** Facts of the lead's kind: the movement itself, or the same place; their figures, ways and people are told together. */
const alike = ({ facts }: Incident): readonly Fact[] => facts.filter((fact) => fact.type === facts[0]?.type);

function distinctPlaces(places: readonly PlaceRef[]): readonly PlaceRef[] {
  return [...new Map(places.map((place) => [place.key, place])).values()];
}

/** Each place with what it lies in; places of one container share it: "Yarmouk Camp; Al-Tadamun (Damascus, Syria)". */
function where(places: readonly PlaceRef[], context: RenderContext): Line {
  const groups = new Map<string, { readonly names: Line[]; readonly container: Line }>();
  for (const place of places) {
    const container = containers(place, context);
    const key = JSON.stringify(container);
    const group = groups.get(key) ?? { names: [], container };
    group.names.push(fullName(place, context));
    groups.set(key, group);
  }
  return separated(
    [...groups.values()].map(({ names, container }) => {
      const place = separated(names, ', ');
      return container.length > 0 ? say(context.strings, 'place.in', { place, container }) : place;
    }),
    '; ',
  );
}

function when(fact: Fact, incident: Incident, { strings }: RenderContext): Line {
  if (fact.date !== undefined) return [text(date(fact.date, strings))];
  return say(strings, 'root.date_assumed', { date: date(dayOf(incident.opened), strings) });
}

type Label = Parameters<typeof label>[1];

/** What the two sides do, by what became of it: an attack that was repelled gained nobody anything. */
function sidesOf({ type, status }: Fact): readonly [to: Label, from: Label] | undefined {
  if (type === 'siege') return ['root.besieges', 'root.besieged'];
  if (type !== 'control' && type !== 'advance') return undefined;
  if (status === 'failed' || status === 'planned') return ['root.attacks', 'root.against'];
  return type === 'control' ? ['root.gains', 'root.loses'] : ['root.advances', 'root.against'];
}

function people(lead: Fact, context: RenderContext): readonly (readonly [Label, Line])[] {
  const named = (actors: Fact['to']): Line => (actors.length > 0 ? actorNames(actors, context) : []);
  if (lead.type === 'agreement') return [['root.parties', named(lead.parties)]];
  const sides = sidesOf(lead);
  if (!sides) return [['root.who', named(lead.from)]];
  return [
    [sides[0], named(lead.to)],
    [sides[1], named(lead.from)],
  ];
}

function fieldsOf(incident: Incident, lead: Fact, context: RenderContext): readonly Field[] {
  const { strings } = context;
  const same = alike(incident);
  const rows: readonly (readonly [Label, Line])[] = [
    ['root.where', where(distinctPlaces(same.flatMap((fact) => fact.places)), context)],
    ['root.to', where(distinctPlaces(same.flatMap((fact) => fact.toPlaces)), context)],
    ['root.via', placeNames(distinctPlaces(same.flatMap((fact) => fact.viaPlaces)), context)],
    ...people(lead, context),
    ['root.figures', separated(figureLines(same, strings), '; ')],
    ['root.when', context.withheldUntil === undefined ? when(lead, incident, context) : []],
    ['root.standing', begun(sayReason(lead.why, strings))],
  ];
  return rows
    .filter(([, value]) => value.length > 0)
    .map(([key, value]) => ({ label: label(strings, key, {} as never), value }));
}

/** Every other fact of the incident: what, when, how sure, on whose word. */
const otherFacts = ({ facts }: Incident, context: RenderContext): readonly Line[] =>
  facts.slice(1).map((fact) =>
    say(context.strings, 'root.fact', {
      clause: begun(datedClause(fact, context)),
      reason: sayReason(fact.why, context.strings),
    }),
  );

/** The fullest words for the fact, preferring those of a named speaker: they say what fields cannot. */
function bestQuote(fact: Fact): Claim | undefined {
  const rank = (claim: Claim): number =>
    (claim.origin.kind === 'speaker' ? 1000 : 0) + (claim.quote?.length ?? 0);
  return fact.claims
    .filter((claim) => claim.quote !== undefined && claim.stance !== 'denies')
    .reduce<Claim | undefined>(
      (best, claim) => (!best || rank(claim) > rank(best) ? claim : best),
      undefined,
    );
}

function quoteBlocks(fact: Fact, { strings }: RenderContext): readonly Block[] {
  const claim = bestQuote(fact);
  if (claim?.quote === undefined) return [];
  const source: Line =
    claim.origin.name === claim.outlet
      ? [untrusted(claim.outlet)]
      : say(strings, 'root.quoted', {
          origin: untrusted(claim.origin.name),
          outlet: untrusted(claim.outlet),
        });
  return [{ kind: 'quote', text: clean(claim.quote, MAX_QUOTE), source }];
}

/** What a message on an incident always offers: what it stands on, as an answer where it is asked, and its page. */
const evidenceButton = ({ id }: Incident, strings: Strings): Action => ({
  kind: 'command',
  label: label(strings, 'action.evidence', {}),
  command: `/evidence ${id}`,
});

function buttons(incident: Incident, lead: Fact, { strings }: RenderContext): Block {
  const place = lead.places.find((one) => one.id !== undefined)?.id;
  const run = (key: 'status' | 'subscribe' | 'mute', what: string): Action => ({
    kind: 'command',
    label: label(strings, `action.${key}`, {}),
    command: `/${key} ${what}`,
  });
  return {
    kind: 'actions',
    actions: [
      ...(place === undefined ? [] : [run('status', place)]),
      evidenceButton(incident, strings),
      ...(place === undefined ? [] : [run('subscribe', place)]),
      run('mute', incident.id),
      pageOf(incident, strings),
    ],
  };
}

/** Kinds of change and places, with what they lie in, by the names that people would look for. */
function topicsOf({ facts }: Incident, { strings, places }: RenderContext): readonly string[] {
  const named = facts
    .flatMap((fact) => [...fact.places, ...fact.toPlaces])
    .flatMap(({ name, within }) => [name, ...within.flatMap((id) => places.get(id)?.name ?? [])]);
  return [...new Set([...facts.map(({ type }) => label(strings, `type.${type}`, {})), ...named])];
}

/** Nothing of it stands any more: what was told is named, so that whoever acted on it knows what it was. */
function retractedRoot(incident: Incident, context: RenderContext): Message {
  const { strings } = context;
  return {
    tone: 'warning',
    headline: headlineOf(incident, context),
    blocks: [
      { kind: 'paragraph', line: say(strings, 'root.nothing_left', {}) },
      {
        kind: 'list',
        lines: (incident.withdrawn ?? []).map((fact) =>
          say(strings, 'root.withdrawn', { clause: begun(datedClause(fact, context)) }),
        ),
      },
      { kind: 'context', lines: [say(strings, 'root.named', { name: named(incident) })] },
      { kind: 'actions', actions: [evidenceButton(incident, strings), pageOf(incident, strings)] },
    ],
  };
}

function endOf({ state, mergedInto }: Incident, { strings }: RenderContext): readonly Line[] {
  if (mergedInto !== undefined)
    return [say(strings, 'root.merged', { other: strong(named({ id: mergedInto })) })];
  return state === 'closed' ? [say(strings, 'root.closed', {})] : [];
}

/** A thread's root: the incident as it stands now. What happened first, then how sure, then whose word; all of it from statements. */
export function renderRoot(incident: Incident, context: RenderContext): Message {
  const [lead] = incident.facts;
  if (!lead) return retractedRoot(incident, context);
  const others = otherFacts(incident, context);
  const disputed = incident.facts.some(({ standing }) => standing === 'contested' || standing === 'denied');
  return {
    tone: disputed ? 'warning' : 'alert',
    headline: headlineOf(incident, context),
    topics: topicsOf(incident, context),
    blocks: [
      { kind: 'fields', fields: fieldsOf(incident, lead, context) },
      ...(others.length > 0
        ? [
            { kind: 'paragraph', line: say(context.strings, 'root.also', {}) } as const,
            { kind: 'list', lines: others } as const,
          ]
        : []),
      ...quoteBlocks(lead, context),
      {
        kind: 'context',
        lines: [
          ...sourceLines(incident.facts, context),
          ...(incident.withdrawn ?? []).map((fact) =>
            say(context.strings, 'root.withdrawn', { clause: begun(datedClause(fact, context)) }),
          ),
          ...endOf(incident, context),
          say(context.strings, 'root.named', { name: named(incident) }),
          ...(context.withheldUntil === undefined
            ? []
            : [say(context.strings, 'root.coarse', { time: { kind: 'time', at: context.withheldUntil } })]),
          ...(incident.maybeSame.length > 0 ? [say(context.strings, 'root.maybe_same', {})] : []),
        ],
      },
      buttons(incident, lead, context),
    ],
  };
}
