import { online } from 'svelte/reactivity/window';

import type { Phase } from '../sync/connection.js';
import type { SyncStatus } from '../sync/sync-status.js';
import { now } from './now.svelte.js';

/** `connected`: the socket is up, and nothing but a read of what is shown is waited for. */
export type ConnectionLook =
  'live' | 'stale' | 'connecting' | 'connected' | 'reconnecting' | 'offline' | 'ended';

/** A gap that is mended this quickly is nobody's business. */
const GRACE_MS = 600;
const PASSING: ReadonlySet<Phase> = new Set(['loading', 'opening', 'resuming']);

/** What the screen says of the connection: the sync client's phases, without those too short to be read. */
export class Connection {
  readonly #read: () => SyncStatus;
  #shown = $state<ConnectionLook>('connecting');
  /** When it became live, milliseconds since 1970: everything before had come by then. */
  #liveSince = $state<number | null>(null);

  /** To be made where effects may be: while a component is set up. */
  constructor(read: () => SyncStatus) {
    this.#read = read;
    // Latency and counts change all the time, and must not run the effects again.
    const phase = $derived(read().phase);
    const stale = $derived(read().stale);
    let wasLive = false;
    $effect(() => {
      if (phase === 'live') this.#liveSince = Date.now();
    });
    $effect(() => {
      if (stale || !PASSING.has(phase)) {
        wasLive = phase === 'live' || (wasLive && phase !== 'ended' && phase !== 'signed_out');
        this.#shown = stale ? 'stale' : lookOf(phase, online.current ?? true);
        return;
      }
      const next = phase === 'loading' ? 'connected' : wasLive ? 'reconnecting' : 'connecting';
      const timer = setTimeout(() => (this.#shown = next), GRACE_MS);
      return () => clearTimeout(timer);
    });
  }

  get look(): ConnectionLook {
    return this.#shown;
  }

  /** Whether figures and rows are known to be current. */
  get isLive(): boolean {
    return this.#shown === 'live';
  }

  get latencyMs(): number | null {
    return this.#read().latencyMs;
  }

  /** Changes made here that a failed network holds up. */
  get waiting(): number {
    return this.#read().waiting;
  }

  get unanswered(): number {
    return this.#read().unanswered;
  }

  /** When what is shown was last known to be current, milliseconds since 1970. */
  get asOf(): number | null {
    const beat = this.#read().lastBeatAt;
    return beat === null || this.#liveSince === null ? this.#liveSince : Math.max(beat, this.#liveSince);
  }

  /** How old what is shown may be, milliseconds. */
  get ageMs(): number {
    const asOf = this.asOf;
    return asOf === null ? 0 : Math.max(0, now.ms - asOf);
  }

  get endReason(): string | null {
    return this.#read().endReason;
  }
}

/** Without a socket, the browser's word that there is no network is enough; with one, it is not believed. */
function lookOf(phase: Phase, isOnline: boolean): ConnectionLook {
  switch (phase) {
    case 'reconnecting':
      return isOnline ? 'reconnecting' : 'offline';
    case 'live':
    case 'offline':
    case 'ended':
      return phase;
    case 'signed_out':
      return 'ended';
    default:
      return isOnline ? 'connecting' : 'offline';
  }
}
