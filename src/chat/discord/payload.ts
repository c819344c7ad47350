import { ButtonStyle, ComponentType, type APIEmbed } from 'discord.js';
import type { Message } from '../../model/message.ts';
import { label, type Strings } from '../../render/strings.ts';
import { buttonsOf } from './buttons.ts';
import { embedOf } from './embed.ts';
import { writeMark, type Mark } from './mark.ts';
import { plainText } from './text.ts';

export interface Look {
  readonly strings: Strings;
  /** Where readers open the desk; absent: messages have no links to it. */
  readonly desk?: URL;
}

/** What Discord is sent of a message. Nobody is ever mentioned: without `allowed_mentions` an edit would ping anew. */
export interface Payload {
  readonly embeds: readonly [APIEmbed];
  readonly components: ReturnType<typeof buttonsOf>;
  readonly allowed_mentions: { readonly parse: readonly [] };
}

const NOBODY = { parse: [] } as const;

export function payloadOf(message: Message, { strings, desk }: Look, mark?: Mark): Payload {
  const more = label(strings, desk ? 'discord.more' : 'discord.more_on_desk', {});
  return {
    embeds: [embedOf(message, { more, ...(mark && { reference: writeMark(mark) }) })],
    components: buttonsOf(message, desk),
    allowed_mentions: NOBODY,
  };
}

/** The short message in the channel that leads to a reply in a thread. */
export function pointerOf(message: Message, { strings }: Look, to: string, mark: Mark): Payload {
  const { headline, tone } = message;
  return {
    embeds: [embedOf({ headline, tone, blocks: [] }, { more: '', reference: writeMark(mark) })],
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.Button,
            style: ButtonStyle.Link,
            label: plainText(label(strings, 'discord.in_thread', {}), 80),
            url: to,
          },
        ],
      },
    ],
    allowed_mentions: NOBODY,
  };
}

/** "1-100 character channel name" */
const MAX_NAME = 100;

/** What a thread or a forum's post is called. */
export const threadName = ({ headline }: Message): string => plainText(headline, MAX_NAME) || 'Sitrep';
