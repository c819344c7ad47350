import { deskDestination } from '../chat/desk/channel.ts';
import { appCommands } from '../app/commands.ts';
import { learn } from '../app/knowledge.ts';
import { loadConfig } from '../config/load.ts';
import { openLog } from '../app/log.ts';
import { askStatus, statusInput } from '../commands/status.ts';
import type { Holding } from '../model/control.ts';
import { systemClock } from '../model/time.ts';
import { renderStatus, type StatusAnswer } from '../render/answers.ts';
import { toText } from '../render/text.ts';
import { besideTheBot, inFull } from './beside.ts';
import { ROOT } from './root.ts';
import { printJson, say } from './terminal.ts';

const row = ({ place, entry, inherited }: Holding) => ({
  place: place.name,
  placeId: place.id,
  inheritedFrom: inherited?.name,
  holders: entry.holders.map(({ text, name }) => name ?? text),
  part: entry.part,
  standing: entry.standing,
  since: entry.validFrom,
  until: entry.validTo,
  lastConfirmed: entry.lastConfirmed,
  onTheWordOf: [...new Set(entry.claims.map(({ origin }) => origin.name))],
});

/** Days as `YYYY-MM-DD`; what is not known, or does not apply, is left out. */
const asData = ({ place, at, known, held, inside }: StatusAnswer) => ({
  ok: true,
  place: { name: place.name, id: place.id },
  at,
  known,
  held: held.map(row),
  inside: inside.map(row),
});

/** `sitrep status PLACE`: the answer of /status, at the terminal. Exit status 1 when the question cannot be answered. */
export async function status(
  place: string,
  { at, known, json }: { at?: string; known?: string; json?: true },
): Promise<void> {
  const { places, wording } = await learn(ROOT, loadConfig({ root: ROOT, env: process.env }).dataDir);
  const typed = { place, ...(at !== undefined && { at }), ...(known !== undefined && { known }) };
  const asker = { destination: deskDestination('terminal'), manages: true };
  const asked = await besideTheBot(async ({ database: { store }, book }) => {
    const input = statusInput.safeParse(typed);
    if (input.success)
      return askStatus(input.data, { store, places, wording, now: systemClock(), show: inFull });
    const learnt = { places, wording };
    const parts = {
      store,
      reports: store,
      book,
      learnt,
      shown: inFull,
      clock: systemClock,
      log: openLog('warn'),
    };
    return { message: await appCommands(parts).run('status', typed, asker) };
  });
  if ('message' in asked) process.exitCode = 1;
  const told = (): string =>
    toText('message' in asked ? asked.message : renderStatus(asked.answer, wording), wording.strings);
  if (!json) say(told());
  else printJson('message' in asked ? { ok: false, problem: told() } : asData(asked.answer));
}
