import type { Connection } from './channels.js';

/** What is used of the `ws` socket below a connection. */
interface WebSocketBelow {
  readonly bufferedAmount: number;
  terminate(): void;
  on(event: 'ping', listener: () => void): void;
}

/** The WebSocket that carries a connection; undefined before it has one. */
export const below = ({ transport }: Connection): WebSocketBelow | undefined =>
  (transport as unknown as { socket?: WebSocketBelow }).socket;

/** Ends a connection at once, whatever waits for it or its other end does; nothing more is read from it. */
export function cut(connection: Connection): void {
  connection.close(true);
  below(connection)?.terminate();
}
