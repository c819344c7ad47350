import type { Incident } from '../../model/incident.ts';
import type { Message } from '../../model/message.ts';
import { untrusted } from '../inline.ts';
import type { Wording } from '../names.ts';
import { label, say } from '../strings.ts';
import { named } from './incident.ts';

/** Answer to `/disclose`. `done: false`: it was told in full already. */
export const renderDisclosed = (
  told: { readonly done: boolean; readonly incident: Incident; readonly by: string },
  { strings }: Pick<Wording, 'strings'>,
): Message => ({
  tone: 'answer',
  headline: label(strings, told.done ? 'disclosed.headline' : 'disclosed.already', {
    incident: named(told.incident),
  }),
  blocks: told.done
    ? [{ kind: 'paragraph', line: say(strings, 'disclosed.body', { by: untrusted(told.by) }) }]
    : [],
});
