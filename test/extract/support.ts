import { resolve } from 'node:path';
import { loadKnowledge } from '../../src/config/knowledge.ts';
import { extract, type Knowledge } from '../../src/extract/extract.ts';
import type { Statement } from '../../src/model/statement.ts';
import { instant } from '../../src/model/time.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

let loaded: Promise<Knowledge> | undefined;
/** The shipped lexicons and gazetteer, loaded once a test file. */
export const knowledge = (): Promise<Knowledge> => (loaded ??= loadKnowledge(ROOT));

/** Statements of a text that came out on Sunday, 20 May 2018. */
export async function read(body: string, published = '2018-05-20'): Promise<readonly Statement[]> {
  return extract({ body, published: instant(published), language: 'en' }, await knowledge());
}

/** "control happened Hajin, Susa": the form in which the lexicons write what they expect. */
export const inShort = (statement: Statement): string =>
  `${statement.type} ${statement.status} ${[...statement.places, ...(statement.places.length === 0 ? (statement.toPlaces ?? []) : [])].map((place) => place.text).join(', ')}`.trim();

/** A change that a reader would be alerted to. */
export const isKeyChange = ({ type, status }: Statement): boolean =>
  (status === 'happened' || status === 'ongoing') &&
  ['control', 'held', 'withdrawal', 'evacuation', 'displacement', 'return', 'agreement'].includes(type);
