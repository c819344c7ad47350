import type { Action, Block, Line, Message } from '../model/message.ts';
import type { StatementType } from '../model/statement.ts';
import type { Subscription, SubscriptionFilters } from '../model/telling.ts';
import { literal, separated, strong, untrusted } from './inline.ts';
import { containers, fullName, placeName, type NamedPlace, type Wording } from './names.ts';
import { label, list, say, type Strings } from './strings.ts';

export { renderStatus, type StatusAnswer } from './status.ts';

const paragraph = (line: Line): Block => ({ kind: 'paragraph', line });

const message = (tone: Message['tone'], headline: string, blocks: readonly Block[]): Message => ({
  tone,
  headline,
  blocks,
});

/** "Hajin, Abu Kamal district, Deir Ezzor governorate, Syria". */
const placed = (place: NamedPlace, wording: Wording): Line =>
  separated([fullName(place, wording), containers(place, wording)], ', ');

const asWords = (place: NamedPlace | undefined, wording: Wording): Line =>
  place ? [placeName(place, wording.places)] : say(wording.strings, 'place.everywhere', {});

const placeCommand = (command: string, place: NamedPlace, labelled: string): Action => ({
  kind: 'command',
  label: labelled,
  command: `/${command} ${place.id ?? place.name}`,
});

/** Buttons that run `command` for each of `places`. */
const choose = (command: string, places: readonly NamedPlace[]): Block => ({
  kind: 'actions',
  actions: places.slice(0, 5).map((place) => placeCommand(command, place, place.name)),
});

/** The choices of a question: a list, and a button for each of the first five. */
function choices(command: string, places: readonly NamedPlace[], wording: Wording): readonly Block[] {
  return [{ kind: 'list', lines: places.map((place) => placed(place, wording)) }, choose(command, places)];
}

/** Several places bear the name: which one is meant? `command`: without the slash, what to run with the choice. */
export function renderAmbiguousPlace(
  asked: { readonly name: string; readonly command: string; readonly choices: readonly NamedPlace[] },
  wording: Wording,
): Message {
  const { strings } = wording;
  return message('answer', label(strings, 'ask.headline', { name: untrusted(asked.name) }), [
    paragraph(say(strings, 'ask.body', {})),
    ...choices(asked.command, asked.choices, wording),
  ]);
}

/** Nothing bears the name; `suggestions` are near it, best first, possibly none. */
export function renderUnknownPlace(
  asked: { readonly name: string; readonly command: string; readonly suggestions: readonly NamedPlace[] },
  wording: Wording,
): Message {
  const { strings } = wording;
  const headline = label(strings, 'unknown.headline', { name: untrusted(asked.name) });
  if (asked.suggestions.length === 0)
    return message('answer', headline, [paragraph(say(strings, 'unknown.nothing', {}))]);
  return message('answer', headline, [
    paragraph(say(strings, 'unknown.suggest', {})),
    ...choices(asked.command, asked.suggestions, wording),
  ]);
}

const typeNames = (types: readonly StatementType[], strings: Strings): Line =>
  list(
    types.map((type) => say(strings, `type.${type}`, {})),
    strings,
  );

/** What a subscription leaves out, or takes in beside news, if anything. */
function filterLines(
  filters: SubscriptionFilters,
  mode: Subscription['mode'],
  strings: Strings,
): readonly Line[] {
  return [
    ...(filters.types.length > 0
      ? [say(strings, 'subscribed.types', { types: typeNames(filters.types, strings) })]
      : []),
    ...(filters.standing === 'claimed'
      ? []
      : [
          say(strings, 'subscribed.standing', { standing: say(strings, `standing.${filters.standing}`, {}) }),
        ]),
    ...(mode === 'live' ? [] : [say(strings, `subscribed.${mode}`, {})]),
    ...(filters.past ? [say(strings, 'subscribed.past', {})] : []),
  ];
}

/** Answer to `/subscribe`. `place` absent: everywhere. `destination`: as people call it, `#damascus`. */
export function renderSubscribed(
  done: {
    readonly result: 'added' | 'changed';
    readonly destination: string;
    readonly place?: NamedPlace;
    readonly filters: SubscriptionFilters;
    readonly mode: Subscription['mode'];
  },
  wording: Wording,
): Message {
  const { strings } = wording;
  const place = asWords(done.place, wording);
  const headline = label(strings, done.result === 'added' ? 'subscribed.headline' : 'subscribed.changed', {
    place,
    destination: untrusted(done.destination),
  });
  const body = done.place
    ? say(strings, 'subscribed.body', { place: placed(done.place, wording) })
    : say(strings, 'subscribed.body_everywhere', {});
  const narrowed = filterLines(done.filters, done.mode, strings);
  return message('answer', headline, [
    paragraph(body),
    ...(narrowed.length > 0 ? [{ kind: 'list', lines: narrowed } as const] : []),
    ...(done.place
      ? [
          {
            kind: 'actions',
            actions: [
              placeCommand('status', done.place, label(strings, 'action.status', {})),
              placeCommand('unsubscribe', done.place, label(strings, 'action.unsubscribe', {})),
            ],
          } as const,
        ]
      : []),
  ]);
}

/** Answer to `/unsubscribe`. `removed: false`: there was no such subscription. */
export function renderUnsubscribed(
  done: { readonly removed: boolean; readonly destination: string; readonly place?: NamedPlace },
  wording: Wording,
): Message {
  const key = done.removed ? 'unsubscribed.headline' : 'unsubscribed.none';
  const values = { place: asWords(done.place, wording), destination: untrusted(done.destination) };
  return message('answer', label(wording.strings, key, values), []);
}

/** Answer to `/subscriptions`: one line each, with what it leaves out. */
export function renderSubscriptions(
  held: {
    readonly destination: string;
    readonly subscriptions: readonly { readonly subscription: Subscription; readonly place?: NamedPlace }[];
  },
  wording: Wording,
): Message {
  const { strings } = wording;
  const destination = untrusted(held.destination);
  const how = paragraph(say(strings, 'subscriptions.how', {}));
  if (held.subscriptions.length === 0)
    return message('answer', label(strings, 'subscriptions.none', { destination }), [how]);
  const lines = held.subscriptions.map(({ subscription, place }) =>
    separated(
      [
        place ? placed(place, wording) : asWords(undefined, wording),
        ...filterLines(subscription.filters, subscription.mode, strings),
      ],
      ' · ',
    ),
  );
  return message('answer', label(strings, 'subscriptions.headline', { destination }), [
    { kind: 'list', lines },
    how,
  ]);
}

/** Answer to `/help`: usages and what they do, in the given order. */
export function renderHelp(
  commands: readonly { readonly usage: string; readonly summary: string }[],
  wording: Pick<Wording, 'strings'>,
): Message {
  const { strings } = wording;
  const lines = commands.map(({ usage, summary }) =>
    say(strings, 'help.entry', { usage: strong(usage), summary: literal(summary) }),
  );
  return message('answer', label(strings, 'help.headline', {}), [
    { kind: 'list', lines },
    paragraph(say(strings, 'help.place', {})),
  ]);
}

/** A mistake in what was typed, or a failure of ours. */
export type Mistake =
  | { readonly kind: 'unknown_command'; readonly typed: string; readonly suggestion?: string }
  | { readonly kind: 'missing_place'; readonly usage: string }
  | { readonly kind: 'missing_value'; readonly parameter: string; readonly usage: string }
  | { readonly kind: 'bad_date'; readonly typed: string; readonly usage: string }
  | { readonly kind: 'future_date'; readonly typed: string; readonly usage: string }
  | {
      readonly kind: 'bad_option';
      readonly typed: string;
      readonly allowed: readonly string[];
      readonly usage: string;
    }
  /** Only who may change what the channel hears may do it. */
  | { readonly kind: 'not_allowed'; readonly command: string }
  | { readonly kind: 'failed' };

interface Told {
  readonly headline: string;
  readonly remedy?: Line;
}

const usageLine = (usage: string, strings: Strings): Line =>
  say(strings, 'error.usage', { usage: strong(usage) });

const MISTAKES: {
  readonly [K in Mistake['kind']]: (mistake: Extract<Mistake, { kind: K }>, strings: Strings) => Told;
} = {
  unknown_command: ({ typed, suggestion }, strings) => ({
    headline: label(strings, 'error.unknown_command', { typed: untrusted(typed) }),
    ...(suggestion !== undefined && {
      remedy: say(strings, 'error.did_you_mean', { suggestion: strong(suggestion) }),
    }),
  }),
  missing_place: ({ usage }, strings) => ({
    headline: label(strings, 'error.missing_place', {}),
    remedy: usageLine(usage, strings),
  }),
  missing_value: ({ parameter, usage }, strings) => ({
    headline: label(strings, 'error.missing_value', { parameter: literal(parameter) }),
    remedy: usageLine(usage, strings),
  }),
  bad_date: ({ typed, usage }, strings) => ({
    headline: label(strings, 'error.bad_date', { typed: untrusted(typed) }),
    remedy: usageLine(usage, strings),
  }),
  future_date: ({ typed, usage }, strings) => ({
    headline: label(strings, 'error.future_date', { typed: untrusted(typed) }),
    remedy: usageLine(usage, strings),
  }),
  bad_option: ({ typed, allowed, usage }, strings) => ({
    headline: label(strings, 'error.bad_option', {
      typed: untrusted(typed),
      allowed: list(
        allowed.map((one) => [literal(one)]),
        strings,
        'disjunction',
      ),
    }),
    remedy: usageLine(usage, strings),
  }),
  not_allowed: ({ command }, strings) => ({
    headline: label(strings, 'error.not_allowed', { command: strong(command) }),
    remedy: say(strings, 'error.ask_a_manager', {}),
  }),
  failed: (_, strings) => ({ headline: label(strings, 'error.failed', {}) }),
};

/** What was wrong, and what would be right. */
export function renderMistake(mistake: Mistake, wording: Pick<Wording, 'strings'>): Message {
  const tell = MISTAKES[mistake.kind] as (mistake: Mistake, strings: Strings) => Told;
  const { headline, remedy } = tell(mistake, wording.strings);
  return message('error', headline, remedy ? [paragraph(remedy)] : []);
}
