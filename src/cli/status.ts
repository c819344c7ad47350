import { deskDestination } from '../chat/desk/channel.ts';
import { learn } from '../app/knowledge.ts';
import { openLog } from '../app/log.ts';
import { openCommands } from '../commands/commands.ts';
import { systemClock } from '../model/time.ts';
import { toText } from '../render/text.ts';
import { besideTheBot } from './beside.ts';
import { ROOT } from './program.ts';
import { printJson, say } from './terminal.ts';

/** `sitrep status PLACE`: the answer of /status, at the terminal. */
export async function status(
  place: string,
  { at, known, json }: { at?: string; known?: string; json?: true },
): Promise<void> {
  const { places, wording } = await learn(ROOT);
  const message = await besideTheBot(({ database }) =>
    openCommands({ store: database.store, places, wording, clock: systemClock, log: openLog('warn') }).run(
      'status',
      { place, ...(at !== undefined && { at }), ...(known !== undefined && { known }) },
      { destination: deskDestination('terminal') },
    ),
  );
  if (json) printJson(message);
  else say(toText(message, wording.strings));
  if (message.tone === 'error') process.exitCode = 1;
}
