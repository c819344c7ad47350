import type { WebClient } from '@slack/web-api';
import type { ChatLog } from '../../app-ports.ts';

interface Question {
  readonly client: WebClient;
  readonly log: ChatLog;
  readonly channel: string;
  readonly user: string;
  /** Id of the user group whose members may change what any channel hears. */
  readonly managers?: string;
}

/** Slack makes who creates a channel its manager; who else is one it tells no app outside Enterprise Grid. */
async function createdIt({ client, channel, user }: Question): Promise<boolean> {
  const { channel: known } = await client.conversations.info({ channel });
  return known?.creator === user;
}

async function administers({ client, user }: Question): Promise<boolean> {
  const { user: known } = await client.users.info({ user });
  return known?.is_admin === true || known?.is_owner === true;
}

async function isInGroup({ client, user, managers }: Question): Promise<boolean> {
  if (managers === undefined) return false;
  const { users } = await client.usergroups.users.list({ usergroup: managers });
  return users?.includes(user) === true;
}

/** Whether somebody may change what a channel hears. Who cannot be asked about may not. */
export async function mayManage(question: Question): Promise<boolean> {
  for (const may of [isInGroup, createdIt, administers]) {
    try {
      if (await may(question)) return true;
    } catch (error) {
      question.log.warn(
        { err: error, channel: question.channel },
        'Slack did not say who may manage a channel',
      );
    }
  }
  return false;
}
