import { createServer } from 'node:http';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

import { Server } from 'socket.io';

import { machineMs } from '../metering/clock.js';
import { serve } from '../worker/serve.js';

/** A bare Socket.IO server with the app's transport settings: the least that a broadcast can cost. */
const server = createServer();
const io = new Server(server, {
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: false,
  httpCompression: false,
});
io.on('connection', (socket) => void socket.join('board'));

async function listen(port: number): Promise<void> {
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(port, '127.0.0.1', listening.resolve);
  await listening.promise;
}

/** An envelope as JSON, its end, and when it was received, in milliseconds since 1970. */
export interface Frame {
  readonly text: string;
  readonly to: number;
  readonly at: number;
}

/** When each frame was sent, by its end; milliseconds since 1970. */
export type Moments = ReadonlyMap<number, number>;

/** Sends the envelopes to all sockets, as fast as it can. @returns when it began, by the machine's clock */
async function broadcast(frames: readonly Frame[]): Promise<number> {
  const envelopes = frames.map(({ text }) => JSON.parse(text) as unknown);
  const begun = machineMs();
  for (const envelope of envelopes) {
    io.to('board').emit('feed', envelope);
    await nextTurn();
  }
  return begun;
}

/** Sends the envelopes to all sockets, as far apart as they were received. */
async function replay(frames: readonly Frame[]): Promise<Moments> {
  const sent = new Map<number, number>();
  const envelopes = frames.map(({ text, to, at }) => ({ to, at, envelope: JSON.parse(text) as unknown }));
  const ahead = Date.now() - frames[0]!.at;
  for (const { envelope, to, at } of envelopes) {
    const early = at + ahead - Date.now();
    if (early > 0) await delay(early);
    sent.set(to, Date.now());
    io.to('board').emit('feed', envelope);
  }
  return sent;
}

const served = { listen, broadcast, replay };
export type BroadcastFloor = typeof served;
serve(served);
