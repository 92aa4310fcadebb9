import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that may go on accepting bytes and hand none of them on: what a dead network does. */
export class SwallowingProxy {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #swallows = false;
  /** When the server ended a WebSocket that was swallowed, by performance.now(); 0 as long as it has not. */
  endedAt = 0;

  private constructor(port: number) {
    this.#server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      this.#join(near, far);
      this.#join(far, near);
      near.once('data', (request) => {
        if (!request.includes('Upgrade: websocket')) return;
        far.on('close', () => {
          if (this.#swallows) this.endedAt ||= performance.now();
        });
      });
    });
  }

  static async to(url: string): Promise<SwallowingProxy> {
    const proxy = new SwallowingProxy(Number(new URL(url).port));
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** From now on nothing comes through, not even the end of a connection. */
  swallow(): void {
    this.#swallows = true;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('error', () => undefined);
    from.on('data', (bytes) => {
      if (!this.#swallows) to.write(bytes);
    });
    from.on('close', () => {
      this.#sockets.delete(from);
      if (!this.#swallows) to.destroy();
    });
  }
}
