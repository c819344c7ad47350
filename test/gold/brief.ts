import type { ActorMention } from '../../src/model/actor.ts';
import type { PlaceMention } from '../../src/model/place.ts';
import type { Statement } from '../../src/model/statement.ts';

const places = (list: readonly PlaceMention[] = []): string =>
  list.map((place) => place.id ?? `~${place.text}`).join(',');
const actors = (list: readonly ActorMention[] = []): string =>
  list.map((actor) => actor.id ?? `~${actor.text}`).join(',');

/** A statement on a line: type, status, phase, and what it has of places, actors, figure, date and speaker. */
export function brief(statement: Statement): string {
  const { type, status, phase, part, people, date, by } = statement;
  const fields: readonly (readonly [string, string])[] = [
    ['at', places(statement.places)],
    ['towards', places(statement.toPlaces)],
    ['via', places(statement.viaPlaces)],
    ['to', actors(statement.to)],
    ['from', actors(statement.from)],
    ['parties', actors(statement.parties)],
    ['people', people === undefined ? '' : `${people.low ?? ''}..${people.high ?? ''} ${people.unit}`],
    ['date', date ?? ''],
    ['by', by === undefined ? '' : (by.id ?? `~${by.text}`)],
  ];
  return [
    type,
    status,
    phase ?? '',
    part === true ? 'part' : '',
    ...fields.filter(([, value]) => value !== '').map(([name, value]) => `${name}=${value}`),
  ]
    .filter((word) => word !== '')
    .join(' ');
}
