import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import { PROTOCOL_VERSION } from './protocol.js';
import { routes } from './routes.js';
import { downMessages, feedOpenAck, upMessages } from './socket.js';

/** Everything on the wire as JSON Schema; it changes exactly when a message's shape does. */
function wire(): string {
  const schema = (type: z.ZodType, io: 'input' | 'output') =>
    z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return JSON.stringify({
    up: Object.entries(upMessages).map(([name, type]) => [name, schema(type, 'input')]),
    down: Object.entries(downMessages).map(([name, type]) => [name, schema(type, 'output')]),
    ack: schema(feedOpenAck, 'output'),
    routes: Object.entries(routes).map(([name, route]) => [
      name,
      route.method,
      route.path,
      schema(route.query, 'input'),
      'body' in route ? schema(route.body, 'input') : null,
      Object.entries(route.responses).map(([status, type]) => [
        status,
        type && schema(type as z.ZodType, 'output'),
      ]),
    ]),
  });
}

describe('the wire', () => {
  it('is the one that this protocol version names', () => {
    const hash = createHash('sha256').update(wire()).digest('hex').slice(0, 16);
    // A new hash means that messages changed shape. Raise PROTOCOL_VERSION when an older client or server
    // would misread them, then put the new hash here.
    expect({ version: PROTOCOL_VERSION, hash }).toEqual({ version: 1, hash: '335b93eddcccedd4' });
  });
});
