export { countriesOf as countriesNamed, namesIn } from './actors/context.ts';
export { findActors } from './actors/find.ts';
export { partiesNamed, resolveGeneric } from './actors/generic.ts';
export { buildActors, type ActorLexicon } from './actors/lexicon.ts';
export { theatresOf } from './actors/theatres.ts';
export { LexiconError, parseActors, parseActorWords } from './actors/schema.ts';
