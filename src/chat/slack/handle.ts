import type { MessageMetadata } from '@slack/types';
import { deliveryId, type DeliveryId } from '../../model/ids.ts';
import type { MessageHandle } from '../../model/telling.ts';

/** How a message is found again: its channel and time stamp, which together are its name, and what it was posted for. */
export interface SlackHandle {
  readonly channel: string;
  readonly ts: string;
  readonly delivery?: DeliveryId;
}

export const writeHandle = ({ channel, ts, delivery }: SlackHandle): MessageHandle => ({
  channel,
  ts,
  ...(delivery !== undefined && { delivery }),
});

/** Undefined for a handle of another platform. */
export function readHandle(handle: MessageHandle): SlackHandle | undefined {
  const { channel, ts, delivery } = handle;
  if (channel === undefined || ts === undefined) return undefined;
  return { channel, ts, ...(delivery !== undefined && { delivery: deliveryId(delivery) }) };
}

const EVENT_TYPE = 'sitrep_delivery';

/** Travels with the message, unseen by people, so that a read-back recognises it. */
export const metadataOf = (delivery: DeliveryId): MessageMetadata => ({
  event_type: EVENT_TYPE,
  event_payload: { delivery },
});

interface Marked {
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: object };
}

export const isOf = ({ metadata }: Marked, delivery: DeliveryId): boolean =>
  metadata?.event_type === EVENT_TYPE &&
  (metadata.event_payload as { delivery?: unknown } | undefined)?.delivery === delivery;
