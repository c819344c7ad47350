import { destinationId } from '../../model/ids.ts';
import type { Destination } from '../../model/telling.ts';

/** A channel of the desk as a destination: the same name gives the same destination. */
export const deskDestination = (channel: string): Destination => ({
  id: destinationId(`desk:${channel}`),
  platform: 'desk',
  workspace: 'local',
  channel,
  name: `#${channel}`,
});
