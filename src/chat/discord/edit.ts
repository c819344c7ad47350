import { RESTJSONErrorCodes as Codes, type APIMessage } from 'discord.js';
import type { Edit, SendVerdict } from '../port.ts';
import { refusedWith, type CallOptions, type DiscordApi, type NotOk, type Snowflake } from './api.ts';
import { markOf, readMark } from './mark.ts';
import { payloadOf, type Look } from './payload.ts';
import { PATIENT_MS } from './send.ts';
import { beforePosting, verdictOf } from './verdict.ts';

/** Messages of which the newest revision is remembered. */
const REMEMBERED = 5_000;

/** The newest revision that each message shows, as far as this process knows; oldest knowledge is dropped first. */
export class Revisions {
  readonly #known = new Map<Snowflake, number>();

  get(message: Snowflake): number | undefined {
    return this.#known.get(message);
  }

  set(message: Snowflake, revision: number): void {
    this.#known.delete(message);
    this.#known.set(message, revision);
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
  }
}

export interface Editing {
  readonly api: DiscordApi;
  readonly look: Look;
  readonly revisions: Revisions;
}

const footerOf = (message: APIMessage): string => message.embeds.at(-1)?.footer?.text ?? '';

/** One attempt at one edit. Discord edits whatever it is told to, so an older edit is kept from overwriting here. */
export async function editMessage(
  { api, look, revisions }: Editing,
  { delivery, destination, handle, message, revision }: Edit,
  signal: AbortSignal,
): Promise<SendVerdict> {
  const { channel = '', message: id = '' } = handle;
  const path = `/channels/${channel}/messages/${id}`;
  // A forum's post, or a conversation, is gone without its destination.
  const refused = (outcome: NotOk, verdict: SendVerdict): SendVerdict =>
    refusedWith(outcome, Codes.UnknownChannel) && channel !== destination.channel
      ? { kind: 'refused', why: 'the message was deleted by somebody', disable: false }
      : verdict;
  const patient: CallOptions = { signal, patientMs: PATIENT_MS };
  if (revisions.get(id) === undefined) {
    const shown = await api.get<APIMessage>(path, patient);
    if (shown.kind !== 'ok') return refused(shown, beforePosting(shown));
    revisions.set(id, readMark(footerOf(shown.value))?.revision ?? 0);
  }
  // What it would have said is already said, and more.
  if ((revisions.get(id) ?? 0) >= revision) return { kind: 'sent', handle };
  const name = markOf(delivery);
  const body = payloadOf(message, look, { name, revision, pointed: false, pointer: false });
  let edited = await api.patch(path, body, patient);
  if (refusedWith(edited, Codes.InvalidActionOnArchivedThread)) {
    const opened = await api.patch(`/channels/${channel}`, { archived: false }, patient);
    if (opened.kind !== 'ok') return refused(opened, beforePosting(opened));
    edited = await api.patch(path, body, patient);
  }
  if (edited.kind !== 'ok') return refused(edited, verdictOf(edited));
  revisions.set(id, revision);
  return { kind: 'sent', handle: { ...handle, ref: name } };
}
