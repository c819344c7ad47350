import { examine, type Finding, type Verdict } from '../app/doctor.ts';
import { readStrings } from '../config/locales.ts';
import { ConfigError } from '../config/problem.ts';
import { systemClock } from '../model/time.ts';
import { besideTheBot } from './beside.ts';
import { ROOT } from './root.ts';
import { printJson, say } from './terminal.ts';

const SIGNS: Readonly<Record<Verdict, string>> = { ok: '✓', note: '·', warning: '!', failure: '✗' };

/** What keeps the bot from running at all is a finding too. */
async function findings(): Promise<readonly Finding[]> {
  try {
    return await besideTheBot(({ config, database }) =>
      examine({
        config,
        store: database.store,
        strings: readStrings(ROOT),
        now: systemClock(),
        ...(database.desk !== undefined && { desk: database.desk }),
      }),
    );
  } catch (error) {
    const found = (error as Error).message;
    if (error instanceof ConfigError)
      return [{ what: 'configuration', verdict: 'failure', found, remedy: 'mend the lines named above' }];
    return [
      {
        what: 'database',
        verdict: 'failure',
        found,
        remedy: 'see that its server runs and that its address is right',
      },
    ];
  }
}

/** `sitrep doctor`: exit status 1 when something fails. */
export async function doctor({ json, quiet }: { json?: true; quiet?: true }): Promise<void> {
  const all = await findings();
  const failed = all.some(({ verdict }) => verdict === 'failure');
  if (failed) process.exitCode = 1;
  if (json) {
    printJson({ ok: !failed, findings: all });
    return;
  }
  for (const { what, verdict, found, remedy } of all) {
    if (quiet && (verdict === 'ok' || verdict === 'note')) continue;
    say(`${SIGNS[verdict]} ${what}: ${found}${remedy === undefined ? '' : `\n    → ${remedy}`}`);
  }
}
