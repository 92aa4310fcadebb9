import type { Channel } from '#contract/socket';

import type { Clock } from './clock.js';
import type { ReadCommands } from './followers.js';
import type { OutboxStorage } from './outbox.js';
import type { WriteCommands } from './sender.js';
import type { Transport } from './transport.js';

/** Of `lib/api`; a test brings its own. */
export type SyncCommands = ReadCommands & WriteCommands;

export interface SyncOptions {
  readonly transport: Transport;
  readonly commands: SyncCommands;
  readonly channel?: Channel;
  /** The id of the person signed in: whose outbox it is. A client is one person's; another gets another. */
  readonly me?: string;
  /** Where what is not answered survives the page; absent: nowhere. */
  readonly outbox?: OutboxStorage;
  /** Whether `me` is still who is signed in at this browser; asked before each sending. */
  readonly isStillMe?: () => boolean;
  /** How many tickets are remembered beyond those in use. */
  readonly mostTickets?: number;
  readonly clock?: Clock;
  readonly newOpId?: () => string;
}
