import type { Cursor } from '../../src/contract/cursor.js';
import type { Channel, FeedOpenAck } from '../../src/contract/socket.js';
import { connectSocket, type FeedSocket, type Shown } from './feed-client.js';

/** A socket that keeps every frame as it came. */
export class RecordedSocket {
  readonly frames: string[] = [];
  readonly #socket: FeedSocket;

  constructor(url: string, shown: Shown) {
    this.#socket = connectSocket(url, shown);
    this.#socket.io.engine.on('packet', ({ type, data }) => this.frames.push(`${type} ${data}`));
  }

  open(channel: Channel, cursor?: Cursor): Promise<FeedOpenAck> {
    const message = cursor === undefined ? { channel } : { channel, cursor };
    return this.#socket.timeout(30_000).emitWithAck('feed:open', message);
  }

  visit(ticketId: number): void {
    this.#socket.emit('presence:set', { ticket_id: ticketId, mode: 'editing', field: 'title' });
  }

  close(): void {
    this.#socket.disconnect();
  }
}
