import { RESTJSONErrorCodes as Codes } from 'discord.js';

/** A refusal as Discord words it: HTTP status, JSON error code, and for forms which value is wrong. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: number;
  readonly errors: Readonly<Record<string, string>> | undefined;

  constructor(status: number, code: number, message: string, errors?: Readonly<Record<string, string>>) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  body(): object {
    return {
      code: this.code,
      message: this.message,
      ...(this.errors && {
        errors: Object.fromEntries(
          Object.entries(this.errors).map(([path, why]) => [
            path,
            { _errors: [{ code: 'INVALID', message: why }] },
          ]),
        ),
      }),
    };
  }
}

const is = (status: number, code: number, message: string) => (): Refusal =>
  new Refusal(status, code, message);

export const unauthorized = is(401, 0, '401: Unauthorized');
export const unknownChannel = is(404, Codes.UnknownChannel, 'Unknown Channel');
export const unknownMessage = is(404, Codes.UnknownMessage, 'Unknown Message');
export const unknownGuild = is(404, Codes.UnknownGuild, 'Unknown Guild');
export const unknownInteraction = is(404, Codes.UnknownInteraction, 'Unknown interaction');
export const unknownWebhook = is(404, Codes.UnknownWebhook, 'Unknown Webhook');
export const invalidWebhookToken = is(401, Codes.InvalidWebhookToken, 'Invalid Webhook Token');
export const alreadyAcknowledged = is(
  400,
  Codes.InteractionHasAlreadyBeenAcknowledged,
  'Interaction has already been acknowledged.',
);
export const missingAccess = is(403, Codes.MissingAccess, 'Missing Access');
export const missingPermissions = is(403, Codes.MissingPermissions, 'Missing Permissions');
export const cannotMessageUser = is(
  403,
  Codes.CannotSendMessagesToThisUser,
  'Cannot send messages to this user',
);
export const notATextChannel = is(
  400,
  Codes.CannotSendMessagesInNonTextChannel,
  'Cannot send messages in a non-text channel',
);
export const wrongChannelType = is(
  400,
  Codes.CannotExecuteActionOnThisChannelType,
  'Cannot execute action on this channel type',
);
export const threadExists = is(
  400,
  Codes.ThreadAlreadyCreatedForMessage,
  'A thread has already been created for this message',
);
export const tooManyThreads = is(400, Codes.MaximumActiveThreads, 'Maximum number of active threads reached');
export const threadLocked = is(400, Codes.ThreadLocked, 'Thread is locked');
export const threadArchived = is(400, Codes.InvalidActionOnArchivedThread, 'Thread is archived');
export const noHistoryForReply = is(
  403,
  Codes.CannotReplyWithoutPermissionToReadMessageHistory,
  'Cannot reply without permission to read message history',
);
export const tagRequired = is(
  400,
  Codes.TagRequiredToCreateAForumPostInThisChannel,
  'A tag is required to create a forum post in this channel',
);
export const notYourMessage = is(
  403,
  Codes.CannotEditMessageAuthoredByAnotherUser,
  'Cannot edit a message authored by another user',
);
export const emptyMessage = is(400, Codes.CannotSendAnEmptyMessage, 'Cannot send an empty message');

export const invalidForm = (errors: Readonly<Record<string, string>>): Refusal =>
  new Refusal(400, Codes.InvalidFormBodyOrContentType, 'Invalid Form Body', errors);
