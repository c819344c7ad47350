import type { Report } from '../model/report.ts';
import type { StoredStatement } from '../model/statement.ts';

/** "recaptured", "retook", "took back", "fell again": what is taken so had been lost, whoever told of the loss. */
const AGAIN =
  /\b(?:re-?(?:took|tak(?:e|es|en|ing)|captur\w*|gain(?:s|ed|ing)?|claim(?:s|ed|ing)?|conquer\w*|occup\w*|seiz\w*)|again|back)\b|استعاد|استرد/iu;

/** Do the report's words say that the place was taken once more? */
export const isAnew = ({ type, status, span: [start, end] }: StoredStatement, { body }: Report): boolean =>
  type === 'control' && status === 'happened' && AGAIN.test(body.slice(start, end));
