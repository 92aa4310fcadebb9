import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

import { describe, expect, it } from '@jest/globals';

import { freePort } from './free-port.js';

describe('a free port', () => {
  it('is the next one when the wanted one is taken, and the wanted one afterwards', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await freePort(port, '127.0.0.1')).toBeGreaterThan(port);
    server.close();
    await once(server, 'close');
    expect(await freePort(port, '127.0.0.1')).toBe(port);
  });
});
