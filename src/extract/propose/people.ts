import type { PlaceMention } from '../../model/place.ts';
import { isLink } from '../syntax/chunk.ts';
import { type Argument, type Clauses, rightSide, skip } from '../syntax/clause.ts';
import { subjectOf } from '../syntax/subject.ts';
import type { Context } from './context.ts';
import { blank, type Filled, uniquePlaces } from './filled.ts';
import { forcesOf } from './forces.ts';
import { headIs, headNorm } from './heads.ts';
import { placesOf } from './places.ts';

type Mover = 'people' | 'movers' | 'civilians' | 'evacuees' | 'convoy';

const MOVERS: Readonly<Record<Mover, string>> = {
  people: 'people/troops',
  movers: 'people/troops/vehicle',
  civilians: 'people',
  evacuees: 'evacuees',
  convoy: 'vehicle',
};

export function fillPeople(
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
  // "the fighters were welcomed as they crossed the border": no civilians.
  if (is === 'civilians' && pronoun && meansFighters(context, clauses, first)) return undefined;
  const figure = counted ?? args.flatMap(({ np }) => np.figures).at(0);
  if (!named && (is === 'evacuees' || !(armed || pronoun || (counted !== undefined && is !== 'convoy'))))
    return undefined;
  const force = forcesOf(context, clauses, is === 'convoy' ? cargo(clauses, first) : args);
  return {
    ...blank(args),
    actors: force.are === 'forces' ? force.actors : [],
    people: figure?.figure,
    home: is === 'convoy' ? homeOfConvoy(context, clauses, said) : homeOf(context, clauses, said),
  };
}

/** Whether the people named last before a pronoun, in its sentence, bear arms. */
function meansFighters(context: Context, clauses: Clauses, { at }: Argument): boolean {
  const { chunks } = clauses;
  const link = chunks[skip(chunks, at - 1, -1)];
  const main = chunks.findLastIndex((chunk, i) => i < at && chunk.kind === 'vg');
  const verb = chunks[main];
  // "the militants took hostages as they fled": who took them fled; "killed families as they fled": the families.
  if (isLink(link, 'preposition', 'subordinator') && verb?.kind === 'vg' && !STRIKES.test(verb.lemma)) {
    const who = subjectOf(clauses, main).candidates[0]?.[0];
    if (who !== undefined && !verb.passive && isArmed(context, who)) return true;
  }
  for (let i = at - 1; i >= 0; i -= 1) {
    const np = chunks[i];
    if (np?.kind !== 'np' || np.pronoun) continue;
    if (headIs(context, { np, at: i }, 'people')) return false;
    if (isArmed(context, { np, at: i })) return true;
  }
  return false;
}

const STRIKES = /^(?:kill|shoot|hit|strike|target|bomb|attack|shell|wound|injure|see|find|help|stop|catch)$/;

const isArmed = (context: Context, argument: Argument): boolean =>
  context.ground.actorAt[argument.np.head]?.role === 'party' || headIs(context, argument, 'troops');

/** Whom buses carry: "six buses carrying fighters and their families". */
function cargo(clauses: Clauses, { at }: Argument): readonly Argument[] {
  // "a convoy of 40 buses carrying fighters"
  const of = clauses.chunks[at + 1];
  const end = isLink(of, 'preposition') && of.word === 'of' ? at + 3 : at + 1;
  const verb = isLink(clauses.chunks[end], 'comma') ? end + 1 : end;
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

/** Prepositions from people to where they live or are. */
const HOME = /^(?:of|from|in|at|inside|across|around|near|outside)$/;

/** "residents of A", "families in A and B", "A's population": the place in the words for the people. */
function homeOf(context: Context, clauses: Clauses, said: readonly Argument[]): readonly PlaceMention[] {
  return uniquePlaces(
    said.flatMap(({ np, at }) => {
      const before = np.places.filter((span) => span.last <= np.head).map((span) => span.mention);
      if (before.length > 0) return before;
      // "Foua and Kefraya residents"
      if (said.length > 1 && context.ground.placeAt[np.head] !== undefined)
        return np.places.map((span) => span.mention);
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

/** "buses from A", "buses carrying fighters from A" */
function homeOfConvoy(
  context: Context,
  clauses: Clauses,
  said: readonly Argument[],
): readonly PlaceMention[] {
  const own = homeOf(context, clauses, said);
  return own.length > 0
    ? own
    : homeOf(
        context,
        clauses,
        said.flatMap((one) => cargo(clauses, one)),
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
