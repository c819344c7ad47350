import type { Update } from '../model/incident.ts';
import type { Action, Block, Line } from '../model/message.ts';
import type { RulingNote } from '../model/ruling.ts';
import { named } from './asked/incident.ts';
import { literal, separated, untrusted } from './inline.ts';
import type { Wording } from './names.ts';
import { label, say } from './strings.ts';

/** That a person decided so, and the reason that was given. */
export function rulingLine({ kind, reason }: RulingNote, { strings }: Pick<Wording, 'strings'>): Line {
  const who = say(strings, `ruling.${kind}`, {});
  return reason === ''
    ? who
    : separated([who, say(strings, 'correction.reason', { reason: untrusted(reason) })], ': ');
}

/** Buttons that lead to the other happenings that an update names. */
export function otherThreads({ changes }: Update, { strings }: Pick<Wording, 'strings'>): readonly Block[] {
  const actions = changes.flatMap((change): readonly Action[] =>
    'other' in change
      ? [
          {
            kind: 'open',
            label: label(strings, 'action.incident', { name: literal(named({ id: change.other })) }),
            path: `/incidents/${change.other}`,
          },
        ]
      : [],
  );
  return actions.length === 0 ? [] : [{ kind: 'actions', actions: actions.slice(0, 5) }];
}
