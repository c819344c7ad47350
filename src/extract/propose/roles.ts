import type { ActorMention } from '../../model/actor.ts';
import type { PlaceMention } from '../../model/place.ts';
import type { Figure } from '../../model/statement.ts';
import type { Role } from '../lexicon/entries.ts';
import { isLink } from '../syntax/chunk.ts';
import { type Argument, type Clauses, rightSide } from '../syntax/clause.ts';
import { bracketed } from './brackets.ts';
import type { Context } from './context.ts';
import { forcesOf, ownersIn } from './forces.ts';
import { headNorm } from './heads.ts';
import { type How, placesOf } from './places.ts';

/** What one role took in. */
export interface Filled {
  readonly places: readonly PlaceMention[];
  readonly actors: readonly ActorMention[];
  readonly people: Figure | undefined;
  readonly how: How | undefined;
  readonly part: boolean;
  /** The actor is sure, or only possible ("maybe"). */
  readonly sure: boolean;
  readonly args: readonly Argument[];
  /** Where the people are from by their own words: "residents of A", "A's families". */
  readonly home?: readonly PlaceMention[];
}

const blank = (args: readonly Argument[]): Filled => ({
  places: [],
  actors: [],
  people: undefined,
  how: undefined,
  part: false,
  sure: true,
  args,
});

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
    case 'convoy':
      return fillPeople(context, clauses, role.is, args);
    case 'any':
      return blank(args);
    default:
      return args.some(
        (argument) => headIs(context, argument, role.is) || kindOf(context, clauses, argument, role.is),
      )
        ? withOwners(context, args)
        : undefined;
  }
}

export function headIs(context: Context, { np }: Argument, is: string): boolean {
  const classes = context.lexicon.nounClasses(headNorm(context, np));
  return is.split('/').some((name) => classes.has(name));
}

/** "no kind of aid", "dozens of trucks": what it is a kind or number of. */
function kindOf(context: Context, clauses: Clauses, argument: Argument, is: string): boolean {
  const head = context.ground.tokens[argument.np.head]?.norm ?? '';
  if (!/^(?:kinds?|types?|forms?|amounts?|dozens|hundreds|scores|part|most|none|any|all)$/.test(head))
    return false;
  const of = rightSide(clauses, argument.at, false).adjuncts[0];
  return of?.prep === 'of' && of.args.some((inner) => headIs(context, inner, is));
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
  // "across the border into Turkey": the line is no destination.
  if (role.field === 'toPlaces' && args.every((argument) => isBareBorder(context, argument)))
    return undefined;
  const found = args.map((argument) => ({ argument, where: placesOf(context, clauses, argument, options) }));
  const kept = found.filter(({ where }) => where !== undefined);
  const first = kept[0]?.where;
  if (found[0]?.where === undefined || first === undefined) return undefined;
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
    how: first.how,
    part: good.some(({ where }) => where?.part === true),
  };
}

const isBareBorder = (context: Context, argument: Argument): boolean =>
  argument.np.places.length === 0 && headIs(context, argument, 'border');

export function uniquePlaces(places: readonly PlaceMention[]): PlaceMention[] {
  return places.filter(
    (place, index) =>
      places.findIndex((other) => (place.id ?? place.text) === (other.id ?? other.text)) === index,
  );
}

/** "government control", "rebel hands", "the control of the army". */
function fillCustody(context: Context, clauses: Clauses, args: readonly Argument[]): Filled | undefined {
  if (!args.some((argument) => headIs(context, argument, 'custody'))) return undefined;
  const actors = args.flatMap((argument) => {
    const inside = ownersIn(context, argument);
    if (inside.length > 0) return inside;
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

/** Whom buses carry: "six buses carrying fighters and their families". */
function cargo(clauses: Clauses, { at }: Argument): readonly Argument[] {
  const comma = clauses.chunks[at + 1];
  const verb = isLink(comma, 'comma') ? at + 2 : at + 1;
  const chunk = clauses.chunks[verb];
  return chunk?.kind === 'vg' && chunk.form === 'gerund' ? rightSide(clauses, verb, true).objects : [];
}

/** "a number of militants", "dozens of the wounded": the militants, the wounded. */
function membersOf(context: Context, clauses: Clauses, argument: Argument): readonly Argument[] {
  if (
    !/^(?:number|total|group|batch|dozens|hundreds|thousands|scores|majority|rest|remainder)$/.test(
      headNorm(context, argument.np),
    )
  )
    return [argument];
  if (argument.np.figures.length > 0) return [argument];
  const of = rightSide(clauses, argument.at, false).adjuncts[0];
  return of?.prep === 'of' ? of.args : [argument];
}

type Mover = 'people' | 'movers' | 'civilians' | 'convoy';
const MOVERS: Readonly<Record<Mover, string>> = {
  people: 'people/troops',
  movers: 'people/troops/vehicle',
  civilians: 'people',
  convoy: 'vehicle',
};

function fillPeople(
  context: Context,
  clauses: Clauses,
  is: Mover,
  said: readonly Argument[],
): Filled | undefined {
  const args = said.flatMap((argument) => membersOf(context, clauses, argument));
  const first = args[0];
  if (first === undefined) return undefined;
  const armedHead = context.ground.actorAt[first.np.head] !== undefined || headIs(context, first, 'troops');
  if (is === 'civilians' && armedHead && !headIs(context, first, 'people')) return undefined;
  const counted = args
    .flatMap(({ np }) => np.figures)
    .find(({ figure }) =>
      /people|famil|civilian|fighter|militant|resident|person|refugee|wounded|patient|rebel|women|men|child/.test(
        figure.unit,
      ),
    );
  const named = args.some((argument) => headIs(context, argument, MOVERS[is]));
  const armed =
    is !== 'convoy' &&
    is !== 'civilians' &&
    args.some(({ np }) => context.ground.actorAt[np.head] !== undefined);
  const pronoun =
    is !== 'convoy' &&
    first.np.pronoun &&
    /^(?:they|them|who|those)$/.test(context.ground.tokens[first.np.head]?.norm ?? '');
  const figure = counted ?? args.flatMap(({ np }) => np.figures).at(0);
  if (!(named || armed || pronoun || (counted !== undefined && is !== 'convoy'))) return undefined;
  const force = forcesOf(context, clauses, is === 'convoy' ? cargo(clauses, first) : args);
  return {
    ...blank(args),
    actors: force.are === 'forces' ? force.actors : [],
    people: figure?.figure,
    home: homeOf(context, clauses, said),
  };
}

/** Prepositions from people to where they live or are. */
const HOME = /^(?:of|from|in|at|inside|across|around|near|outside)$/;

/** "residents of A", "families in A and B", "A's population": the place in the words for the people. */
function homeOf(context: Context, clauses: Clauses, said: readonly Argument[]): readonly PlaceMention[] {
  return uniquePlaces(
    said.flatMap(({ np, at }) => {
      const before = np.places.filter((span) => span.last <= np.head).map((span) => span.mention);
      if (before.length > 0) return before;
      const { adjuncts } = rightSide(clauses, at, false);
      // "a number of residents of A"
      for (const { prep, args } of adjuncts) {
        if (!HOME.test(prep)) return [];
        const where = args.flatMap(
          (argument) =>
            placesOf(context, clauses, argument, { provisional: true, topic: false })?.places ?? [],
        );
        if (where.length > 0) return where;
      }
      return whereTrapped(context, clauses, at);
    }),
  );
}

const TRAPPED = /^(?:trap|besiege|strand|shelter|live|stay|hide|reside|hole|surround|pin|stick)$/;

/** "civilians who had been trapped under A", "families living in A". */
function whereTrapped(context: Context, clauses: Clauses, at: number): readonly PlaceMention[] {
  const link = clauses.chunks[at + 1];
  const verbAt = isLink(link, 'relative') ? at + 2 : at + 1;
  const verb = clauses.chunks[verbAt];
  if (verb?.kind !== 'vg' || !TRAPPED.test(verb.lemma) || verb.negated) return [];
  const { adjuncts } = rightSide(clauses, verbAt, false);
  return adjuncts
    .filter(({ prep }) => /^(?:in|inside|at|under|near|around)$/.test(prep))
    .flatMap(({ args }) => args)
    .flatMap(
      (argument) => placesOf(context, clauses, argument, { provisional: true, topic: false })?.places ?? [],
    );
}
