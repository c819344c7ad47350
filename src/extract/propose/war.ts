import type { ActorMention } from '../../model/actor.ts';
import type { LexiconActor } from '../actors/lexicon.ts';
import type { Context } from './context.ts';
import type { Proposal } from './proposal.ts';

/** With this many people counted, flight and evacuation are told of whoever drives them out: floods too displace. */
const MANY = 10;
const MOVES = new Set(['evacuation', 'displacement', 'return']);
/** Words of being driven out, which need no other word of war beside them. */
const DRIVEN = /^(?:evacuat\w*|displac\w*|uproot\w*|homeless|flee|flees|fled|fleeing|bussed|bused)$/;
/** What is evacuated in peace, and why: a hotel after a gas leak. */
const EMERGENCY =
  /^(?:hotels?|schools?|malls?|buildings?|offices?|planes?|flights?|museums?|stadiums?|trains?|stations?|embassy|tower|ward|wards|gas|leak|alarm|drill|hoax|fires?|burning|smoke|pipe|picnic|guests?|passengers?|shoppers?|tourists?|fans|players|pupils)$/;
/** Tags of parties that do nothing but fight or rule by force; a state's government also trades and votes. */
const ARMED = ['rebel', 'jihadist', 'militia', 'paramilitary', 'separatist', 'group'];

/**
 * Drops movements and deals from reports that nothing shows to be about a war: a candidate withdraws, guests are evacuated,
 * fans return, clubs agree.
 */
export function inWar(context: Context, proposals: readonly Proposal[]): readonly Proposal[] {
  if (proposals.length === 0 || isAboutWar(context)) return proposals;
  return proposals.filter(
    (one) =>
      !(MOVES.has(one.type) || one.type === 'withdrawal' || one.type === 'agreement') ||
      (MOVES.has(one.type) && ofPeople(context, one)) ||
      [...one.from, ...one.to].some((actor) => kindOf(context, actor) === 'bloc') ||
      (one.type === 'withdrawal' && one.from.some((actor) => kindOf(context, actor) === 'party')),
  );
}

/** One word of war is enough, or a party that is known for fighting. */
const isAboutWar = ({ reading, ground, actors }: Context): boolean =>
  ground.wordAt.some(({ nouns }) => nouns.has('war')) ||
  reading.marks.some(
    (mark) =>
      mark.kind === 'actor' && mark.role === 'party' && mark.id !== undefined && isArmed(actors.get(mark.id)),
  );

const isArmed = (actor: LexiconActor | undefined): boolean =>
  actor !== undefined && ARMED.some((tag) => actor.tags.has(tag));

const kindOf = ({ actors }: Context, { id }: ActorMention): string | undefined =>
  id === undefined ? undefined : actors.get(id)?.kind;

/** Many people, or people driven out, and no emergency of peace. */
function ofPeople({ reading: { tokens, sentences } }: Context, { sentence, people }: Proposal): boolean {
  const { first = 0, last = 0 } = sentences[sentence] ?? {};
  const said = tokens.slice(first, last).map(({ norm }) => norm);
  const count = people?.low ?? people?.high ?? 0;
  if (count > 100) return true;
  return (
    (count >= MANY || said.some((word) => DRIVEN.test(word))) && !said.some((word) => EMERGENCY.test(word))
  );
}
