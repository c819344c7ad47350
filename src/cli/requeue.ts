import { reportId } from '../model/ids.ts';
import { besideTheBot } from './beside.ts';
import { printJson, say, UserError } from './terminal.ts';

/** `sitrep requeue`: has quarantined reports read again; the bot takes them up when it runs. */
export async function requeue(ids: readonly string[], { json }: { json?: true }): Promise<void> {
  await besideTheBot(async ({ database: { store } }) => {
    const wanted =
      ids.length > 0 ? ids.map(reportId) : (await store.quarantined()).map(({ report }) => report.id);
    const missing: string[] = [];
    for (const id of wanted) if (!(await store.requeue(id))) missing.push(id);
    if (missing.length > 0)
      throw new UserError(`Not quarantined: ${missing.join(', ')}. \`sitrep doctor\` lists those that are.`);
    if (json) printJson({ requeued: wanted });
    else
      say(
        wanted.length === 0 ? 'No report is quarantined.' : `${wanted.length} report(s) will be read again.`,
      );
  });
}
