import { WebClient } from '@slack/web-api';
import type { Clock } from '../../../model/time.ts';
import type { ChatLog } from '../../app-ports.ts';
import type { SlackSettings } from '../app/settings.ts';
import { clientOptions } from '../client.ts';
import type { InstallationBook } from '../ports.ts';
import { Installations, type Authority } from './installations.ts';

export interface AuthorityParts {
  readonly settings: SlackSettings;
  readonly store: InstallationBook;
  readonly clock: Clock;
  readonly log: ChatLog;
}

/** Whose tokens there are. */
export interface Authorities {
  of(workspace: string): Promise<Authority | undefined>;
  readonly installations?: Installations;
}

export function authoritiesOf({ settings, store, clock, log }: AuthorityParts): Authorities {
  const { installed } = settings;
  if (installed.kind === 'one') {
    const authority: Promise<Authority> = Promise.resolve({ token: installed.botToken.reveal() });
    return { of: () => authority };
  }
  const installations = new Installations({
    store,
    key: installed.tokenKey,
    clientId: installed.clientId,
    clientSecret: () => installed.clientSecret.reveal(),
    client: new WebClient(undefined, clientOptions(log, settings)),
    clock,
    log,
  });
  return { of: (workspace) => installations.authority(workspace), installations };
}
