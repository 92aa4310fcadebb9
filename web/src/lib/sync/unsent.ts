import type { Write } from './outbox.js';

/** Something that a person did and that has no answer yet, as it is listed. */
export interface Unsent {
  readonly opId: string;
  /** What was done together has the same one. */
  readonly act: string;
  readonly ticketId: number;
  /** When it was made, milliseconds since 1970. */
  readonly at: number;
  readonly write: Write;
  /** A try has failed, or a session is over; else it is being sent. */
  readonly isWaiting: boolean;
}
