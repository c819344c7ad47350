import type { Reliability } from '../model/actor.ts';
import type { ReportId } from '../model/ids.ts';
import type { Block, Line, Message } from '../model/message.ts';
import type { Instant } from '../model/time.ts';
import { literal, separated, strong, untrusted } from './inline.ts';
import type { Wording } from './names.ts';
import { label, say } from './strings.ts';

type Words = Pick<Wording, 'strings'>;

const answer = (
  headline: string,
  blocks: readonly Block[] = [],
  tone: Message['tone'] = 'answer',
): Message => ({
  tone,
  headline,
  blocks,
});

/** Answer to `/mute` and, without `until`, to `/unmute`. `done: false`: there is no such thread in the channel. */
export function renderMuted(
  told: {
    readonly done: boolean;
    readonly destination: string;
    readonly incident: string;
    readonly until?: Instant;
  },
  { strings }: Words,
): Message {
  const destination = untrusted(told.destination);
  const incident = untrusted(told.incident);
  if (!told.done) return answer(label(strings, 'mute.no_thread', { incident, destination }), [], 'error');
  if (told.until === undefined) return answer(label(strings, 'mute.ended', { destination }));
  return answer(label(strings, 'mute.headline', { destination }), [
    {
      kind: 'paragraph',
      line: say(strings, 'mute.body', {
        time: { kind: 'time', at: told.until },
        command: strong(`/unmute ${told.incident}`),
      }),
    },
  ]);
}

/** Told to the person who subscribed a channel that is closed to us now. */
export function renderClosed(
  closed: { readonly destination: string; readonly why: string; readonly since: Instant },
  { strings }: Words,
): Message {
  const destination = untrusted(closed.destination);
  const line = say(strings, 'closed.body', {
    why: untrusted(closed.why),
    time: { kind: 'time', at: closed.since },
  });
  return answer(
    label(strings, 'closed.headline', { destination }),
    [
      { kind: 'paragraph', line },
      { kind: 'paragraph', line: say(strings, 'closed.remedy', { command: strong('subscribe') }) },
    ],
    'warning',
  );
}

/** Answer to `/report`. */
export function renderHandedIn(
  outcome:
    | { readonly kind: 'taken' | 'known'; readonly report: ReportId }
    | { readonly kind: 'refused'; readonly why: string },
  { strings }: Words,
): Message {
  if (outcome.kind === 'refused')
    return answer(label(strings, 'handed_in.refused', { why: literal(outcome.why) }), [], 'error');
  const line = say(strings, 'handed_in.body', { report: strong(outcome.report) });
  return answer(label(strings, `handed_in.${outcome.kind}`, {}), [{ kind: 'paragraph', line }]);
}

/** What keeps a report from being taken, with its text, so that a form that is closed by then costs nobody their words. */
export const renderNotTaken = (why: Message, text: string, { strings }: Words): Message => ({
  ...why,
  tone: 'error',
  blocks: [
    ...why.blocks.filter(({ kind }) => kind !== 'actions'),
    { kind: 'quote', text, source: say(strings, 'handed_in.not_taken', {}) },
  ],
});

interface ListedSource {
  readonly name: string;
  readonly reliability: Reliability;
  readonly side?: string;
  readonly lastReport?: Instant;
  readonly failing?: string;
}

function sourceLine(
  { name, reliability, side, lastReport, failing }: ListedSource,
  { strings }: Words,
): Line {
  return separated(
    [
      say(strings, 'sources.entry', {
        source: strong(name),
        grade: say(strings, `grade.${reliability}`, {}),
      }),
      side === undefined ? [] : say(strings, 'sources.side', { side: untrusted(side) }),
      lastReport === undefined
        ? say(strings, 'sources.silent', {})
        : say(strings, 'sources.last', { time: { kind: 'time', at: lastReport } }),
      failing === undefined ? [] : say(strings, 'sources.failing', { why: untrusted(failing) }),
    ],
    ' · ',
  );
}

/** Answer to `/sources`: a line each. */
export function renderSources(sources: readonly ListedSource[], words: Words): Message {
  const { strings } = words;
  if (sources.length === 0) return answer(label(strings, 'sources.none', {}));
  return answer(label(strings, 'sources.headline', { count: sources.length }), [
    { kind: 'list', lines: sources.map((source) => sourceLine(source, words)) },
    { kind: 'paragraph', line: say(strings, 'sources.how', {}) },
  ]);
}
