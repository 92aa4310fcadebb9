import { createServer } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';

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

/** Sends the envelopes to all sockets, as fast as it can. @returns when it began, by the machine's clock */
async function broadcast(frames: readonly string[]): Promise<number> {
  const envelopes = frames.map((frame) => JSON.parse(frame) as unknown);
  const begun = machineMs();
  for (const envelope of envelopes) {
    io.to('board').emit('feed', envelope);
    await nextTurn();
  }
  return begun;
}

const served = { listen, broadcast };
export type BroadcastFloor = typeof served;
serve(served);
