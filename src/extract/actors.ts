export type { ActorContext } from './actors/context.ts';
export { findActors } from './actors/find.ts';
export { partiesNamed, resolveGeneric } from './actors/generic.ts';
export { buildActors, type ActorLexicon, type LexiconActor } from './actors/lexicon.ts';
export {
  LexiconError,
  parseActors,
  parseActorWords,
  type ActorFile,
  type ActorWords,
} from './actors/schema.ts';
