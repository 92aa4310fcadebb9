import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type RawData, WebSocket, WebSocketServer } from 'ws';

import type { Random } from './random.js';

/** So many of the last frames of a direction may come again. */
const REMEMBERED = 30;
const AGAIN = 0.25;
/** Envelopes and acks downwards; upwards what asks for them. */
const REPEATED = /^4[23]/;

/** A way to the desk on whose sockets frames come twice, and old ones come again, in both directions. */
export class FrameProxy {
  /** How many frames came once more. */
  repeated = { up: 0, down: 0 };
  readonly #http = createServer(({ method, url, headers }, response) => {
    const forwarded = request(this.target + url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    forwarded.end();
  });
  readonly #sockets = new WebSocketServer({ server: this.#http });

  private constructor(
    private readonly target: string,
    private readonly random: Random,
  ) {
    this.#sockets.on('connection', (near, { url = '/', headers }) => {
      const { cookie = '' } = headers;
      const far = new WebSocket(`${this.target.replace('http', 'ws')}${url}`, {
        headers: { cookie, origin: this.target },
      });
      const early: string[] = [];
      far.on('open', () => early.forEach((frame) => far.send(frame)));
      this.#pass(near, 'up', (frame) => (far.readyState === far.OPEN ? far.send(frame) : early.push(frame)));
      this.#pass(far, 'down', (frame) => near.send(frame));
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        one.on('error', () => undefined);
        one.on('close', () => other.terminate());
      }
    });
  }

  static async to(url: string, random: Random): Promise<FrameProxy> {
    const proxy = new FrameProxy(url, random);
    proxy.#http.listen(0, '127.0.0.1');
    await once(proxy.#http, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const client of this.#sockets.clients) client.terminate();
    this.#http.close();
    this.#http.closeAllConnections();
  }

  #pass(from: WebSocket, direction: 'up' | 'down', send: (frame: string) => void): void {
    const seen: string[] = [];
    from.on('message', (data: RawData) => {
      const frame = String(data);
      send(frame);
      if (!REPEATED.test(frame)) return;
      seen.push(frame);
      if (seen.length > REMEMBERED) seen.shift();
      if (!this.random.chance(AGAIN)) return;
      this.repeated[direction] += 1;
      send(this.random.chance(0.5) ? frame : this.random.pick(seen));
    });
  }
}
