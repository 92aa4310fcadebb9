import type { Channel } from '#contract/socket';

import * as comments from '../api/comments.js';
import * as tickets from '../api/tickets.js';
import { SocketIoTransport } from '../sync/socket-io-transport.js';
import { SyncClient } from '../sync/sync-client.js';

/** The sync client of this page, with its session's cookie. @param me the id of the person signed in */
export function deskClient(channel: Channel, me?: string): SyncClient {
  const commands = { ...tickets, ...comments };
  const transport = new SocketIoTransport();
  return new SyncClient({ transport, commands, channel, ...(me === undefined ? {} : { me }) });
}
