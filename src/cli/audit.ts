import { besideTheBot } from './beside.ts';
import { printJson, say } from './terminal.ts';

const LISTED = 200;

/** `sitrep audit [SUBJECT]`: who did what when, of all that changes what readers are told. Newest first. */
export async function audit(subject: string | undefined, { json }: { json?: true }): Promise<void> {
  await besideTheBot(async ({ database: { store } }) => {
    const entries = await store.auditLog({ limit: LISTED, ...(subject !== undefined && { subject }) });
    if (json) {
      printJson(entries);
      return;
    }
    if (entries.length === 0) say('Nothing is on record.');
    for (const { at, actor, action, subject: of, detail } of entries)
      say(
        `${at.slice(0, 16).replace('T', ' ')} UTC  ${actor}: ${action} ${of}${detail === '' ? '' : ` (${detail})`}`,
      );
  });
}
