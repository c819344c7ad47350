import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { ChatLog } from '../../app-ports.ts';
import { once, type OnceParts } from '../../once.ts';

interface EachOnceParts extends OnceParts {
  readonly log: ChatLog;
}

/** Slack waits three seconds for an acknowledgement; what takes longer goes on after it. */
const ACKNOWLEDGE_MS = 2_000;

/** Slack's id of what it sent: an event's, or that of the click, command or form, which is sent once more only by a fault. */
function idOf({ body }: ReceiverEvent): string | undefined {
  const { event_id: event, trigger_id: trigger } = body as { event_id?: unknown; trigger_id?: unknown };
  if (typeof event === 'string') return event;
  return typeof trigger === 'string' ? trigger : undefined;
}

const isEvent = ({ body }: ReceiverEvent): boolean => 'event_id' in body;

/**
 * A receiver that hands each thing that Slack sends to the app once, however often it is sent. That it was taken up is
 * durable before Slack is told; an event is acknowledged when it had its effect, or after two seconds. What fails is not
 * acknowledged, so that Slack sends it again.
 */
export const eachOnce = (receiver: Receiver, parts: EachOnceParts): Receiver => ({
  init: (app) => {
    const careful = Object.create(app) as App;
    careful.processEvent = (event) => take(event, (one) => app.processEvent(one), parts);
    receiver.init(careful);
  },
  start: () => receiver.start(),
  stop: () => receiver.stop(),
});

async function take(
  event: ReceiverEvent,
  handle: (event: ReceiverEvent) => Promise<void>,
  parts: EachOnceParts,
): Promise<void> {
  const sent = idOf(event);
  if (sent === undefined) return handle(event);
  const id = `slack:${sent}`;
  const first = await once(
    id,
    () => (isEvent(event) ? acknowledgedAfter(event, handle) : handle(event)),
    parts,
  );
  if (first) return;
  parts.log.debug({ event: id, retry: event.retryNum }, 'Slack sent again what was taken up before');
  await event.ack();
}

/** Bolt would acknowledge an event before any listener has seen it. */
async function acknowledgedAfter(
  event: ReceiverEvent,
  handle: (event: ReceiverEvent) => Promise<void>,
): Promise<void> {
  let told: Promise<void> | undefined;
  const acknowledge = (): Promise<void> => (told ??= event.ack());
  const late = setTimeout(() => void acknowledge().catch(() => undefined), ACKNOWLEDGE_MS);
  try {
    await handle({ ...event, ack: () => Promise.resolve() });
    await acknowledge();
  } finally {
    clearTimeout(late);
  }
}
