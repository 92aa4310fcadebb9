import type { Clock } from './clock.js';
import type { PresenceSet } from './transport.js';

/** Said again after this long; a lease is 30 s. */
const RENEW_AFTER_MS = 9_000;
/** At most one message in this long, however quickly somebody walks through a list. */
const SPACING_MS = 250;
/** Who has not had the page before their eyes for this long is not viewing any more … */
const VIEWING_HIDDEN_MS = 20_000;
/** … and not editing, though a text may be half typed. */
const EDITING_HIDDEN_MS = 300_000;

/** What the person is at. */
export interface PresenceState {
  readonly ticketId: number;
  readonly mode: 'viewing' | 'editing';
  /** Which field is edited. */
  readonly field?: string | undefined;
}

/**
 * Says where the person is. It is renewed by the server's beats rather than by timers, which a background
 * tab has delayed to once a minute: messages are not. SPEC.md, section W.
 */
export class PresenceSender {
  readonly #send: (message: PresenceSet) => void;
  readonly #clock: Clock;
  #at: PresenceState | null = null;
  #hiddenSince: number | undefined;
  /** What the server has been told on this connection. */
  #said: PresenceState | null = null;
  #saidAt = Number.NEGATIVE_INFINITY;
  #speaksLater = false;

  constructor(send: (message: PresenceSet) => void, clock: Clock) {
    this.#send = send;
    this.#clock = clock;
  }

  /** @param state null: at no ticket */
  set(state: PresenceState | null): void {
    this.#at = state;
    this.#speak();
  }

  /** Whether the page is out of sight. */
  hide(isHidden: boolean): void {
    this.#hiddenSince = isHidden ? (this.#hiddenSince ?? this.#clock.now()) : undefined;
    this.#speak();
  }

  /** A feed was opened: the server knows nothing of this connection yet. */
  opened(): void {
    this.#said = null;
    this.#speak();
  }

  /** The server's beat. */
  beat(): void {
    const isDue = this.#state !== null && this.#clock.now() - this.#saidAt >= RENEW_AFTER_MS;
    this.#speak(isDue);
  }

  /** Out of sight for so long that it is not true any more. */
  get #state(): PresenceState | null {
    if (this.#at === null || this.#hiddenSince === undefined) return this.#at;
    const most = this.#at.mode === 'editing' ? EDITING_HIDDEN_MS : VIEWING_HIDDEN_MS;
    return this.#clock.now() - this.#hiddenSince < most ? this.#at : null;
  }

  /** @param again also what is known already */
  #speak(again = false): void {
    const state = this.#state;
    if (!again && isSame(state, this.#said)) return;
    const wait = this.#saidAt + SPACING_MS - this.#clock.now();
    if (wait > 0) {
      if (this.#speaksLater) return;
      this.#speaksLater = true;
      this.#clock.after(wait, () => {
        this.#speaksLater = false;
        this.#speak();
      });
      return;
    }
    this.#said = state;
    this.#saidAt = this.#clock.now();
    this.#send(messageOf(state));
  }
}

function messageOf(state: PresenceState | null): PresenceSet {
  if (state === null) return { ticket_id: null, mode: 'viewing' };
  const { ticketId, mode, field } = state;
  return { ticket_id: ticketId, mode, ...(field === undefined ? {} : { field }) };
}

function isSame(one: PresenceState | null, other: PresenceState | null): boolean {
  return one?.ticketId === other?.ticketId && one?.mode === other?.mode && one?.field === other?.field;
}
