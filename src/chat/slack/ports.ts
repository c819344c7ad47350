import type { DestinationId } from '../../model/ids.ts';
import type { Message } from '../../model/message.ts';
import type { Destination, Person } from '../../model/telling.ts';
import type { Clock, Instant } from '../../model/time.ts';
import type { Strings } from '../../render/strings.ts';
import type { SlackLog } from './client.ts';

/** Who asks, where, and what Slack lets them do. */
export interface SlackAsker {
  readonly destination: Destination;
  readonly person: Person;
  readonly manages: boolean;
}

export interface SlackParameter {
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  readonly completion?:
    | { readonly kind: 'places' | 'subscribed' | 'incidents' }
    | { readonly kind: 'words'; readonly words: readonly string[] };
  readonly long?: true;
}

/** A command as forms, rights and the manifest need it. */
export interface SlackCommand {
  readonly name: string;
  readonly summary: string;
  readonly access: 'anyone' | 'manager';
  readonly parameters: readonly SlackParameter[];
}

/** Commands, as the app gives them what people typed or filled in. */
export interface SlackCommands {
  answer(line: string, from: SlackAsker): Promise<Message>;
  run(name: string, raw: Readonly<Record<string, string>>, from: SlackAsker): Promise<Message>;
  choices(
    command: string,
    parameter: string,
    typed: string,
    from: SlackAsker,
    limit: number,
  ): Promise<readonly { readonly label: string; readonly value: string }[]>;
}

/** What Slack sent, each with one effect however often it is sent. Each write is durable when it resolves. */
export interface EventBook {
  claimChatEvent(id: string, stale: Instant): Promise<'first' | 'underway' | 'done'>;
  finishChatEvent(id: string): Promise<void>;
  releaseChatEvent(id: string): Promise<void>;
}

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
}

interface DestinationBook {
  addDestination(destination: Destination): Promise<void>;
  enableDestination(id: DestinationId): Promise<boolean>;
  enableWorkspace(platform: 'slack', workspace: string): Promise<void>;
  disableDestinations(
    where: { readonly platform: 'slack'; readonly workspace: string },
    why: string,
  ): Promise<readonly DestinationId[]>;
}

export interface SlackStore extends EventBook, InstallationBook, DestinationBook {}

/** What every part of the app works with. */
export interface SlackContext {
  readonly store: SlackStore;
  readonly commands: SlackCommands;
  readonly definitions: readonly SlackCommand[];
  readonly strings: Strings;
  readonly clock: Clock;
  readonly log: SlackLog;
}
