import type { Channel } from '#contract/socket';

import * as comments from '../api/comments.js';
import { listAssignees } from '../api/people.js';
import * as tickets from '../api/tickets.js';
import { IndexedDbOutbox } from '../sync/idb-outbox.js';
import { SocketIoTransport } from '../sync/socket-io-transport.js';
import { SyncClient } from '../sync/sync-client.js';
import { listTickets } from './head-start.js';
import { isStill } from './person-mark.js';

/**
 * The sync client of this page, with its session's cookie.
 *
 * @param me the id of the person signed in; what they do is kept at this browser until it is answered, and
 * is sent in nobody else's name
 */
export function deskClient(channel: Channel, me?: string): SyncClient {
  const commands = { ...tickets, listTickets, ...comments, listAssignees };
  const transport = new SocketIoTransport();
  const own = me === undefined ? {} : { me, outbox: new IndexedDbOutbox(), isStillMe: () => isStill(me) };
  // A screen on a wall shows a handful of tickets, for weeks.
  const kept = channel === 'wall' ? { mostTickets: 100 } : {};
  return new SyncClient({ transport, commands, channel, ...own, ...kept });
}
