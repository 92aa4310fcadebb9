import { EventEmitter } from 'node:events';

/** Packet types of the Socket.IO protocol, version 5, that this server and its clients use. */
const CONNECT = 0;
const EVENT = 2;
const ACK = 3;

interface Packet {
  readonly type: number;
  readonly nsp: string;
  readonly id?: number;
  readonly data?: unknown;
}

const FEED = '2["feed",';

/**
 * A parser for socket.io-client's `parser` option. A thousand clients on the machine of the server that they
 * measure must cost little: of a `feed` message they get the text, not the parsed envelope.
 */
class Encoder {
  encode({ type, id, data }: Packet): string[] {
    return [`${type}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`];
  }
}

class Decoder extends EventEmitter {
  add(text: string): void {
    if (text.startsWith(FEED)) {
      this.emit('decoded', { type: EVENT, nsp: '/', data: ['feed', text.slice(FEED.length, -1)] });
      return;
    }
    const [, type, id, json] = /^(\d)(\d*)(.*)$/s.exec(text)!;
    const packet: Packet = {
      type: Number(type),
      nsp: '/',
      ...(id === '' ? {} : { id: Number(id) }),
      ...(json === '' ? {} : { data: JSON.parse(json!) }),
    };
    if ([CONNECT, EVENT, ACK].includes(packet.type)) this.emit('decoded', packet);
  }

  destroy(): void {}
}

export const leanParser = { Encoder, Decoder };
