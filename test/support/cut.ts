import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A wire to a server's Unix socket that can be cut and mended: an outage as its clients see it. */
export interface Wire {
  /** Socket to connect to instead; it has the server's own file name, in another folder. */
  readonly socket: string;
  readonly folder: string;
  /** Ends every connection and takes the socket away. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function wireTo(target: string): Promise<Wire> {
  const folder = mkdtempSync(join(tmpdir(), 'sitrep-wire-'));
  const socket = join(folder, basename(target));
  const open = new Set<Socket>();
  let server: Server | undefined;

  const carry = (near: Socket): void => {
    const far = connect(target);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  };
  const mend = async (): Promise<void> => {
    server = createServer(carry).listen(socket);
    await once(server, 'listening');
  };
  const cut = async (): Promise<void> => {
    const closed = server === undefined ? undefined : once(server, 'close');
    server?.close();
    for (const one of open) one.destroy();
    await closed;
    server = undefined;
  };
  await mend();
  return {
    socket,
    folder,
    cut,
    mend,
    close: async () => {
      await cut();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
