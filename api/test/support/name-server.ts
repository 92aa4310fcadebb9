import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

import { decode, encode } from 'dns-packet';

/**
 * A name server of the loopback that knows one name, as the one of a container network does: it has the address of
 * each replica that runs, for as long as it runs.
 */
export class NameServer {
  private constructor(
    private readonly socket: Socket,
    private addresses: readonly string[],
  ) {}

  static async start(name: string, addresses: readonly string[]): Promise<NameServer> {
    const socket = createSocket('udp4');
    const server = new NameServer(socket, addresses);
    socket.on('message', (message, { address, port }) => {
      const { id, questions = [] } = decode(message);
      const isKnown = questions[0]?.name === name && server.addresses.length > 0;
      const answer = encode({
        type: 'response',
        id,
        // 3: there is no such name.
        flags: isKnown ? 0 : 3,
        questions,
        answers: isKnown ? server.addresses.map((data) => ({ type: 'A', name, ttl: 0, data }) as const) : [],
      });
      socket.send(answer, port, address);
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return server;
  }

  /** `address:port` */
  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  /** What it says from now on; whoever has asked may believe the last answer for a while. */
  say(addresses: readonly string[]): void {
    this.addresses = addresses;
  }

  async stop(): Promise<void> {
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
  }
}
