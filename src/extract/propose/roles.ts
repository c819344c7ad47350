import type { ActorMention } from '../../model/actor.ts';
import type { PlaceMention } from '../../model/place.ts';
import type { Figure } from '../../model/statement.ts';
import type { Role } from '../lexicon/entries.ts';
import { type Argument, type Clauses, rightSide } from '../syntax/clause.ts';
import type { Context } from './context.ts';
import { forcesOf, mention } from './forces.ts';
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
    case 'spot':
      return fillPlaces(context, clauses, role, args);
    case 'force': {
      const forces = forcesOf(context, clauses, args);
      return forces.are === 'not'
        ? undefined
        : { ...blank(args), actors: forces.actors, sure: forces.are === 'forces' };
    }
    case 'custody':
      return fillCustody(context, clauses, args);
    case 'people':
      return fillPeople(context, args);
    case 'any':
      return blank(args);
    default:
      return args.some((argument) => headIs(context, argument, role.is))
        ? withExtras(context, clauses, args)
        : undefined;
  }
}

export function headIs(context: Context, { np }: Argument, is: string): boolean {
  const classes = context.lexicon.nounClasses(context.ground.tokens[np.head]?.norm ?? '');
  return is.split('/').some((name) => classes.has(name));
}

/** Actors named inside phrases of another class: "the SDF offensive", "a government siege". */
function withExtras(context: Context, _clauses: Clauses, args: readonly Argument[]): Filled {
  const actors = args.flatMap(({ np }) =>
    np.actors.filter((actor) => actor.role !== 'speaker').map((actor) => mention(context, actor)),
  );
  const figure = args.flatMap(({ np }) => np.figures).at(0)?.figure;
  return { ...blank(args), actors, people: figure };
}

function fillPlaces(
  context: Context,
  clauses: Clauses,
  role: Role,
  args: readonly Argument[],
): Filled | undefined {
  // `spot` wants a name or "the town"; `place` also takes "three villages" by what the report is about.
  const options = { provisional: role.field !== 'none', topic: role.is === 'place' };
  const found = args.map((argument) => ({ argument, where: placesOf(context, clauses, argument, options) }));
  const kept = found.filter(({ where }) => where !== undefined);
  const first = kept[0]?.where;
  if (found[0]?.where === undefined || first === undefined) return undefined;
  const good = kept.filter(({ where }, index) => index === 0 || where?.how !== 'topic');
  const places = uniquePlaces(good.flatMap(({ where }) => where?.places ?? []));
  return {
    ...blank(good.map(({ argument }) => argument)),
    places,
    how: first.how,
    part: good.some(({ where }) => where?.part === true),
  };
}

export function uniquePlaces(places: readonly PlaceMention[]): PlaceMention[] {
  return places.filter(
    (place, index) =>
      places.findIndex((other) => (place.id ?? place.text) === (other.id ?? other.text)) === index,
  );
}

/** "government control", "rebel hands", "the control of the army". */
function fillCustody(context: Context, clauses: Clauses, args: readonly Argument[]): Filled | undefined {
  const holding = args.filter(
    (argument) => headIs(context, argument, 'custody') || argument.np.actors.length > 0,
  );
  if (!holding.some((argument) => headIs(context, argument, 'custody'))) return undefined;
  const actors = holding.flatMap((argument) => {
    const inside = argument.np.actors
      .filter((actor) => actor.role !== 'speaker')
      .map((actor) => mention(context, actor));
    if (inside.length > 0) return inside;
    const of = rightSide(clauses, argument.at, false).adjuncts.find(({ prep }) => prep === 'of');
    return of === undefined ? [] : forcesOf(context, clauses, of.args).actors;
  });
  return actors.length === 0 ? undefined : { ...blank(args), actors };
}

function fillPeople(context: Context, args: readonly Argument[]): Filled | undefined {
  const figure = args.flatMap(({ np }) => np.figures).at(0)?.figure;
  const actors = args.flatMap(({ np }) =>
    np.actors.filter((actor) => actor.role !== 'speaker').map((actor) => mention(context, actor)),
  );
  const fits = args.some(
    (argument) =>
      headIs(context, argument, 'people') ||
      headIs(context, argument, 'troops') ||
      argument.np.actors.some((actor) => actor.role !== 'speaker' && actor.last === argument.np.last),
  );
  const counted = figure !== undefined && !headIs(context, args[0] as Argument, 'site/settlement/loot');
  return fits || counted ? { ...blank(args), actors, people: figure } : undefined;
}
