import { Hono, type Context } from 'hono';
import { setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { Message } from '../../../model/message.ts';
import { deskDestination } from '../channel.ts';
import { answerHtml, channelMain, type FirstSteps } from '../html/channel.ts';
import { noChannelsMain, notFoundMain, problemMain } from '../html/notices.ts';
import { channelPath, seenCookie } from '../html/paths.ts';
import type { DeskChannel, DeskCommands } from '../ports.ts';
import { answerPage, type FrameParts } from './frame.ts';
import type { LiveHub } from './live.ts';

export interface ChannelParts extends FrameParts {
  readonly commands: DeskCommands;
  readonly hub: LiveHub;
  readonly firstSteps: FirstSteps;
}

const THREADS = 30;
const COMPLETIONS = 10;
/** A report that somebody hands in is a command line too. */
const MAX_LINE = 10_000;
const SEEN_SECONDS = 365 * 86_400;

/** Letters, digits and hyphens, as the settings ask for; people may write "#Deir Ezzor". */
const newChannel = z.object({
  name: z
    .string()
    .transform((text) =>
      text
        .trim()
        .replace(/^#/, '')
        .toLowerCase()
        .replace(/[\s_]+/g, '-'),
    )
    .pipe(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)),
});
const commandLine = z.object({ line: z.string().trim().min(1).max(MAX_LINE) });
const changeNumber = z.coerce.number().int().min(0).catch(0);

async function channelNamed({ store }: FrameParts, name: string): Promise<DeskChannel | undefined> {
  return (await store.channels()).find(({ destination }) => destination.channel === name);
}

interface Shown {
  readonly before?: string;
  readonly answer?: { readonly line: string; readonly message: Message };
}

async function showChannel(c: Context, parts: ChannelParts, channel: DeskChannel, shown: Shown = {}) {
  const { before, answer } = shown;
  const page = await parts.store.threads(channel.destination.id, {
    limit: THREADS + 1,
    ...(before !== undefined && { before }),
  });
  const threads = page.slice(-THREADS);
  const older = page.length > THREADS ? threads[0]?.root.id : undefined;
  setCookie(c, seenCookie(channel), String(channel.posts), {
    path: '/',
    sameSite: 'Lax',
    maxAge: SEEN_SECONDS,
  });
  const main = channelMain({
    channel,
    threads,
    past: before !== undefined,
    usages: parts.commands.usages,
    firstSteps: parts.firstSteps,
    ...(older !== undefined && { older }),
    ...(answer && { answer }),
  });
  const { channel: name, name: title } = channel.destination;
  return answerPage(c, parts, { title, here: channelPath(name), main, chat: true });
}

const notThere = (c: Context, parts: ChannelParts) =>
  answerPage(c, parts, { title: 'Not found', here: '', main: notFoundMain('channel') }, 404);

async function home(c: Context, parts: ChannelParts): Promise<Response> {
  const [first, ...others] = await parts.store.channels();
  if (!first)
    return answerPage(c, parts, { title: 'Welcome', here: '/', main: noChannelsMain(parts.firstSteps) });
  const busiest = others.reduce((a, b) => ((b.lastPosted ?? '') > (a.lastPosted ?? '') ? b : a), first);
  return c.redirect(channelPath(busiest.destination.channel));
}

async function addChannel(c: Context, parts: ChannelParts): Promise<Response> {
  const asked = newChannel.safeParse(await c.req.parseBody());
  if (asked.success) {
    await parts.store.addChannel(deskDestination(asked.data.name));
    return c.redirect(channelPath(asked.data.name), 303);
  }
  const main = problemMain(
    'That cannot be a channel’s name',
    'Use letters a to z, digits and hyphens, 40 at most: deir-ezzor.',
  );
  return answerPage(c, parts, { title: 'Add a channel', here: '', main }, 400);
}

async function runCommand(c: Context, parts: ChannelParts, channel: DeskChannel): Promise<Response> {
  const asked = commandLine.safeParse(await c.req.parseBody());
  const line = asked.success ? asked.data.line : '/help';
  const message = await parts.commands.answer(line, { destination: channel.destination, manages: true });
  if (c.req.header('accept')?.includes('text/fragment')) return c.html(answerHtml(line, message, channel));
  return showChannel(c, parts, channel, { answer: { line, message } });
}

export function channelRoutes(parts: ChannelParts): Hono {
  const app = new Hono();
  const onChannel =
    (work: (c: Context, channel: DeskChannel) => Response | Promise<Response>) => async (c: Context) => {
      const channel = await channelNamed(parts, c.req.param('channel') ?? '');
      return channel ? work(c, channel) : notThere(c, parts);
    };
  app.get('/', (c) => home(c, parts));
  app.post('/channels', (c) => addChannel(c, parts));
  app.get(
    '/c/:channel',
    onChannel((c, channel) => {
      const before = c.req.query('before');
      return showChannel(c, parts, channel, before === undefined ? {} : { before });
    }),
  );
  app.post(
    '/c/:channel/commands',
    onChannel((c, channel) => runCommand(c, parts, channel)),
  );
  app.get(
    '/c/:channel/events',
    onChannel((c, channel) =>
      parts.hub.follow(c, channel, changeNumber.parse(c.req.header('last-event-id') ?? c.req.query('after'))),
    ),
  );
  app.get(
    '/c/:channel/complete',
    onChannel(async (c, { destination }) => {
      const line = c.req.query('line')?.slice(0, MAX_LINE) ?? '';
      return c.json(await parts.commands.complete(line, { destination, manages: true }, COMPLETIONS));
    }),
  );
  return app;
}
