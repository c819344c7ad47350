import { shortIdOf, type Incident } from '../../model/incident.ts';
import type { Action, Block, Message } from '../../model/message.ts';
import type { Report } from '../../model/report.ts';
import { headlineOf } from '../clause.ts';
import { literal, separated, strong, text, untrusted } from '../inline.ts';
import type { Wording } from '../names.ts';
import { label, publication, say } from '../strings.ts';
import { named } from './incident.ts';

/** Why there is nothing to decide. */
type Undecided =
  | {
      /** `one_already`: it is one. `unlike`: who holds ground and who moves are told apart. `nothing_left`: one was taken back. */
      readonly kind: 'one_already' | 'unlike' | 'nothing_left';
      readonly incident: Incident;
      readonly other: Incident;
    }
  /** `all_of_it`: nothing would stay where it was. `one_report`: nobody else speaks of it. */
  | { readonly kind: 'all_of_it' | 'one_report'; readonly incident: Incident };

const answer = (headline: string, blocks: readonly Block[], tone: Message['tone'] = 'answer'): Message => ({
  tone,
  headline,
  blocks,
});

/** Answer to `/merge` and `/split`: what was decided, which is told in the threads in a moment. */
export function renderDecided(
  decided:
    | { readonly kind: 'same'; readonly incident: Incident; readonly other: Incident }
    | { readonly kind: 'apart'; readonly incident: Incident },
  { strings }: Pick<Wording, 'strings'>,
): Message {
  const incident = literal(named(decided.incident));
  const headline =
    decided.kind === 'same'
      ? label(strings, 'decided.same', { incident, other: literal(named(decided.other)) })
      : label(strings, 'decided.apart', { incident });
  return answer(headline, [{ kind: 'paragraph', line: say(strings, 'decided.body', {}) }]);
}

export function renderUndecided(why: Undecided, { strings }: Pick<Wording, 'strings'>): Message {
  const incident = literal(named(why.incident));
  const headline =
    'other' in why
      ? label(strings, `undecided.${why.kind}`, { incident, other: literal(named(why.other)) })
      : label(strings, `undecided.${why.kind}`, { incident });
  return answer(headline, [], 'error');
}

/** As many buttons as a message takes. */
const MAX_BUTTONS = 5;

/** Which part is meant? Lists what can be parted from it, with buttons. */
export function renderWhichPart(
  asked: {
    /** Empty: none was named. */
    readonly typed: string;
    readonly incident: Incident;
    readonly reports: readonly Report[];
    /** As they may be shown. */
    readonly absorbed: readonly Incident[];
  },
  wording: Wording,
): Message {
  const { strings } = wording;
  const name = shortIdOf(asked.incident.id);
  const parts = [
    ...asked.absorbed
      .filter(({ facts }) => facts.length > 0)
      .map((one) => ({ id: shortIdOf(one.id), shown: named(one), of: [text(headlineOf(one, wording))] })),
    ...asked.reports.map(({ id, outlet, published }) => ({
      id,
      shown: id,
      of: say(strings, 'source.line', { outlet: untrusted(outlet), time: publication(published, strings) }),
    })),
  ];
  const incident = literal(named(asked.incident));
  if (parts.length < 2) return renderUndecided({ kind: 'one_report', incident: asked.incident }, wording);
  const headline =
    asked.typed === ''
      ? label(strings, 'decided.which_part', { incident })
      : label(strings, 'decided.which', { typed: untrusted(asked.typed), incident });
  const lines = parts.map(({ shown, of }) => separated([[strong(shown)], of], ' · '));
  const actions = parts.slice(0, MAX_BUTTONS).map(({ id, shown }): Action => ({
    kind: 'command',
    label: shown.slice(0, 12),
    command: `/split ${name} ${id}`,
  }));
  return answer(
    headline,
    [
      { kind: 'list', lines },
      { kind: 'actions', actions },
    ],
    'error',
  );
}
