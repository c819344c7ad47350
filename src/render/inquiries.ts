export { renderManyIncidents, renderUnknownIncident } from './asked/incident.ts';
export { renderDisclosed } from './asked/disclosed.ts';
export { renderDecided, renderUndecided, renderWhichPart } from './asked/decided.ts';
export { renderEvidence, type EvidenceAnswer } from './asked/evidence.ts';
export { sentenceAround } from './asked/sentence.ts';
export { renderTimeline, type TimelineAnswer } from './asked/timeline.ts';
export { renderWhy } from './asked/why.ts';
export { renderWhichReport, renderWhyNot, type Outcome, type WhyNotAnswer } from './asked/why-not.ts';
