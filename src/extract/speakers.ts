export { findSpeakers, speakerAt, speakerByToken, type Attribution } from './speakers/find.ts';
export { parseSpeakers, type SpeakerWords } from './speakers/schema.ts';
