import type { Incident, Reason } from '../../model/incident.ts';
import type { Block, Line, Message } from '../../model/message.ts';
import type { Report } from '../../model/report.ts';
import { headlineOf } from '../clause.ts';
import { clean, literal, separated, strong, text, untrusted } from '../inline.ts';
import type { Wording } from '../names.ts';
import { label, publication, say, sayReason } from '../strings.ts';
import { named } from './incident.ts';

/** What became of one statement of a report. `kept`: on record only. `silent`: in an incident, with nothing new. */
export type Outcome = { readonly quote: string } & (
  | { readonly kind: 'kept'; readonly reason: Reason }
  | { readonly kind: 'silent'; readonly incident: Incident; readonly reason?: Reason }
  /** An alert, whoever watches its place. */
  | { readonly kind: 'alerted'; readonly incident: Incident; readonly reason?: Reason }
  | { readonly kind: 'told'; readonly incident: Incident; readonly reason?: Reason }
  /** An alert elsewhere, not here. Without `why`: the channel asked for it after it was told. */
  | {
      readonly kind: 'untold';
      readonly incident: Incident;
      readonly reason?: Reason;
      readonly why?: Reason;
    }
);

/** How far a report came, and where its way ended. */
export type WhyNotAnswer =
  | { readonly kind: 'not_received'; readonly typed: string }
  | { readonly kind: 'duplicate'; readonly report: Report; readonly of: Report }
  | { readonly kind: 'baseline'; readonly report: Report }
  | { readonly kind: 'quarantined'; readonly report: Report; readonly error: string }
  | {
      readonly kind: 'waiting';
      readonly report: Report;
      readonly stage: 'accepted' | 'retrying' | 'read';
    }
  | {
      readonly kind: 'judged';
      readonly report: Report;
      readonly withdrawn: boolean;
      readonly destination: string;
      readonly outcomes: readonly Outcome[];
    };

const MAX_QUOTE = 160;
const MAX_LINES = 15;

function outcomeLine(outcome: Outcome, destination: string, wording: Wording): Line {
  const { strings } = wording;
  const here = untrusted(destination);
  const quote: Line = outcome.quote === '' ? [] : [untrusted(`“${clean(outcome.quote, MAX_QUOTE)}”`)];
  if (outcome.kind === 'kept') return separated([quote, sayReason(outcome.reason, strings)], ' → ');
  const incident: Line = [
    text(headlineOf(outcome.incident, wording)),
    literal(' '),
    strong(named(outcome.incident)),
  ];
  const end =
    outcome.kind === 'told'
      ? say(strings, 'why_not.told', { destination: here })
      : outcome.kind === 'alerted'
        ? say(strings, outcome.incident.past ? 'why_not.alerted_past' : 'why_not.alerted', {})
        : outcome.kind === 'silent'
          ? say(strings, 'why_not.silent', {})
          : outcome.why
            ? say(strings, outcome.incident.past ? 'why_not.past' : 'why_not.untold', {
                destination: here,
                reason: sayReason(outcome.why, strings),
              })
            : say(strings, 'why_not.later', { destination: here });
  const reason = outcome.reason ? sayReason(outcome.reason, strings) : [];
  return separated([quote, incident, reason, end], ' → ');
}

function judged(answer: Extract<WhyNotAnswer, { kind: 'judged' }>, wording: Wording): readonly Block[] {
  const { strings } = wording;
  const lines = answer.outcomes
    .slice(0, MAX_LINES)
    .map((one) => outcomeLine(one, answer.destination, wording));
  return [
    ...(answer.withdrawn
      ? [{ kind: 'paragraph', line: say(strings, 'why_not.withdrawn', {}) } as const]
      : []),
    lines.length === 0
      ? { kind: 'paragraph', line: say(strings, 'why_not.read_nothing', {}) }
      : { kind: 'list', lines },
  ];
}

function blocksOf(
  answer: Exclude<WhyNotAnswer, { kind: 'not_received' }>,
  wording: Wording,
): readonly Block[] {
  const { strings } = wording;
  const paragraph = (line: Line): readonly Block[] => [{ kind: 'paragraph', line }];
  switch (answer.kind) {
    case 'duplicate':
      return paragraph(
        say(strings, 'why_not.duplicate', {
          outlet: untrusted(answer.of.outlet),
          time: publication(answer.of.published, strings),
        }),
      );
    case 'baseline':
      return paragraph(say(strings, 'why_not.baseline', {}));
    case 'quarantined':
      return paragraph(say(strings, 'why_not.quarantined', { error: untrusted(answer.error) }));
    case 'waiting':
      return paragraph(
        say(strings, answer.stage === 'read' ? 'why_not.waits_judging' : 'why_not.waits_reading', {}),
      );
    case 'judged':
      return judged(answer, wording);
  }
}

/** Answer to `/why-not`: the stage at which the report's way ended, and by which rule. */
export function renderWhyNot(answer: WhyNotAnswer, wording: Wording): Message {
  const { strings } = wording;
  if (answer.kind === 'not_received')
    return {
      tone: 'answer',
      headline: label(strings, 'why_not.not_received', { typed: untrusted(answer.typed) }),
      blocks: [{ kind: 'paragraph', line: say(strings, 'why_not.not_received_body', {}) }],
    };
  const { report } = answer;
  const source: Line = say(strings, 'source.line', {
    outlet:
      report.url === undefined
        ? untrusted(report.outlet)
        : { kind: 'link', text: report.outlet, url: report.url },
    time: publication(report.published, strings),
  });
  return {
    tone: 'answer',
    headline: label(strings, 'why_not.headline', { title: untrusted(report.title ?? report.outlet) }),
    blocks: [...blocksOf(answer, wording), { kind: 'context', lines: [source, [literal(report.id)]] }],
  };
}

/** Several reports bear the name: which one is meant? */
export function renderWhichReport(
  asked: { readonly typed: string; readonly choices: readonly Report[] },
  wording: Wording,
): Message {
  const { strings } = wording;
  return {
    tone: 'answer',
    headline: label(strings, 'why_not.several', { typed: untrusted(asked.typed) }),
    blocks: [
      {
        kind: 'list',
        lines: asked.choices.map(({ id, outlet, title }) =>
          separated(
            [[literal(id)], [untrusted(outlet)], title === undefined ? [] : [untrusted(title)]],
            ' · ',
          ),
        ),
      },
      {
        kind: 'actions',
        actions: asked.choices.slice(0, 5).map(({ id, outlet }) => ({
          kind: 'command',
          label: clean(outlet),
          command: `/why-not ${id}`,
        })),
      },
    ],
  };
}
