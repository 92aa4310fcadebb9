import { SvelteSet } from 'svelte/reactivity';

import type { CreatePerson, Invitation, PatchPerson, PasswordLink, Person } from '#contract/people';

import {
  createPasswordLink,
  createPerson,
  listPeople,
  patchPerson,
  signOutPerson,
} from '../../api/people.js';
import type { SyncClient } from '../../sync/sync-client.js';
import { sayFailure } from '../session-failure.js';
import { PagedList } from './paged-list.svelte.js';

const PAGE_SIZE = 100;
/** Sign-ins and addresses are in no event. */
const REFRESH_MS = 15_000;

/** Everybody at the desk as administrators see them, and what is done to their accounts. */
export class People {
  readonly list = new PagedList<Person>((page, signal) => listPeople({ page, page_size: PAGE_SIZE }, signal));
  readonly #busy = new SvelteSet<string>();
  #refusal = $state<string>();

  /** Why the last act on an account was not done; undefined when it was. */
  get refusal(): string | undefined {
    return this.#refusal;
  }

  isBusy(id: string): boolean {
    return this.#busy.has(id);
  }

  forgetRefusal(): void {
    this.#refusal = undefined;
  }

  /** Reads everybody, and again whenever somebody has changed; returns how to stop. */
  follow(client: SyncClient): () => void {
    void this.list.refresh();
    const stops = [
      this.list.follow(REFRESH_MS),
      client.onChange(({ events, moored }) => {
        if (moored || events.some(({ type }) => type === 'person.updated')) void this.list.refresh();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** Throws as `createPerson` of `lib/api` does. */
  async invite(command: CreatePerson): Promise<Invitation> {
    const invitation = await createPerson(command);
    this.list.put(invitation.person);
    return invitation;
  }

  /** Throws as `patchPerson` of `lib/api` does. */
  async change(id: string, patch: PatchPerson): Promise<Person> {
    const person = await patchPerson(id, patch);
    this.list.put(person);
    return person;
  }

  /** As `change`; a refusal is told by `refusal`. @returns whether it was done */
  tryChange(id: string, patch: PatchPerson): Promise<boolean> {
    return this.#try(id, () => this.change(id, patch));
  }

  trySignOut(id: string): Promise<boolean> {
    return this.#try(id, () => signOutPerson(id));
  }

  /** @returns undefined when it was refused, which `refusal` tells */
  async tryLink(id: string): Promise<PasswordLink | undefined> {
    let link: PasswordLink | undefined;
    await this.#try(id, async () => (link = await createPasswordLink(id)));
    return link;
  }

  async #try(id: string, act: () => Promise<unknown>): Promise<boolean> {
    this.#refusal = undefined;
    this.#busy.add(id);
    try {
      await act();
      return true;
    } catch (failure) {
      this.#refusal = sayFailure(failure);
      return false;
    } finally {
      this.#busy.delete(id);
    }
  }
}
