import { EVENT_LOG_DEFAULTS, type EventLogOptions } from '../../src/event-log/event-log.options.js';

/**
 * Loaded into an api before its own code, with --expose-gc: tells what its heap holds after a full collection.
 * The ring of events is small, so that it is full, and no part of any slope, when the warm-up is over; and so that
 * some clients are caught up from it and some from the table.
 */
const RING_CAPACITY = 500;

(EVENT_LOG_DEFAULTS as { -readonly [Name in keyof EventLogOptions]: EventLogOptions[Name] }).ringCapacity =
  RING_CAPACITY;

process.on('message', () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage().heapUsed);
});
