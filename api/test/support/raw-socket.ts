import { once } from 'node:events';

import { WebSocket } from 'ws';

import type { Shown } from './feed-client.js';

/** A WebSocket that says whatever a test wants, frame by frame, past every client library. */
export class RawSocket {
  readonly received: string[] = [];
  /** Resolves with the moment at which it was closed. */
  readonly closed: Promise<number>;

  private constructor(readonly ws: WebSocket) {
    ws.on('message', (data: Buffer) => this.received.push(data.toString()));
    // A frame sent to a socket that was cut is an error of the sender's own.
    ws.on('error', () => undefined);
    this.closed = once(ws, 'close').then(() => performance.now());
  }

  /** Opens the transport only; nobody is identified yet. @throws when the upgrade is refused */
  static async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<RawSocket> {
    const ws = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      headers,
    });
    const socket = new RawSocket(ws);
    await once(ws, 'open');
    return socket;
  }

  /** Opens it and connects as whoever shows that token. */
  static async connect(url: string, { token }: Extract<Shown, { token: string }>): Promise<RawSocket> {
    const socket = await RawSocket.open(url);
    socket.send(`40${JSON.stringify({ token })}`);
    await new Promise<void>((resolve, reject) => {
      socket.ws.on('message', (data: Buffer) => {
        if (data.toString().startsWith('40')) resolve();
      });
      socket.ws.once('close', () => reject(new Error('closed before it was connected')));
    });
    return socket;
  }

  /** Reads no more from its connection, which stays up. */
  pause(): void {
    this.ws.pause();
  }

  send(frame: string | Buffer): void {
    this.ws.send(frame);
  }
}
