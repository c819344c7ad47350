import { placeId } from '../model/ids.ts';
import { shortIdOf } from '../model/incident.ts';
import type { Place } from '../model/place.ts';
import { headlineOf } from '../render/clause.ts';
import { label } from '../render/strings.ts';
import type { Command, CommandContext, Completion, Parameter } from './definition.ts';
import { splitLine } from './line.ts';

const ARABIC = /\p{Script=Arabic}/u;

/** The shortest way to write a place so that it is found again: its name, or its name with what it lies in. */
function written(place: Place, typed: string, { places }: CommandContext): string {
  const name = ARABIC.test(typed) ? (place.nameAr ?? place.name) : place.name;
  const names = [
    name,
    ...place.within.flatMap((id) => {
      const container = places.get(id);
      return container ? [`${name}, ${container.name}`] : [];
    }),
  ];
  const found = (text: string): boolean => {
    const meant = places.lookup(text);
    return meant.kind === 'found' && meant.place.id === place.id;
  };
  return names.find(found) ?? place.id;
}

/** A value that may be chosen while typing: what a person reads, and what the command is given. */
export interface Choice {
  readonly label: string;
  readonly value: string;
}

const word = (value: string): Choice => ({ label: value, value });

/** A city, its district and its governorate often share a name. */
const nameOf = ({ name, kind }: Place, { wording }: CommandContext): string =>
  kind === 'governorate' || kind === 'district' ? label(wording.strings, `place.${kind}`, { name }) : name;

/** "Hajin, Deir Ezzor, Syria": enough to tell namesakes apart. The id is found again whatever is typed. */
function placeChoice(place: Place, typed: string, context: CommandContext): Choice {
  const around = place.within.flatMap((id) => context.places.get(id)?.name ?? []);
  const shown = around.length > 2 ? [...around.slice(-2)] : around;
  const latin = nameOf(place, context);
  const arabic = ARABIC.test(typed) ? place.nameAr : undefined;
  const name = arabic === undefined ? latin : latin === place.name ? arabic : `${arabic} (${latin})`;
  return { label: [name, ...shown.filter((one) => one !== place.name)].join(', '), value: place.id };
}

/** Happenings that are offered while typing. */
const RECENT = 50;

const SOURCES: {
  readonly [K in Completion['kind']]: (
    completion: Extract<Completion, { kind: K }>,
    typed: string,
    context: CommandContext,
    limit: number,
  ) => Promise<readonly Choice[]>;
} = {
  places: (_, typed, context, limit) =>
    Promise.resolve(context.places.complete(typed, limit).map((place) => placeChoice(place, typed, context))),
  subscribed: async (_, typed, context) =>
    (await context.store.subscriptionsOf(context.destination.id))
      .map(({ place }) => (place === undefined ? undefined : context.places.get(place)))
      .map((place) => (place ? placeChoice(place, typed, context) : word('everywhere')))
      .filter(({ label }) => label.toLowerCase().startsWith(typed.toLowerCase())),
  incidents: async (_, typed, { store, show, wording }, limit) =>
    (await Promise.all((await store.recentIncidents(RECENT)).map(show)))
      .map((incident) => ({
        label: `${shortIdOf(incident.id)} ${headlineOf(incident, wording)}`,
        value: shortIdOf(incident.id),
      }))
      .filter((one) => one.label.toLowerCase().includes(typed.replace(/^#/, '').toLowerCase()))
      .slice(0, limit),
  words: ({ words }, typed) =>
    Promise.resolve(words.filter((one) => one.startsWith(typed.toLowerCase())).map(word)),
};

/** Values that a parameter may take, beginning with what was typed, best first. */
export async function choicesOf(
  parameter: Parameter,
  typed: string,
  context: CommandContext,
  limit: number,
): Promise<readonly Choice[]> {
  if (!parameter.completion) return [];
  const { completion } = parameter;
  const source = SOURCES[completion.kind] as (typeof SOURCES)['places'];
  const choices = await source(completion as Extract<Completion, { kind: 'places' }>, typed, context, limit);
  return [...new Map(choices.map((choice) => [choice.value, choice])).values()].slice(0, limit);
}

/** A choice in a typed line, where a name reads better than an id. */
function inLine({ value }: Choice, parameter: Parameter, typed: string, context: CommandContext): string {
  const place = parameter.completion?.kind === 'words' ? undefined : context.places.get(placeId(value));
  return place ? written(place, typed, context) : value;
}

interface Ending {
  readonly parameter: Parameter;
  readonly typed: string;
  /** The line up to what was typed of the value. */
  readonly before: string;
}

/** The parameter whose value stands at the end of a half-typed line. */
function endingOf(rest: string, parameters: readonly Parameter[]): Ending | undefined {
  const words = rest.split(/\s+/u);
  const last = words.at(-1) ?? '';
  const keyword = words
    .slice(0, -1)
    .findLast((word) => parameters.some((parameter) => parameter.keyword === word.toLowerCase()));
  if (keyword === undefined) {
    const parameter = parameters.find((one) => one.keyword === undefined);
    return parameter && { parameter, typed: rest.replace(/^["“«]/u, ''), before: '' };
  }
  const parameter = parameters.find((one) => one.keyword === keyword.toLowerCase());
  const typed = last.replace(/^.*[,،;]/u, '');
  return parameter && { parameter, typed, before: rest.slice(0, rest.length - typed.length) };
}

/** Lines that a half-typed line could become. */
export async function completeLine(
  line: string,
  commands: readonly Command[],
  context: CommandContext,
  limit: number,
): Promise<readonly string[]> {
  const { name, rest } = splitLine(line);
  const command = commands.find((one) => one.name === name);
  if (!command || (rest === '' && !/\s$/u.test(line)))
    return commands.filter((one) => one.name.startsWith(name)).map((one) => `/${one.name}`);
  const ending = endingOf(/\s$/u.test(line) && rest !== '' ? `${rest} ` : rest, command.parameters);
  if (!ending || ending.typed.trim() === '') return [];
  const { parameter, before } = ending;
  const typed = ending.typed.trim();
  const choices = await choicesOf(parameter, typed, context, limit);
  const values = new Set(choices.map((choice) => inLine(choice, parameter, typed, context)));
  return [...values].map((value) => `/${name} ${before}${value}`);
}
