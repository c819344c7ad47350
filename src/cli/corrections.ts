import type { CorrectionRecord } from '../store/corrections.ts';
import { besideTheBot } from './beside.ts';
import { printJson, say } from './terminal.ts';

const LISTED = 100;

const asData = ({ correction, state, applied, error, report, incidents, copies }: CorrectionRecord) => ({
  id: correction.id,
  kind: correction.kind,
  state,
  report: { id: report.id, outlet: report.outlet, title: report.title, url: report.url },
  replacement: correction.replacement,
  by: correction.by,
  reason: correction.reason,
  requested: correction.requested,
  applied,
  error,
  incidents,
  copies,
});

const STATES = { pending: 'waits for its turn', applied: 'applied', failed: 'failed' } as const;

function* lines({
  correction,
  state,
  error,
  report,
  incidents,
  copies,
}: CorrectionRecord): Generator<string> {
  const { kind, requested, by, reason } = correction;
  const title = report.title === undefined ? '' : `: ${report.title}`;
  yield `${requested.slice(0, 16).replace('T', ' ')} UTC  ${kind}, ${STATES[state]}  ${report.id}`;
  yield `  ${report.outlet}${title}`;
  yield `  by ${by}${reason === '' ? '' : `: ${reason}`}`;
  if (error !== undefined) yield `  failed: ${error}`;
  if (state === 'applied')
    yield `  happenings changed: ${incidents.length}; copies put right: ${copies.right}, pending: ${copies.pending}, refused: ${copies.refused}`;
}

/** `sitrep corrections`: each correction with how many copies were put right. Exit status 1 when one failed. */
export async function corrections({ all, json }: { all?: true; json?: true }): Promise<void> {
  await besideTheBot(async ({ database: { store } }) => {
    const found = await store.corrections({ limit: LISTED, ...(all && { all }) });
    if (found.some(({ state }) => state === 'failed')) process.exitCode = 1;
    if (json) printJson(found.map(asData));
    else if (found.length === 0) say('No report was taken back or revised.');
    else for (const one of found) for (const line of lines(one)) say(line);
  });
}
