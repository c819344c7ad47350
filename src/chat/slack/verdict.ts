import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { SendVerdict } from '../port.ts';
import { worded } from './remedies.ts';

type Refusal = Exclude<SendVerdict, { kind: 'sent' }>;

/** Slack's error codes for calls that it did not carry out, by what follows (chat.postMessage, chat.update, "Errors"). */
const CODES = {
  /** The channel or the whole workspace is closed to us until a person does something. */
  closed: [
    'access_denied',
    'cannot_dm_bot',
    'channel_is_limited_access',
    'channel_not_found',
    'ekm_access_denied',
    'enterprise_is_restricted',
    'is_archived',
    'is_inactive',
    'messages_tab_disabled',
    'missing_scope',
    'no_permission',
    'not_in_channel',
    'org_login_required',
    'restricted_action',
    'restricted_action_non_threadable_channel',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'team_access_not_granted',
    'team_not_found',
    'two_factor_setup_required',
    'user_not_found',
  ],
  /** The token is not taken: nothing about a channel. It mends itself with a new token, or with the app's new installation. */
  token: ['account_inactive', 'invalid_auth', 'not_allowed_token_type', 'not_authed', 'token_revoked'],
  /** This one message will never be taken. */
  message: [
    'as_user_not_supported',
    'cannot_reply_to_message',
    'cant_update_message',
    'edit_window_closed',
    'invalid_arguments',
    'invalid_blocks',
    'invalid_blocks_format',
    'invalid_metadata_format',
    'invalid_metadata_schema',
    'message_not_found',
    'metadata_must_be_sent_from_app',
    'metadata_too_large',
    'msg_blocks_too_long',
    'msg_too_long',
    'no_text',
    'restricted_action_thread_locked',
    'thread_not_found',
    'too_many_attachments',
  ],
  /** It may have been carried out in part: "some aspect of the operation" may have succeeded. */
  unclear: ['fatal_error', 'internal_error'],
} as const;

type Kind = keyof typeof CODES;
const KINDS: ReadonlyMap<string, Kind> = new Map(
  (Object.keys(CODES) as Kind[]).flatMap((kind) => CODES[kind].map((code) => [code, kind] as const)),
);

/** Why a call waits that came too early for Slack. */
export const RATE_LIMITED = 'ratelimited';

/** A code that nobody listed: Slack did not take it, and may later. A lost alert is worse than a slow one. */
const UNKNOWN_AFTER_MS = 60_000;
const UNREACHED_AFTER_MS = 5_000;
/** A token is wrong until somebody changes it. */
const TOKEN_AFTER_MS = 5 * 60_000;
/** A token that expired is refreshed before the next try. */
const EXPIRED_AFTER_MS = 1_000;

/** The connection was never made, so that nothing can have been taken. */
const UNREACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

function causeCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== undefined && UNREACHED.has(code)) return code;
  }
  return undefined;
}

/** Code and words; of a scope that is missing what it is called, which is what an administrator needs to read. */
function reasonOf(code: string, data: Readonly<Record<string, unknown>>): string {
  const needed = data['needed'];
  return code === 'missing_scope' && typeof needed === 'string' ? `missing_scope: ${needed}` : worded(code);
}

function ofCode(code: string, data: Readonly<Record<string, unknown>>): Refusal {
  const why = reasonOf(code, data);
  if (code === 'token_expired') return { kind: 'retry', afterMs: EXPIRED_AFTER_MS, why };
  const kind = KINDS.get(code);
  if (kind === undefined) return { kind: 'retry', afterMs: UNKNOWN_AFTER_MS, why };
  if (kind === 'token') return { kind: 'retry', afterMs: TOKEN_AFTER_MS, why };
  if (kind === 'unclear') return { kind: 'uncertain', why };
  return { kind: 'refused', why, disable: kind === 'closed' };
}

/** What a failed call means for the message: by error code and status, never by words. */
export function verdictOf(error: unknown): Refusal {
  if (error instanceof WebAPIRateLimitedError)
    return { kind: 'retry', afterMs: error.retryAfter * 1_000, why: RATE_LIMITED };
  if (error instanceof WebAPIPlatformError)
    return ofCode(error.data.error, error.data as unknown as Readonly<Record<string, unknown>>);
  if (error instanceof WebAPIHTTPError) return { kind: 'uncertain', why: `HTTP ${error.statusCode}` };
  const unreached = causeCode(error instanceof WebAPIRequestError ? error.original : error);
  if (unreached !== undefined)
    return { kind: 'retry', afterMs: UNREACHED_AFTER_MS, why: `Slack cannot be reached (${unreached})` };
  return { kind: 'uncertain', why: error instanceof Error ? error.message : String(error) };
}

/** Slack's own error code of a failed call, if it has one. */
export const slackCode = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? error.data.error : undefined;
