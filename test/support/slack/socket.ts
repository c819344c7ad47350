import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { acknowledgementProblems, type Body } from './rules.ts';

/** What the app answered to an envelope; Slack waits three seconds for it. */
export interface Acknowledged {
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly ms: number;
}

interface Sending {
  readonly accepts_response_payload?: boolean;
  readonly retry_attempt?: number;
  readonly retry_reason?: string;
}

/** Socket Mode: tickets that open one WebSocket each, envelopes that want an acknowledgement. */
export class SocketDoor {
  readonly #tickets = new Set<string>();
  readonly #open = new Set<WebSocket>();
  readonly #waiting = new Map<string, (answer: Acknowledged) => void>();
  readonly #arrivals = new Set<() => void>();
  readonly #url: string;
  readonly #breaches: string[];
  #greeted = 0;
  readonly #door = new WebSocketServer({ noServer: true });

  /** @param breaches what the app acknowledges with and Slack does not take */
  constructor(server: Server, url: string, breaches: string[]) {
    this.#breaches = breaches;
    this.#url = url.replace('http', 'ws');
    server.on('upgrade', (request: IncomingMessage, socket, head) => {
      const ticket = new URL(request.url ?? '/', url).searchParams.get('ticket') ?? '';
      if (!this.#tickets.delete(ticket)) {
        socket.destroy();
        return;
      }
      this.#door.handleUpgrade(request, socket, head, (one) => this.#greet(one));
    });
  }

  ticket(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return `${this.#url}/link/?ticket=${ticket}&app_id=A0SITREP`;
  }

  /** Connections that were ever opened. */
  get greeted(): number {
    return this.#greeted;
  }

  /** Resolves when one is open that was opened after the first `before` ones. */
  async connected(before = 0): Promise<void> {
    while (this.#open.size === 0 || this.#greeted <= before)
      await new Promise<void>((resolve) => this.#arrivals.add(resolve));
  }

  /** Sends an envelope on the newest connection and waits for its acknowledgement, as long as Slack does. */
  async send(type: string, payload: unknown, more: Sending = {}): Promise<Acknowledged | undefined> {
    await this.connected();
    const socket = [...this.#open].at(-1);
    const id = randomUUID();
    const started = performance.now();
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(undefined), 3_000);
      this.#waiting.set(id, (answer) => {
        clearTimeout(late);
        this.#breaches.push(...acknowledgementProblems(payload as Body, answer.payload));
        resolve({ ...answer, ms: performance.now() - started });
      });
      socket?.send(JSON.stringify({ envelope_id: id, type, payload, ...more }));
    });
  }

  /** Asks the app to connect anew, as Slack does every few hours. */
  refresh(): void {
    for (const socket of this.#open)
      socket.send(
        JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'x' } }),
      );
  }

  /** Ends every connection without a word. */
  cut(): void {
    for (const socket of this.#open) socket.terminate();
  }

  close(): void {
    this.cut();
    this.#door.close();
  }

  #greet(socket: WebSocket): void {
    this.#open.add(socket);
    this.#greeted += 1;
    socket.on('close', () => this.#open.delete(socket));
    socket.on('message', (data) => {
      const { envelope_id, payload } = JSON.parse((data as Buffer).toString()) as {
        envelope_id?: string;
        payload?: Record<string, unknown>;
      };
      const waiting = this.#waiting.get(envelope_id ?? '');
      this.#waiting.delete(envelope_id ?? '');
      waiting?.({ ...(payload && { payload }), ms: 0 });
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#open.size,
        connection_info: { app_id: 'A0SITREP' },
        debug_info: { host: 'applink-test', approximate_connection_time: 18_060 },
      }),
    );
    const arrivals = [...this.#arrivals];
    this.#arrivals.clear();
    for (const arrived of arrivals) arrived();
  }
}
