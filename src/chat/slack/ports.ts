import type { DestinationId } from '../../model/ids.ts';
import type { Destination } from '../../model/telling.ts';
import type { Clock, Instant } from '../../model/time.ts';
import type { Strings } from '../../render/strings.ts';
import type { ChatCommand, ChatCommands, ChatLog, EventBook } from '../app-ports.ts';

interface KeptInstallation {
  readonly workspace: string;
  readonly sealed: string;
  readonly expires?: Instant;
}

/** Where the app is installed; tokens are sealed before they come here. */
export interface InstallationBook {
  installation(platform: 'slack', workspace: string): Promise<KeptInstallation | undefined>;
  saveInstallation(platform: 'slack', installation: KeptInstallation, at: Instant): Promise<void>;
  changeInstallation(
    platform: 'slack',
    workspace: string,
    change: (kept: KeptInstallation) => Promise<KeptInstallation | undefined>,
  ): Promise<KeptInstallation | undefined>;
  deleteInstallation(platform: 'slack', workspace: string): Promise<void>;
  installationsEnding(platform: 'slack', before: Instant): Promise<readonly KeptInstallation[]>;
  joinOrganisation(platform: 'slack', workspace: string, organisation: string): Promise<void>;
  leaveOrganisation(platform: 'slack', workspace: string): Promise<void>;
}

interface DestinationBook {
  addDestination(destination: Destination): Promise<void>;
  enableDestination(id: DestinationId): Promise<boolean>;
  enableWorkspace(platform: 'slack', workspace: string, reason?: string): Promise<void>;
  disableDestinations(
    where: { readonly platform: 'slack'; readonly workspace: string },
    why: string,
  ): Promise<readonly DestinationId[]>;
}

export interface SlackStore extends EventBook, InstallationBook, DestinationBook {}

/** What every part of the app works with. */
export interface SlackContext {
  readonly store: SlackStore;
  readonly commands: ChatCommands;
  readonly definitions: readonly ChatCommand[];
  readonly strings: Strings;
  readonly clock: Clock;
  readonly log: ChatLog;
}
