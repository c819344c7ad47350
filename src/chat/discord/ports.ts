import type { DestinationId } from '../../model/ids.ts';
import type { EventBook } from '../app-ports.ts';

export interface DiscordStore extends EventBook {
  disableDestinations(
    where: { readonly platform: 'discord'; readonly workspace: string; readonly channel?: string },
    why: string,
  ): Promise<readonly DestinationId[]>;
}
