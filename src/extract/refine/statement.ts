import type { Statement } from '../../model/statement.ts';
import type { Context } from '../propose/context.ts';
import type { Draft } from './draft.ts';

const MOVEMENTS = new Set(['withdrawal', 'evacuation', 'displacement', 'return', 'aid_access']);

/** The statement of a draft, with only the fields that its type has. */
export function toStatement(context: Pick<Context, 'reading'>, draft: Draft): Statement {
  const { proposal, status, date, by } = draft;
  const { tokens } = context.reading;
  const moves = MOVEMENTS.has(proposal.type);
  const start = tokens[proposal.span.first]?.start ?? 0;
  const end = tokens[proposal.span.last - 1]?.end ?? start;
  const figures = [...(proposal.beside ?? []), ...(draft.figures ?? [])];
  return {
    type: proposal.type,
    status,
    ...(proposal.phase !== undefined && { phase: proposal.phase }),
    ...(proposal.part && { part: true as const }),
    places: moves ? origins(proposal) : proposal.places,
    ...(moves && proposal.toPlaces.length > 0 && { toPlaces: proposal.toPlaces }),
    ...(moves && proposal.viaPlaces.length > 0 && { viaPlaces: proposal.viaPlaces }),
    ...(proposal.to.length > 0 && { to: proposal.to }),
    ...(proposal.from.length > 0 && { from: proposal.from }),
    ...(proposal.type === 'agreement' && proposal.parties.length > 0 && { parties: proposal.parties }),
    ...(moves && proposal.people !== undefined && { people: proposal.people }),
    ...(moves && figures.length > 0 && { figures }),
    ...(date !== undefined && { date: date.date, datePrecision: date.precision }),
    ...(draft.spoken && { dateAtLatest: true as const }),
    ...(by !== undefined && { by }),
    span: [start, end],
    confidence: confidenceOf(context, draft),
    rule: proposal.rule,
  };
}

/** "fled into the province": where people go is not where the report would have them come from. */
const origins = ({ places, toPlaces, how }: Draft['proposal']): Draft['proposal']['places'] =>
  how !== 'named' &&
  places.length > 0 &&
  places.every(({ id, name }) =>
    toPlaces.some((to) => (to.id === id && id !== undefined) || (to.name === name && name !== undefined)),
  )
    ? []
    : places;

/** How much less a place is right that is not named outright (measured on the annotated texts, as all shares below). */
const BY_HOW: Readonly<Record<Draft['proposal']['how'], number>> = {
  named: 1,
  container: 0.85,
  anaphor: 0.75,
  provisional: 0.7,
  topic: 0.5,
};
/** Tokens between the words that state it and the nearest of its places, from which on the place is often another's. */
const FAR = 30;
const WIDE = /^(?:country|governorate)$/;

/** How likely all of a draft is right: what its pattern is right in, less for what is left to inference. */
function confidenceOf({ reading: { tokens } }: Pick<Context, 'reading'>, draft: Draft): number {
  const { proposal, status, title, date } = draft;
  const { places, span } = proposal;
  const [before, behind] = [tokens[span.first - 1 - FAR], tokens[span.last + FAR]];
  const far = (offset: number): boolean =>
    (before !== undefined && offset <= before.start) || (behind !== undefined && offset > behind.start);
  const doubts = [
    BY_HOW[proposal.how],
    title ? 0.75 : 1,
    places.length > 0 && places.every(({ start }) => far(start)) ? 0.85 : 1,
    // "oil fields held by the group": which ones, the words around them do not say.
    proposal.describes === true && proposal.how === 'topic' ? 0.85 : 1,
    status === 'planned' ? 0.9 : 1,
    // "took the town", with no day in reach: history often enough.
    status === 'happened' && date === undefined ? 0.9 : 1,
    places.length > 0 && places.every(({ kind }) => WIDE.test(kind ?? '')) ? 0.95 : 1,
  ];
  const value = doubts.reduce((sure, doubt) => sure * doubt, proposal.confidence);
  return Math.round(Math.min(0.99, value) * 100) / 100;
}
