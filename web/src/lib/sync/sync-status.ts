import type { Phase } from './connection.js';

/** What the connection pill shows. */
export interface SyncStatus {
  readonly phase: Phase;
  /** The feed is open, but no beat has come for more than 10 s: what is shown may be old. */
  readonly stale: boolean;
  /** From commit to this screen, milliseconds, of the last message; null before the first. */
  readonly latencyMs: number | null;
  /** When the last beat came, milliseconds since 1970. */
  readonly lastBeatAt: number | null;
  /** Changes made here that have no answer yet. */
  readonly unanswered: number;
  /** Of those, the ones that a failed network, or a session that is over, holds up. */
  readonly waiting: number;
  /** Why the server ended the session, for people; null unless the phase is `signed_out` or `ended`. */
  readonly endReason: string | null;
}
