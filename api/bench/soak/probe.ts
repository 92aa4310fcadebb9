import { getHeapSpaceStatistics } from 'node:v8';

import { EVENT_LOG_DEFAULTS, type EventLogOptions } from '../../src/event-log/event-log.options.js';

/** What a process holds after a full collection. */
export interface Holding {
  /** Of the heap, without `codeBytes`. */
  readonly dataBytes: number;
  /** Compiled code: it grows for minutes, by megabytes, as V8 finds out which functions are worth it. */
  readonly codeBytes: number;
  /** Open connections of all kinds. */
  readonly connections: number;
}

/**
 * Loaded into an api before its own code, with --expose-gc: tells what it holds after a full collection.
 * The ring of events is small, so that it is full, and no part of any slope, when the warm-up is over; and so that
 * some clients are caught up from it and some from the table.
 */
const RING_CAPACITY = 100;
const CODE_SPACE = /code|trusted/;

(EVENT_LOG_DEFAULTS as { -readonly [Name in keyof EventLogOptions]: EventLogOptions[Name] }).ringCapacity =
  RING_CAPACITY;

process.on('message', () => {
  globalThis.gc?.();
  const used = (isCode: boolean) =>
    getHeapSpaceStatistics()
      .filter((space) => CODE_SPACE.test(space.space_name) === isCode)
      .reduce((sum, space) => sum + space.space_used_size, 0);
  const connections = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  process.send?.({ dataBytes: used(false), codeBytes: used(true), connections } satisfies Holding);
});
