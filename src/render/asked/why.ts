import type { Incident, Reason, Update } from '../../model/incident.ts';
import type { ReportId, StatementId, SubscriptionId } from '../../model/ids.ts';
import type { Block, Line, Message } from '../../model/message.ts';
import type { StoredStatement } from '../../model/statement.ts';
import type { Because, DeliveryState, Subscription, ThreadOp } from '../../model/telling.ts';
import type { Instant } from '../../model/time.ts';
import { begun, datedClause, headlineOf } from '../clause.ts';
import { literal, separated, untrusted } from '../inline.ts';
import { placeNames, type Wording } from '../names.ts';
import { label, list, plain, say, sayReason } from '../strings.ts';
import { named } from './incident.ts';

/** What `/why` found. */
export interface WhyAnswer {
  readonly incident: Incident;
  readonly destination: string;
  /** It is shown by its district only: reasons of matching, which name places, are left out. */
  readonly coarse: boolean;
  readonly statements: readonly StoredStatement[];
  /** Why statements went into it. */
  readonly decisions: readonly {
    readonly report: ReportId;
    readonly statement: StatementId;
    readonly reason: Reason;
  }[];
  /** Those of the channel, as they are now. */
  readonly subscriptions: readonly Subscription[];
  /** What the channel was told; absent: nothing. */
  readonly here?: {
    readonly mutedUntil?: Instant;
    readonly told: readonly {
      readonly update: Update;
      readonly op: ThreadOp;
      readonly state: DeliveryState;
      readonly at: Instant;
      readonly because?: Because;
    }[];
  };
}

/** As many lines of one sort fit one message. */
const MAX_LINES = 8;

const listBlock = (title: Line, lines: readonly Line[]): readonly Block[] =>
  lines.length === 0
    ? []
    : [
        { kind: 'paragraph', line: title },
        { kind: 'list', lines: lines.slice(0, MAX_LINES) },
      ];

/** The subscription with what it leaves out, as it is now. */
function filtersOf(id: SubscriptionId | undefined, { subscriptions }: WhyAnswer, { strings }: Wording): Line {
  const found = subscriptions.find((one) => one.id === id);
  if (!found) return [];
  const { types, standing, past } = found.filters;
  return separated(
    [
      ...(types.length > 0
        ? [
            say(strings, 'subscribed.types', {
              types: list(
                types.map((type) => say(strings, `type.${type}`, {})),
                strings,
              ),
            }),
          ]
        : []),
      ...(standing === 'claimed'
        ? []
        : [say(strings, 'subscribed.standing', { standing: say(strings, `standing.${standing}`, {}) })]),
      ...(past ? [say(strings, 'subscribed.past', {})] : []),
    ],
    ', ',
  );
}

/** One line for each update that was told, newest first: what kind it was, when, and which subscription asked. */
function toldLines(answer: WhyAnswer, wording: Wording): readonly Line[] {
  const { strings } = wording;
  const updates = new Map((answer.here?.told ?? []).map((one) => [one.update.id, one]));
  return [...updates.values()].map(({ update, at, because }) =>
    separated(
      [
        list(
          update.kinds.map((kind) => say(strings, `kind.${kind}`, {})),
          strings,
        ),
        [{ kind: 'time', at }],
        because ? sayReason(because.why, strings) : [],
        filtersOf(because?.subscription, answer, wording),
        answer.coarse ? [] : sayReason(update.reason, strings),
      ],
      ' · ',
    ),
  );
}

function ruleLines({ statements }: WhyAnswer): readonly Line[] {
  const rules = Map.groupBy(statements, ({ rule }) => rule);
  return [...rules].map(([rule, those]) =>
    separated(
      [
        [literal(rule)],
        [literal(`× ${those.length}`)],
        [literal(`${Math.round(Math.min(...those.map(({ confidence }) => confidence)) * 100)} %`)],
      ],
      ' · ',
    ),
  );
}

/** Answer to `/why`: which subscription, how it came to be one happening, which rules read it, which standing and why. */
export function renderWhy(answer: WhyAnswer, wording: Wording): Message {
  const { strings } = wording;
  const { incident, here, decisions } = answer;
  const destination = untrusted(answer.destination);
  const reasons = new Map(
    decisions.map(({ reason }) => [plain(sayReason(reason, strings), strings), reason]),
  );
  return {
    tone: 'answer',
    headline: label(strings, 'why.headline', { clause: headlineOf(incident, wording, { after: true }) }),
    blocks: [
      ...(here
        ? listBlock(say(strings, 'why.told', { destination }), toldLines(answer, wording))
        : [{ kind: 'paragraph', line: say(strings, 'why.not_told', { destination }) } as const]),
      ...(here?.mutedUntil === undefined
        ? []
        : [
            {
              kind: 'paragraph',
              line: say(strings, 'why.muted', { time: { kind: 'time', at: here.mutedUntil } }),
            } as const,
          ]),
      ...listBlock(
        say(strings, 'why.standing', {}),
        incident.facts.map((fact) =>
          say(strings, 'root.fact', {
            clause: begun(datedClause(fact, wording)),
            reason: sayReason(fact.why, strings),
          }),
        ),
      ),
      ...listBlock(
        say(strings, 'why.matched', { places: placeNames(incident.facts[0]?.places ?? [], wording) }),
        [...reasons.values()].map((reason) => begun(sayReason(reason, strings))),
      ),
      ...listBlock(say(strings, 'why.rules', {}), ruleLines(answer)),
      { kind: 'context', lines: [say(strings, 'root.named', { name: named(incident) })] },
    ],
  };
}
