import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { GatewayCloseCodes as Close, GatewayIntentBits, GatewayOpcodes as Op } from 'discord.js';
import { WebSocketServer, type WebSocket } from 'ws';
import { createDeflate, constants, type Deflate } from 'node:zlib';
import type { Json } from './forms.ts';
import type { State } from './state.ts';
import { guildJson } from './wire.ts';

const GUILDS: number = GatewayIntentBits.Guilds;
const HEARTBEAT: number = Op.Heartbeat;
const IDENTIFY: number = Op.Identify;
const RESUME: number = Op.Resume;

interface Session {
  readonly id: string;
  readonly shard: readonly [number, number];
  sequence: number;
  /** What was dispatched, for a client that resumes. */
  readonly sent: { readonly s: number; readonly t: string; readonly d: unknown }[];
  socket: WebSocket | undefined;
  send: (payload: object) => void;
}

export interface FakeGateway {
  readonly url: string;
  /** What was identified with, oldest first. */
  readonly identified: { readonly intents: number; readonly shard: readonly [number, number] }[];
  resumed: number;
  heartbeats: number;
  /** Sends an event to the shard that a guild belongs to; without a guild to the first. */
  dispatch(type: string, data: object, guild?: string): void;
  /** Opcode 7: the client should reconnect and resume. */
  askToReconnect(): void;
  /** Opcode 9: the session is gone; `resumable` or not. */
  invalidate(resumable: boolean): void;
  /** The line breaks. */
  drop(): void;
  /** Resolves when a session is ready or resumed, from now on. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

export interface GatewayParts {
  readonly state: State;
  /** Tokens that may identify. */
  readonly token: () => string;
  readonly breaches: string[];
  readonly heartbeatMs?: number;
}

/** Discord's gateway, version 10, on loopback. */
export async function startGateway({
  state,
  token,
  breaches,
  heartbeatMs = 41_250,
}: GatewayParts): Promise<FakeGateway> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sessions = new Map<string, Session>();
  const identified: FakeGateway['identified'][number][] = [];
  let waiting: (() => void)[] = [];
  const isReady = (): void => {
    for (const resolve of waiting.splice(0)) resolve();
    waiting = [];
  };

  const dispatchTo = (session: Session, t: string, d: unknown): void => {
    session.sequence += 1;
    session.sent.push({ s: session.sequence, t, d });
    session.send({ op: Op.Dispatch, s: session.sequence, t, d });
  };

  function identify(socket: WebSocket, send: Session['send'], data: Json): Session | undefined {
    if (data['token'] !== token()) {
      socket.close(Close.AuthenticationFailed, 'Authentication failed.');
      return undefined;
    }
    const intents = Number(data['intents']);
    const shard = (data['shard'] as [number, number] | undefined) ?? [0, 1];
    identified.push({ intents, shard });
    if (intents !== GUILDS) breaches.push(`intents ${intents}: only Guilds is documented as needed`);
    const session: Session = {
      id: `session-${identified.length}`,
      shard,
      sequence: 0,
      sent: [],
      socket,
      send,
    };
    sessions.set(session.id, session);
    const mine = [...state.guilds.keys()].filter((id) => Number(BigInt(id) >> 22n) % shard[1] === shard[0]);
    dispatchTo(session, 'READY', {
      v: 10,
      user: { id: state.bot, username: 'Sitrep', discriminator: '0', bot: true },
      guilds: mine.map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: url,
      shard,
      application: { id: state.application, flags: 0 },
    });
    for (const id of mine)
      dispatchTo(session, 'GUILD_CREATE', {
        ...guildJson(id, state),
        member_count: 1,
        joined_at: new Date().toISOString(),
        large: false,
      });
    isReady();
    return session;
  }

  function resume(socket: WebSocket, send: Session['send'], data: Json): Session | undefined {
    const session = sessions.get(String(data['session_id']));
    if (!session || data['token'] !== token()) {
      send({ op: Op.InvalidSession, d: false });
      return undefined;
    }
    session.socket = socket;
    session.send = send;
    gateway.resumed += 1;
    for (const { s, t, d } of session.sent.filter((one) => one.s > Number(data['seq'])))
      send({ op: Op.Dispatch, s, t, d });
    dispatchTo(session, 'RESUMED', {});
    isReady();
    return session;
  }

  server.on('connection', (socket, request) => {
    const query = new URL(request.url ?? '/', url).searchParams;
    if (query.get('v') !== '10' || query.get('encoding') !== 'json')
      breaches.push(`gateway opened as ${request.url ?? ''}`);
    const send = sender(socket, query.get('compress') === 'zlib-stream');
    let session: Session | undefined;
    send({ op: Op.Hello, d: { heartbeat_interval: heartbeatMs } });
    socket.on('message', (raw: Buffer) => {
      const { op, d } = JSON.parse(raw.toString('utf8')) as { op: number; d: unknown };
      if (op === HEARTBEAT) {
        gateway.heartbeats += 1;
        send({ op: Op.HeartbeatAck });
      } else if (op === IDENTIFY) {
        if (session) socket.close(Close.AlreadyAuthenticated);
        else session = identify(socket, send, d as Json);
      } else if (op === RESUME) session = resume(socket, send, d as Json);
      else if (!session) socket.close(Close.NotAuthenticated);
    });
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = undefined;
    });
  });

  const live = (): Session[] => [...sessions.values()].filter((one) => one.socket !== undefined);
  const gateway: FakeGateway = {
    url,
    identified,
    resumed: 0,
    heartbeats: 0,
    dispatch: (type, data, guild) => {
      // A client that is away gets it when it resumes.
      const last = [...sessions.values()].filter(
        ({ shard }) => guild === undefined || Number(BigInt(guild) >> 22n) % shard[1] === shard[0],
      );
      const session = last.at(-1);
      if (session) dispatchTo(session, type, data);
    },
    askToReconnect: () => {
      for (const { send } of live()) send({ op: Op.Reconnect, d: null });
    },
    invalidate: (resumable) => {
      for (const one of live()) {
        if (!resumable) sessions.delete(one.id);
        one.send({ op: Op.InvalidSession, d: resumable });
      }
    },
    drop: () => {
      for (const { socket } of live()) socket?.terminate();
    },
    ready: () => new Promise((resolve) => waiting.push(resolve)),
    close: async () => {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
  return gateway;
}

/** Writes JSON, or with `zlib` one deflate stream over the connection's whole life, flushed after each payload. */
function sender(socket: WebSocket, zlib: boolean): (payload: object) => void {
  const write = (data: string | Buffer): void => {
    if (socket.readyState === socket.OPEN) socket.send(data);
  };
  if (!zlib) return (payload) => write(JSON.stringify(payload));
  const stream: Deflate = createDeflate({ flush: constants.Z_SYNC_FLUSH });
  let parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => {
    parts.push(part);
    if (!part.subarray(-4).equals(Buffer.from([0, 0, 0xff, 0xff]))) return;
    write(Buffer.concat(parts));
    parts = [];
  });
  return (payload) => void stream.write(JSON.stringify(payload));
}
