import type { FeedServer, FeedSocket } from './channels.js';
import { below, cut } from './connection.js';

/** Bytes that may wait for one socket before it is cut; it comes back by its cursor when it can. */
const CUT_ABOVE_BYTES = 8 * 1024 * 1024;

interface WaitingPacket {
  readonly data?: string | Buffer;
}

/** Bytes that were sent to a socket and have not left this process yet. */
export function waitingBytes({ conn }: FeedSocket): number {
  const queued = (conn as unknown as { writeBuffer: WaitingPacket[] }).writeBuffer;
  let bytes = below(conn)?.bufferedAmount ?? 0;
  for (const { data } of queued) bytes += data?.length ?? 0;
  return bytes;
}

/**
 * Cuts sockets whose reader does not keep up, so that they cost neither memory nor the others' time.
 * @returns how many
 */
export function cutSlowSockets(server: FeedServer): number {
  let count = 0;
  for (const socket of server.of('/').sockets.values()) {
    if (waitingBytes(socket) <= CUT_ABOVE_BYTES) continue;
    // Not a polite disconnect: its packet would wait behind all the others.
    cut(socket.conn);
    count += 1;
  }
  return count;
}
