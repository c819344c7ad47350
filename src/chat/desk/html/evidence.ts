import type { Fact } from '../../../model/incident.ts';
import type { StoredStatement } from '../../../model/statement.ts';
import { html, type Html } from './template.ts';
import { calm } from '../../text.ts';

/** A fact with the number under which its page shows it. */
export interface NumberedFact {
  readonly number: number;
  readonly fact: Fact;
}

/** A stretch of a report's body that carries the same evidence from end to end. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly statements: readonly StoredStatement[];
}

/** Cuts `[start, end)` wherever evidence begins or ends. Statements may overlap and may stand in each other. */
export function stretches(
  start: number,
  end: number,
  statements: readonly StoredStatement[],
): readonly Stretch[] {
  const inside = statements.filter(({ span }) => span[0] < end && span[1] > start);
  const cuts = [start, end, ...inside.flatMap(({ span }) => [...span])]
    .filter((at) => at >= start && at <= end)
    .sort((a, b) => a - b);
  return [...new Set(cuts)].slice(0, -1).map((from, index, all) => {
    const to = all[index + 1] ?? end;
    return { start: from, end: to, statements: inside.filter(({ span }) => span[0] < to && span[1] > from) };
  });
}

/** Fragment of a statement's evidence in the page. */
export const evidenceId = (statement: string): string => `s-${statement}`;
export const factAnchor = (fact: string): string => `f-${fact}`;

const anchors = (stretch: Stretch, body: string): Html =>
  html`${stretch.statements
    .filter(({ span }) => firstShown(span[0], body) === stretch.start)
    .map(({ id }) => html`<a id="${evidenceId(id)}" class="anchor"></a>`)}`;

/** Evidence that begins with a line break begins, in the page, with the paragraph after it. */
function firstShown(at: number, body: string): number {
  let shown = at;
  while (body[shown] === '\n') shown += 1;
  return shown;
}

function backLinks(stretch: Stretch, facts: readonly NumberedFact[]): Html {
  const ending = stretch.statements.filter(({ span }) => span[1] === stretch.end).map(({ id }) => id);
  const links = facts.filter(({ fact }) => fact.claims.some((claim) => ending.includes(claim.statement)));
  if (links.length === 0) return html``;
  return html`<sup
    >${links.map(
      ({ number, fact }) =>
        html`<a href="#${factAnchor(fact.id)}" aria-label="evidence for fact ${number}">${number}</a>`,
    )}</sup
  >`;
}

function stretchHtml(stretch: Stretch, body: string, facts: readonly NumberedFact[]): Html {
  const text = calm(body.slice(stretch.start, stretch.end));
  if (stretch.statements.length === 0) return html`${text}`;
  return html`<mark>${anchors(stretch, body)}${text}${backLinks(stretch, facts)}</mark>`;
}

/** A report's body by paragraphs, with what statements stand on marked and linked to the facts that it speaks for. */
export function evidenceHtml(
  body: string,
  statements: readonly StoredStatement[],
  facts: readonly NumberedFact[],
): Html {
  const paragraphs = [...body.matchAll(/[^\n]+/g)].map((match) =>
    stretches(match.index, match.index + match[0].length, statements),
  );
  return html`<div class="report">
    ${paragraphs.map(
      (parts) => html`<p dir="auto">${parts.map((part) => stretchHtml(part, body, facts))}</p>`,
    )}
  </div>`;
}
