import { describe, expect, it } from '@jest/globals';

import type { FeedServer } from './channels.js';
import { SocketDrain } from './socket-drain.js';

describe('SocketDrain', () => {
  it.each([
    { sockets: 0, first: 0 },
    { sockets: 5, first: 5 },
    { sockets: 60, first: 12 },
  ])('closes $first of $sockets sockets at once, and all in the end', async ({ sockets, first }) => {
    let closed = 0;
    const close = () => (closed += 1);
    const open = new Map(Array.from({ length: sockets }, (_, id) => [id, { conn: { close } }]));
    const drain = new SocketDrain();
    drain.attach({ of: () => ({ sockets: open }) } as unknown as FeedServer);
    const done = drain.run();
    expect(closed).toBe(first);
    await done;
    expect(closed).toBe(sockets);
  });
});
