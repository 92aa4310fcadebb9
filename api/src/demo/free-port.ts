import { once } from 'node:events';
import { createServer } from 'node:net';

const TRIES = 100;

/**
 * The first port from `from` on that nobody listens on.
 * @param host absent: all addresses
 * @throws Error when all of a hundred are taken
 */
export async function freePort(from: number, host?: string): Promise<number> {
  for (let port = from; port < from + TRIES; port += 1) {
    if (await isFree(port, host)) return port;
  }
  throw new Error(`The ports ${from} to ${from + TRIES - 1} are all in use; set PORT to another one.`);
}

async function isFree(port: number, host?: string): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, ...(host === undefined ? {} : { host }) });
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
  server.close();
  await once(server, 'close');
  return true;
}
