import { createContext } from 'svelte';

import type { Me, SetUp, SignIn } from '#contract/session';

import { getMe, patchMe, setUp, signIn } from '../api/session.js';
import { backoff, systemClock } from '../sync/clock.js';
import { Signal } from '../sync/signal.js';
import { firstMe } from './head-start.js';
import { markPerson } from './person-mark.js';

type SignedIn = NonNullable<Me['person']>;

const RETRY_FIRST_MS = 1_000;

/**
 * Who looks at the screen, as the server said last. Loaded before anything is shown; when the session ends
 * while something is shown, the page stays and `endReason` says why, until the same person is back.
 */
export class Session {
  #me = $state.raw<Me>();
  #isUnreachable = $state(false);
  #endReason = $state<string>();
  #isLeaving = $state(false);
  #wake: (() => void) | undefined;
  /** How often an ended session was taken up again. */
  readonly #resumptions = new Signal(0);

  /** Undefined until the server has said who this is. */
  get me(): Me | undefined {
    return this.#me;
  }

  /** Who is signed in, or was when the session ended. */
  get person(): SignedIn | undefined {
    return this.#me?.person ?? undefined;
  }

  /** The first answer is still missing, and a try has failed. */
  get isUnreachable(): boolean {
    return this.#isUnreachable;
  }

  /** Why the session ended while something was shown, for people; undefined: it has not. */
  get endReason(): string | undefined {
    return this.#endReason;
  }

  /** The person has asked to be signed out. */
  get isLeaving(): boolean {
    return this.#isLeaving;
  }

  /** Asks who this is, for as long as there is no answer. */
  async load(): Promise<void> {
    for (let failures = 1; this.#me === undefined; failures += 1) {
      try {
        this.#take(await firstMe());
      } catch {
        this.#isUnreachable = true;
        await this.#pause(backoff(failures, systemClock, RETRY_FIRST_MS));
      }
    }
    this.#isUnreachable = false;
  }

  retryNow(): void {
    this.#wake?.();
  }

  /** Asks anew, where something else than this page's own calls may have changed it. Throws as `getMe`. */
  async reload(): Promise<void> {
    this.#take(await getMe());
  }

  /** Throws as `signIn` of `lib/api` does. */
  async signIn(credentials: SignIn): Promise<void> {
    this.#take(await signIn(credentials));
  }

  /** Makes the first administrator, who is signed in then. Throws as `setUp` of `lib/api` does. */
  async setUp(command: SetUp): Promise<void> {
    this.#take(await setUp(command));
  }

  /** Throws as `patchMe` of `lib/api` does. */
  async rename(name: string): Promise<void> {
    this.#take(await patchMe({ name }));
  }

  /** The server no longer takes this page for whom it was. Nothing shown is touched. */
  end(reason: string): void {
    if (this.#me?.kind !== 'requester' && !this.#isLeaving) this.#endReason = this.#endReason || reason;
  }

  /** Signs out by `signOut` and begins anew at the door: nothing read so far stays. Throws as `signOut` does. */
  async leave(signOut: () => Promise<void>): Promise<void> {
    this.#isLeaving = true;
    try {
      await signOut();
    } catch (failure) {
      this.#isLeaving = false;
      throw failure;
    }
    location.assign('/sign-in');
  }

  /**
   * Whether the server still, or again, takes this page for whom it was: in another tab somebody may have
   * signed in. Then everything goes on. Without an answer it is no, and nothing changes.
   */
  async verify(): Promise<boolean> {
    const me = await getMe().catch(() => undefined);
    if (me === undefined || me.kind !== this.#me?.kind) return false;
    this.#take(me);
    return true;
  }

  /** Called when whoever was here before is back; returns how to stop. */
  onResumed(listener: () => void): () => void {
    return this.#resumptions.subscribe(listener);
  }

  /** What is on the screen belongs to the person who was at work: for another one the page begins anew. */
  #take(me: Me): void {
    if (me.person) markPerson(me.person.id);
    const before = this.person?.id;
    if (before !== undefined && me.person?.id !== before) {
      this.#isLeaving = true;
      return location.reload();
    }
    this.#me = me;
    if (this.#endReason === undefined) return;
    this.#endReason = undefined;
    this.#resumptions.set(this.#resumptions.value + 1);
  }

  async #pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
  }
}

export const [getSession, setSession] = createContext<Session>();
