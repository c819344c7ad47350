import type { App } from '@slack/bolt';
import { destinationAt } from '../../../model/telling.ts';
import type { Installations } from '../oauth/installations.ts';
import type { SlackContext } from '../ports.ts';
import { worded } from '../remedies.ts';

/** Hears where the app may be and where no longer: workspaces, those of organisations, channels. */
export function watchWhereabouts(
  app: App,
  { store, log }: Pick<SlackContext, 'store' | 'log'>,
  installations: Installations | undefined,
): void {
  const gone = async (workspace: string | undefined): Promise<void> => {
    log.warn({ workspace }, 'Sitrep was taken out of a Slack workspace');
    if (workspace === undefined) return;
    await installations?.forget(workspace);
    await store.disableDestinations({ platform: 'slack', workspace }, worded('not_installed'));
  };
  app.event('app_uninstalled', ({ context }) =>
    gone(context.isEnterpriseInstall ? context.enterpriseId : context.teamId),
  );
  app.event('tokens_revoked', async ({ event, context }) => {
    if ((event.tokens.bot ?? []).length > 0)
      await gone(context.isEnterpriseInstall ? context.enterpriseId : context.teamId);
  });
  app.event('team_access_granted', async ({ event, context: { enterpriseId } }) => {
    for (const workspace of event.team_ids) {
      if (enterpriseId !== undefined) await store.joinOrganisation('slack', workspace, enterpriseId);
      await store.enableWorkspace('slack', workspace);
    }
  });
  app.event('team_access_revoked', async ({ event }) => {
    for (const workspace of event.team_ids) {
      await store.leaveOrganisation('slack', workspace);
      await store.disableDestinations({ platform: 'slack', workspace }, worded('not_installed'));
    }
  });
  // Invited again: what waits for the channel is told now.
  app.event('member_joined_channel', async ({ event, context }) => {
    if (event.user !== context.botUserId) return;
    await store.enableDestination(destinationAt('slack', event.team, event.channel, '').id);
  });
}
