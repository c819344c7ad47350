import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { deskApp, type DeskParts } from './app.ts';

export interface DeskOptions extends Omit<DeskParts, 'hub'> {
  /** Address to listen on; `127.0.0.1` keeps the desk on this machine. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

export interface Desk {
  /** Where a browser opens it: `http://127.0.0.1:4720`. */
  readonly address: string;
  /** Ends live streams, lets running answers finish, frees the port. */
  close(): Promise<void>;
}

/** The port cannot be had. `message` says what to do about it. */
export class DeskAddressError extends Error {
  override readonly name = 'DeskAddressError';
}

const REMEDIES: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'another program, perhaps another Sitrep, listens there. Stop it, or set another desk.port (SITREP_DESK_PORT; 0 takes any free one)',
  EACCES: 'this user may not use it. Set a desk.port above 1023 (SITREP_DESK_PORT)',
  EADDRNOTAVAIL:
    'this machine has no such address. Set desk.host to 127.0.0.1 or to an address of this machine (SITREP_DESK_HOST)',
  ENOTFOUND: 'the name cannot be resolved. Set desk.host to an address such as 127.0.0.1 (SITREP_DESK_HOST)',
};

async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const remedy = REMEDIES[code] ?? (error as Error).message;
    throw new DeskAddressError(`The desk cannot listen on ${host}:${port}: ${remedy}.`, { cause: error });
  }
  return server.address() as AddressInfo;
}

/** What a reader's slow line may take of a shutdown; the whole of it has ten seconds. */
const GRACE_MS = 3000;
const SWEEP_MS = 25;

/**
 * Lets running answers finish. A browser holds its connections open for the next request, so each is closed as soon as
 * it is idle: on an open one it would ask, and wait, for ever.
 */
async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, SWEEP_MS);
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, GRACE_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

/** An address that means "all of this machine's" cannot be opened; its loopback can. */
const WILDCARDS: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

function addressOf({ address, port }: AddressInfo): string {
  const host = WILDCARDS[address] ?? address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * Starts the web desk.
 * @throws DeskAddressError when the port is taken or the address cannot be had.
 */
export async function startDesk(options: DeskOptions): Promise<Desk> {
  const { app, hub } = deskApp(options);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  try {
    const address = addressOf(await listen(server, options.host, options.port));
    options.log.info({ address }, 'the desk is open');
    return {
      address,
      close: async () => {
        hub.close();
        await closeServer(server);
      },
    };
  } catch (error) {
    hub.close();
    throw error;
  }
}
