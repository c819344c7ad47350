import type { DeskChannel } from '../ports.ts';

export const channelPath = (channel: string): string => `/c/${encodeURIComponent(channel)}`;

export const commandsPath = ({ destination }: DeskChannel): string =>
  `${channelPath(destination.channel)}/commands`;

export const incidentPath = (id: string): string => `/incidents/${encodeURIComponent(id)}`;

export const placePath = (key: string): string => `/places/${encodeURIComponent(key)}`;

/** Name of the cookie that remembers how many of the channel's messages this reader has had before them. */
export const seenCookie = ({ destination }: DeskChannel): string =>
  `seen-${Buffer.from(destination.channel).toString('hex')}`;
