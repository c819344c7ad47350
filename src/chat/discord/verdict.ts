import { RESTJSONErrorCodes as Codes } from 'discord.js';
import type { SendVerdict } from '../port.ts';
import { refusedWith, type NotOk } from './api.ts';

/** Nothing listens there, or the line is down. */
const UNREACHED_MS = 5_000;
/** A token is wrong until somebody changes it, and the address is locked out after too many such calls. */
const TOKEN_MS = 5 * 60_000;
/** "Maximum number of edits to messages older than 1 hour": eases by itself. */
const EDITS_MS = 10 * 60_000;

/** The channel or person is gone or closed to us, by Discord's code. `why` names what would mend it. */
const CLOSED: Readonly<Record<number, string>> = {
  [Codes.UnknownChannel]: 'the channel was deleted',
  [Codes.UnknownGuild]: 'the server is gone, or the bot was removed from it',
  [Codes.UnknownUser]: 'there is no such person any more',
  [Codes.MissingAccess]:
    'the bot cannot see the channel: it was removed from the server, or lacks View Channel',
  [Codes.MissingPermissions]:
    'the bot lacks a permission there: it needs Send Messages, Embed Links and Send Messages in Threads',
  [Codes.CannotSendMessagesToThisUser]: 'the person takes no direct messages from the bot',
  [Codes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds]:
    'the person takes no direct messages from the bot: they share no server, and the app is not installed for them',
  [Codes.CannotSendMessagesInNonTextChannel]: 'the channel takes no messages',
  [Codes.TagRequiredToCreateAForumPostInThisChannel]: 'the forum asks for a tag and has none',
};

const WORDED: Readonly<Record<number, string>> = {
  [Codes.UnknownMessage]: 'the message was deleted by somebody',
  [Codes.ThreadLocked]: 'the thread was locked by a moderator',
};

/** What a call to post or edit came to. */
export function verdictOf(outcome: NotOk): SendVerdict {
  switch (outcome.kind) {
    case 'limited':
      return { kind: 'retry', afterMs: outcome.afterMs, why: outcome.why };
    case 'unreached':
      return { kind: 'retry', afterMs: UNREACHED_MS, why: outcome.why };
    case 'unknown':
      return { kind: 'uncertain', why: outcome.why };
    case 'failed':
      return refusalOf(outcome);
  }
}

function refusalOf(outcome: Extract<NotOk, { kind: 'failed' }>): SendVerdict {
  const { status, code, why } = outcome;
  if (status === 401)
    return {
      kind: 'retry',
      afterMs: TOKEN_MS,
      why: 'Discord refuses the token: set DISCORD_TOKEN to the bot’s current one',
    };
  if (refusedWith(outcome, Codes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached))
    return { kind: 'retry', afterMs: EDITS_MS, why };
  // Without a code of its own it comes from what stands before Discord, and says nothing of the channel.
  if (status === 403 && code === 0)
    return { kind: 'retry', afterMs: TOKEN_MS, why: 'Discord turns this address away for now' };
  const closed = CLOSED[code];
  if (closed !== undefined) return { kind: 'refused', why: closed, disable: true };
  return { kind: 'refused', why: WORDED[code] ?? why, disable: false };
}

/** As `verdictOf`, of a call that comes before the post: if it is not known how it ended, nothing was posted all the same. */
export function beforePosting(outcome: NotOk): SendVerdict {
  const verdict = verdictOf(outcome);
  return verdict.kind === 'uncertain' ? { kind: 'retry', afterMs: UNREACHED_MS, why: verdict.why } : verdict;
}
