import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { DatabaseConnection } from '../../src/database/connection.js';

/** The way to a database, which can be cut and restored as if its server stopped and started. */
export interface SeverableConnection extends AsyncDisposable {
  readonly connection: DatabaseConnection;
  cut(): Promise<void>;
  restore(): Promise<void>;
  /** What is open now goes on taking bytes and hands none of them on; what is opened later is as usual. */
  stall(): void;
}

export async function severable(target: DatabaseConnection): Promise<SeverableConnection> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = target.host.startsWith('/')
      ? connect(join(target.host, `.s.PGSQL.${target.port}`))
      : connect(target.port, target.host);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    connection: { ...target, host: '127.0.0.1', port },
    cut,
    restore: () => listen(port),
    stall: () => sockets.forEach((socket) => socket.unpipe()),
    [Symbol.asyncDispose]: cut,
  };
}
