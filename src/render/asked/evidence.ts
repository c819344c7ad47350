import type { ReportId, StatementId } from '../../model/ids.ts';
import type { Claim, Fact, Incident } from '../../model/incident.ts';
import type { Block, Line, Message } from '../../model/message.ts';
import type { Report } from '../../model/report.ts';
import { begun, datedClause, headlineOf } from '../clause.ts';
import { clean, untrusted } from '../inline.ts';
import type { Wording } from '../names.ts';
import { list, label, publication, say, sayReason } from '../strings.ts';
import { named, pageOf } from './incident.ts';

/** What `/evidence` found. */
export interface EvidenceAnswer {
  readonly incident: Incident;
  readonly reports: ReadonlyMap<ReportId, Pick<Report, 'outlet' | 'url' | 'published'>>;
  /** The sentence in which each statement stands. */
  readonly sentences: ReadonlyMap<StatementId, string>;
}

/** Of a longer sentence the beginning is shown; the page has all of it. */
const MAX_QUOTE = 400;
/** As many sentences fit one message; the page has all. */
const MAX_QUOTES = 12;

/** Whose word, in which outlet, with its link, and when. */
function sourceOf(claim: Claim, { reports }: EvidenceAnswer, { strings }: Wording): Line {
  const report = reports.get(claim.report);
  const outlet =
    report?.url === undefined
      ? untrusted(claim.outlet)
      : { kind: 'link' as const, text: claim.outlet, url: report.url };
  const time = publication(report?.published ?? claim.at, strings);
  const origin = untrusted(claim.origin.name);
  if (claim.instead !== undefined) {
    const holders = list(
      claim.instead.split('\n').map((name) => [untrusted(name)]),
      strings,
    );
    return say(strings, 'evidence.holds', { origin, outlet, time, holders });
  }
  if (claim.stance === 'denies') return say(strings, 'evidence.denies', { origin, outlet, time });
  return claim.origin.name === claim.outlet
    ? say(strings, 'source.line', { outlet, time })
    : say(strings, 'evidence.source', { origin, outlet, time });
}

const once = (claims: readonly Claim[]): readonly Claim[] => [
  ...new Map(claims.map((claim) => [`${claim.statement}|${claim.origin.key}`, claim])).values(),
];

function factBlocks(
  fact: Fact,
  claims: readonly Claim[],
  answer: EvidenceAnswer,
  wording: Wording,
): readonly Block[] {
  const { strings } = wording;
  const head: Block = {
    kind: 'paragraph',
    line: say(strings, 'root.fact', {
      clause: begun(datedClause(fact, wording)),
      reason: sayReason(fact.why, strings),
    }),
  };
  const quotes = claims.map((claim): Block => ({
    kind: 'quote',
    text: clean(answer.sentences.get(claim.statement) ?? claim.quote ?? '…', MAX_QUOTE),
    source: sourceOf(claim, answer, wording),
  }));
  return [head, ...quotes];
}

/** Answer to `/evidence`: each clause with the sentences that it stands on, whose word they are, outlet, link and time. */
export function renderEvidence(answer: EvidenceAnswer, wording: Wording): Message {
  const { strings } = wording;
  const { incident } = answer;
  let left = MAX_QUOTES;
  const all = incident.facts.flatMap((fact) => once(fact.claims)).length;
  const blocks = incident.facts.flatMap((fact) => {
    const shown = once(fact.claims).slice(0, left);
    left -= shown.length;
    return factBlocks(fact, shown, answer, wording);
  });
  const more = Math.max(0, all - MAX_QUOTES);
  return {
    tone: 'answer',
    headline: label(strings, 'evidence.headline', { clause: headlineOf(incident, wording, { after: true }) }),
    blocks: [
      ...(blocks.length === 0
        ? [{ kind: 'paragraph', line: say(strings, 'root.nothing_left', {}) } as const]
        : blocks),
      {
        kind: 'context',
        lines: [
          say(strings, 'root.named', { name: named(incident) }),
          ...(more > 0 ? [say(strings, 'evidence.more', { count: more })] : []),
        ],
      },
      { kind: 'actions', actions: [pageOf(incident, strings)] },
    ],
  };
}
