import { instant, type Clock } from '../model/time.ts';
import type { EventBook } from './app-ports.ts';

/** What was taken up so long ago and has not ended belonged to a process that died. */
const STALE_MS = 60_000;

export interface OnceParts {
  readonly store: EventBook;
  readonly clock: Clock;
}

/**
 * Does what a platform's event asks for, once however often and to however many processes it is sent. That it was taken up
 * is durable before `work` begins; what fails, or dies with its process, may be taken up again.
 * @param id the platform and its own id: `slack:Ev012`
 * @returns false when it was taken up before, and nothing was done
 * @throws what `work` throws
 */
export async function once(
  id: string,
  work: () => Promise<void>,
  { store, clock }: OnceParts,
): Promise<boolean> {
  const claim = await store.claimChatEvent(id, instant(Date.parse(clock()) - STALE_MS));
  if (claim !== 'first') return false;
  try {
    await work();
  } catch (error) {
    await store.releaseChatEvent(id);
    throw error;
  }
  await store.finishChatEvent(id);
  return true;
}
