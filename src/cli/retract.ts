import { userInfo } from 'node:os';
import { ledgerPlacesOf } from '../assess/blocks.ts';
import { decideRetraction } from '../app/decide.ts';
import { learn, type Learnt } from '../app/knowledge.ts';
import { findReport } from '../commands/named-report.ts';
import type { Config } from '../config/load.ts';
import type { Report } from '../model/report.ts';
import { systemClock } from '../model/time.ts';
import { headlineOf } from '../render/clause.ts';
import { toText } from '../render/text.ts';
import { correctionIdOf } from '../store/corrections.ts';
import type { Judgement } from '../store/judge.ts';
import type { Store } from '../store/store.ts';
import { besideTheBot } from './beside.ts';
import { ROOT } from './root.ts';
import { printJson, say, UserError } from './terminal.ts';

interface RetractOptions {
  readonly reason: string;
  readonly by?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

const MAX_REASON = 500;

const described = ({ id, outlet, title, published }: Report): string =>
  `  ${id}  ${published.slice(0, 10)}  ${outlet}${title === undefined ? '' : `: ${title}`}`;

/** @throws UserError that lists what may have been meant */
export async function reportNamed(typed: string, store: Store): Promise<Report> {
  const found = await findReport(typed, store);
  if (found.kind === 'found') return found.report;
  const [problem, list, remedy] =
    found.kind === 'several'
      ? ([
          `Several reports are called "${typed}"`,
          found.choices,
          'Write the id of the one that is meant',
        ] as const)
      : ([
          `No report is called "${typed}"`,
          found.newest,
          'Write its id or its address; the newest are',
        ] as const);
  const lines = list.map(described).join('\n');
  throw new UserError(
    lines === '' ? `${problem}: no report was accepted yet.` : `${problem}. ${remedy}:\n${lines}`,
  );
}

/** `sitrep retract REPORT`: takes a report back in its turn of judging; with `--dry-run` prints what that would change. */
export async function retract(typed: string, options: RetractOptions): Promise<void> {
  const reason = options.reason.trim().slice(0, MAX_REASON);
  if (reason === '') throw new UserError('--reason is empty; say why, as readers are told.');
  const by = options.by?.trim() ?? userInfo().username;
  await besideTheBot(async ({ config, database: { store, desk } }) => {
    const report = await reportNamed(typed, store);
    if (options.dryRun) {
      const learnt = await learn(ROOT, config.dataDir);
      printTrial(report, await trial(report, { reason, by }, store, learnt, config), learnt, options);
      return;
    }
    const outcome = await store.retract({ report: report.id, reason, by });
    if (options.json)
      printJson({
        report: report.id,
        correction: outcome.correction,
        already: outcome.kind === 'already',
      });
    else
      say(
        outcome.kind === 'already'
          ? `${report.id} was taken back before. \`sitrep corrections\` shows how far that is.`
          : `${report.id} is taken back${desk === undefined ? ', as soon as the bot runs' : ''}. \`sitrep corrections\` shows how many copies are put right.`,
      );
  });
}

const trial = (
  report: Report,
  { reason, by }: { readonly reason: string; readonly by: string },
  store: Store,
  { wording }: Learnt,
  { digests, updates, sensitivity }: Config,
): Promise<Judgement> =>
  store.tryRetraction(
    {
      id: correctionIdOf('retraction', report.id),
      kind: 'retraction',
      report: report.id,
      by,
      reason,
      requested: systemClock(),
    },
    {
      ledgerPlacesOf,
      retract: (snapshot, reader) =>
        decideRetraction(snapshot, reader, wording, {
          dailyMinute: digests.dailyAt,
          ...updates,
          sensitivity,
        }),
    },
  );

function printTrial(
  report: Report,
  { assessment, deliveries }: Judgement,
  { wording }: Learnt,
  { json }: RetractOptions,
): void {
  const incidents = assessment.updates.map((update) => {
    const changed = assessment.incidents.find(({ incident }) => incident.id === update.incident);
    const replies = deliveries.filter((one) => one.update === update.id && one.op === 'reply');
    const [reply] = replies;
    return {
      incident: update.incident,
      headline: changed ? headlineOf(changed.incident, wording) : '',
      kinds: update.kinds,
      destinations: replies.map(({ destination }) => destination),
      ...(reply && { reply: toText(reply.message, wording.strings) }),
    };
  });
  const { close, open } = assessment.ledger;
  if (json) {
    printJson({
      dryRun: true,
      report: report.id,
      incidents,
      ledger: { closed: close.length, opened: open.length },
    });
    return;
  }
  say(described(report).trim());
  if (incidents.length === 0) say('Nothing that was told stands on it.');
  for (const { headline, destinations, reply } of incidents) {
    say('');
    say(`${headline} (told in ${destinations.length} channel${destinations.length === 1 ? '' : 's'})`);
    for (const line of reply?.split('\n') ?? []) say(`  ${line}`);
  }
  say('');
  say(
    `Ledger rows no longer believed: ${close.length}; in their place: ${open.length}. Nothing was changed: this was a dry run.`,
  );
}
