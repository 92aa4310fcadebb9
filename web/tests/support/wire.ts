import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The network between a browser and the desk, to be cut and mended. */
export class Wire {
  /** Each direction of each connection, by where it comes from. */
  readonly #ways = new Map<Socket, Socket>();
  readonly #server = createServer((socket) => this.#join(socket));
  readonly #port: number;
  readonly #host: string;
  #isCut = false;
  #isFrozen = false;

  /** @param target the desk's address */
  constructor(target: string) {
    const { hostname, port } = new URL(target);
    this.#host = hostname;
    this.#port = Number(port);
  }

  /** Returns the address on this side. */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#ways.keys()) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  /** Nothing passes any more, on new connections neither, but nobody is told. */
  freeze(): void {
    this.#isFrozen = true;
    for (const [from, to] of this.#ways) from.unpipe(to).pause();
  }

  thaw(): void {
    this.#isFrozen = false;
    for (const [from, to] of this.#ways) from.pipe(to);
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #join(near: Socket): void {
    if (this.#isCut) return void near.destroy();
    const far = connect(this.#port, this.#host);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#ways.set(one, other);
      if (!this.#isFrozen) one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#ways.delete(one);
        other.destroy();
      });
    }
  }
}
