import { besideTheBot } from './beside.ts';
import { findReport } from '../commands/named-report.ts';
import type { Store } from '../store/store.ts';
import { printJson, say, UserError } from './terminal.ts';

const LISTED = 200;

/** Id of what people call by a channel's name, a happening's short name or the beginning of a report's id. */
async function subjectNamed(typed: string, store: Store): Promise<string> {
  const bare = typed.replace(/^#/, '');
  const channels = (await store.destinations()).filter(
    ({ destination: { id, name } }) => id === typed || name.replace(/^#/, '') === bare,
  );
  if (channels.length > 0)
    return one(
      typed,
      channels.map(({ destination }) => destination.id),
    );
  const incidents = await store.incidentsNamed(typed);
  if (incidents.length > 0)
    return one(
      typed,
      incidents.map(({ id }) => id),
    );
  const report = await findReport(typed, store);
  if (report.kind === 'found') return report.report.id;
  if (report.kind === 'several')
    return one(
      typed,
      report.choices.map(({ id }) => id),
    );
  throw new UserError(
    `No channel, happening or report is called "${typed}". Write a channel's name, a happening's short name or a report's id; without one everything is listed.`,
  );
}

function one(typed: string, [id, ...others]: readonly string[]): string {
  if (id !== undefined && others.length === 0) return id;
  throw new UserError(
    `"${typed}" may be several. Write the id of one:\n${[id, ...others].map((each) => `  ${each}`).join('\n')}`,
  );
}

/** `sitrep audit [SUBJECT]`: who did what when, of all that changes what readers are told. Newest first. */
export async function audit(typed: string | undefined, { json }: { json?: true }): Promise<void> {
  await besideTheBot(async ({ database: { store } }) => {
    const subject = typed === undefined ? undefined : await subjectNamed(typed, store);
    const entries = await store.auditLog({ limit: LISTED, ...(subject !== undefined && { subject }) });
    if (json) {
      printJson(entries);
      return;
    }
    if (entries.length === 0) say(`Nothing is on record${typed === undefined ? '' : ` of ${typed}`}.`);
    for (const { at, actor, action, subject: of, detail } of entries)
      say(
        `${at.slice(0, 16).replace('T', ' ')} UTC  ${actor}: ${action} ${of}${detail === '' ? '' : ` (${detail})`}`,
      );
  });
}
