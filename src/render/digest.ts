import type { Incident, Update } from '../model/incident.ts';
import type { Line, Message } from '../model/message.ts';
import { begun, datedClause } from './clause.ts';
import type { Wording } from './names.ts';
import { label, say, sayReason } from './strings.ts';

/** Happenings that a digest names; of the others it gives the number. */
const MOST = 25;

interface Entry {
  readonly incident: Incident;
  readonly updates: readonly Update[];
}

/** One happening as it stands now: what, how sure on whose word, and whether it is new or how often it moved. */
function entryLine({ incident, updates }: Entry, wording: Wording): readonly Line[] {
  const [lead] = incident.facts;
  if (!lead) return [];
  const { strings } = wording;
  const said = { clause: begun(datedClause(lead, wording)), reason: sayReason(lead.why, strings) };
  if (incident.past) return [say(strings, 'digest.past', said)];
  const opened = updates.some(({ kinds }) => kinds.includes('opened'));
  return [
    say(strings, opened ? 'digest.opened' : 'digest.moved', {
      count: updates.length,
      ...said,
    }),
  ];
}

/** What happened since the last digest, in one message: a line for each happening, the newest first. */
export function renderDigest(entries: readonly Entry[], wording: Wording): Message {
  const { strings } = wording;
  const shown = entries.slice(0, MOST);
  const more = entries.length - shown.length;
  return {
    tone: 'update',
    headline: label(strings, 'digest.headline', { count: entries.length }),
    blocks: [
      { kind: 'list', lines: shown.flatMap((entry) => entryLine(entry, wording)) },
      ...(more > 0
        ? [{ kind: 'context', lines: [say(strings, 'digest.more', { count: more })] } as const]
        : []),
    ],
  };
}
