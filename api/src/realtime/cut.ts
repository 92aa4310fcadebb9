import type { Connection } from './channels.js';

/** Ends a connection at once, whatever waits for it or its other end does; nothing more is read from it. */
export function cut(connection: Connection): void {
  connection.close(true);
  (connection.transport as unknown as { socket?: { terminate?: () => void } }).socket?.terminate?.();
}
