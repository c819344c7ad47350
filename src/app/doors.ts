import type {
  AcceptInput,
  Acceptance,
  ReportsPort,
  WebhookMessage,
  WebhookOutcome,
  WebhookPort,
} from '../sources/ports.ts';
import type { ReportId } from '../model/ids.ts';

/** The store, as sources hand reports to it. */
type Keeper = ReportsPort & WebhookPort;

/**
 * Keeps a report, then tells the queue that it is there to be read. The queue is only told: what it misses, the relay
 * finds.
 */
export function openDoors(store: Keeper, announce: (report: ReportId) => Promise<unknown>): Keeper {
  const told = async (acceptance: Acceptance): Promise<void> => {
    if (acceptance.kind === 'accepted') await announce(acceptance.report);
  };
  return {
    async accept(input: AcceptInput): Promise<Acceptance> {
      const acceptance = await store.accept(input);
      await told(acceptance);
      return acceptance;
    },
    async acceptMessage(message: WebhookMessage, input: AcceptInput): Promise<WebhookOutcome> {
      const outcome = await store.acceptMessage(message, input);
      if (outcome.kind === 'first') await told(outcome.answer);
      return outcome;
    },
  };
}
