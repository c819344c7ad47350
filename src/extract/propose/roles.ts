import type { PlaceMention } from '../../model/place.ts';
import type { Role } from '../lexicon/entries.ts';
import { type Argument, type Clauses, rightSide } from '../syntax/clause.ts';
import { bracketed } from './brackets.ts';
import type { Context } from './context.ts';
import { blank, type Filled, uniquePlaces } from './filled.ts';
import { forcesOf, mention, ownedBy, ownersIn } from './forces.ts';
import { headIs } from './heads.ts';
import { fillPeople } from './people.ts';
import { placesOf } from './places.ts';

/** Fills a role from coordinated noun phrases, or gives nothing when they do not fit it. */
export function fill(
  context: Context,
  clauses: Clauses,
  role: Role,
  args: readonly Argument[],
): Filled | undefined {
  if (args.length === 0) return undefined;
  switch (role.is) {
    case 'place':
    case 'itself':
    case 'spot':
      return fillPlaces(context, clauses, role, args);
    case 'force': {
      const forces = forcesOf(context, clauses, args);
      return forces.are === 'not'
        ? undefined
        : { ...blank(args), actors: forces.actors, sure: forces.are === 'forces' };
    }
    case 'party': {
      const forces = forcesOf(context, clauses, args);
      return { ...blank(args), actors: forces.are === 'forces' ? forces.actors : [] };
    }
    case 'custody':
      if (role.field === 'none')
        return args.some((argument) => headIs(context, argument, 'custody')) ? blank(args) : undefined;
      if (role.field === 'places') return fillHeld(context, clauses, role, args);
      return fillCustody(context, clauses, args);
    case 'sides':
      return fillSides(context, clauses, args);
    case 'stronghold': {
      const holders = args.flatMap((argument) => {
        const of = rightSide(clauses, argument.at, false).adjuncts.find(({ prep }) =>
          /^(?:of|for)$/.test(prep),
        );
        const inside = ownersIn(context, argument);
        return inside.length > 0 || of === undefined ? inside : forcesOf(context, clauses, of.args).actors;
      });
      const fits = args.some((argument) => headIs(context, argument, 'stronghold')) && holders.length > 0;
      return fits ? { ...blank(args), actors: holders } : undefined;
    }
    case 'people':
    case 'movers':
    case 'civilians':
    case 'evacuees':
    case 'convoy':
      return fillPeople(context, clauses, role.is, args);
    case 'border':
      return args.some((argument) => headIs(context, argument, 'border'))
        ? { ...blank(args), places: args.flatMap((argument) => acrossBorder(context, argument)) }
        : undefined;
    case 'any':
      return blank(args);
    default:
      return args.some(
        (argument) =>
          headIs(context, argument, role.is) ||
          kindOf(context, clauses, argument, role.is) ||
          isIt(context, clauses, argument, role.is),
      )
        ? withOwners(context, args)
        : undefined;
  }
}

/** "no kind of aid", "dozens of trucks": what it is a kind or number of. */
function kindOf(context: Context, clauses: Clauses, argument: Argument, is: string): boolean {
  const head = context.ground.tokens[argument.np.head]?.norm ?? '';
  if (!/^(?:kinds?|types?|forms?|amounts?|dozens|hundreds|scores|part|most|none|any|all)$/.test(head))
    return false;
  const of = rightSide(clauses, argument.at, false).adjuncts[0];
  return of?.prep === 'of' && of.args.some((inner) => headIs(context, inner, is));
}

/** "the truce was extended, but both sides accused each other of breaking it": what the sentence is about. */
function isIt(context: Context, { chunks }: Clauses, { np, at }: Argument, is: string): boolean {
  if (!np.pronoun || context.ground.tokens[np.head]?.norm !== 'it' || is !== 'agreement') return false;
  const first = chunks.findIndex(({ kind }) => kind === 'np');
  const topic = chunks[first];
  return first < at && topic?.kind === 'np' && headIs(context, { np: topic, at: first }, is);
}

function withOwners(context: Context, args: readonly Argument[]): Filled {
  const figure = args.flatMap(({ np }) => np.figures).at(0)?.figure;
  return { ...blank(args), actors: args.flatMap((argument) => ownersIn(context, argument)), people: figure };
}

function fillPlaces(
  context: Context,
  clauses: Clauses,
  role: Role,
  args: readonly Argument[],
): Filled | undefined {
  // `spot` wants a name or "the town"; `place` also takes "three villages" by what the report is about.
  const options = { provisional: role.field !== 'none', topic: role.is !== 'spot' };
  // "across the border into Turkey": the line is no destination, "across the Turkish border" leads to one.
  if (role.field === 'toPlaces' && args.every((argument) => isBareBorder(context, argument))) {
    const there = args.flatMap((argument) => acrossBorder(context, argument));
    return there.length === 0 ? undefined : { ...blank(args), places: there, how: 'named' };
  }
  const found = args.map((argument) => ({ argument, where: placesOf(context, clauses, argument, options) }));
  const kept = found.filter(({ where }) => where !== undefined);
  const first = kept[0]?.where;
  // "the airport and the bridge at Gao": both lie there.
  const shared =
    kept[0] !== undefined &&
    found.slice(0, found.indexOf(kept[0])).every(({ argument }) => isSite(context, argument)) &&
    first?.part === true;
  if ((found[0]?.where === undefined && !shared) || first === undefined)
    return role.is === 'spot' && args.every((argument) => isTheirs(context, argument))
      ? blank(args)
      : undefined;
  const good = kept.filter(({ where }, index) => index === 0 || where?.how !== 'topic');
  const places = uniquePlaces(
    good.flatMap(({ argument, where }) => [
      ...(where?.places ?? []),
      ...(where?.how === 'named' ? bracketed(context, clauses, argument, where.places.at(-1)) : []),
    ]),
  );
  if (places.length === 0) return undefined;
  return {
    ...blank(good.map(({ argument }) => argument)),
    places,
    // "the village of Xxx and Hajin": known by one of them.
    how:
      first.how === 'provisional' && good.some(({ where }) => where?.how === 'named') ? 'named' : first.how,
    part: good.some(({ where }) => where?.part === true),
  };
}

/** "the airport": a thing in a place, which it does not name. */
const isSite = (context: Context, argument: Argument): boolean =>
  argument.np.definite && argument.np.places.length === 0 && headIs(context, argument, 'site');

/** "fled their villages": places all the same, of which the report tells elsewhere. */
const isTheirs = (context: Context, argument: Argument): boolean =>
  headIs(context, argument, 'settlement') && context.ground.tokens[argument.np.first]?.norm === 'their';

const isBareBorder = (context: Context, argument: Argument): boolean =>
  argument.np.places.length === 0 && headIs(context, argument, 'border');

/** "the Turkish border": Turkey, unless that is the country that the report is about. */
function acrossBorder(context: Context, { np }: Argument): readonly PlaceMention[] {
  for (let at = np.first; at < np.head; at += 1) {
    const code = context.demonym(context.ground.tokens[at]?.norm ?? '');
    const there =
      code === undefined || code === context.country?.country
        ? undefined
        : context.countryAt(code, { first: at, last: at + 1 });
    if (there !== undefined) return [there];
  }
  return [];
}

/** "government control", "rebel hands", "the control of the army". */
function fillCustody(context: Context, clauses: Clauses, args: readonly Argument[]): Filled | undefined {
  if (!args.some((argument) => headIs(context, argument, 'custody'))) return undefined;
  const actors = args.flatMap((argument) => {
    const inside = ownersIn(context, argument);
    if (inside.length > 0) return inside;
    // "the airport was in their hands"
    const owner = ownedBy(context, argument);
    if (owner !== undefined) return [mention(context, owner)];
    const of = rightSide(clauses, argument.at, false).adjuncts.find(({ prep }) => prep === 'of');
    return of === undefined ? [] : forcesOf(context, clauses, of.args).actors;
  });
  return actors.length === 0 ? undefined : { ...blank(args), actors };
}

/** "control of the crossing": the crossing. */
function fillHeld(
  context: Context,
  clauses: Clauses,
  role: Role,
  args: readonly Argument[],
): Filled | undefined {
  const control = args.find((argument) => headIs(context, argument, 'custody'));
  const of = control && rightSide(clauses, control.at, false).adjuncts[0];
  return of !== undefined && /^(?:of|over)$/.test(of.prep)
    ? fillPlaces(context, clauses, { ...role, is: 'place' }, of.args)
    : undefined;
}

/** "between Kurdish fighters and government troops", "between rebel control and regime control". */
function fillSides(context: Context, clauses: Clauses, args: readonly Argument[]): Filled | undefined {
  const actors = args.flatMap((argument) => {
    const force = forcesOf(context, clauses, [argument]);
    return force.are === 'forces' ? force.actors : ownersIn(context, argument);
  });
  return actors.length < 2 ? undefined : { ...blank(args), actors };
}
