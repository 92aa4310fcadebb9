import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

const REMEMBERED_MS = 30 * 86_400_000;
const REMEMBERED_MAX = 10_000;

/**
 * From where each account has been signed in to. Its tries from there are counted apart, so that a stranger who
 * uses up the tries of an account elsewhere does not lock its owner out. Forgotten with the process: the owner
 * then has the tries of everybody else until they have signed in once.
 */
@Injectable()
export class FamiliarPlaces {
  readonly #places = new LRUCache<string, true>({ max: REMEMBERED_MAX, ttl: REMEMBERED_MS });

  /** The counter of an account's tries from an address block. */
  counterOf(account: string, block: string): string {
    const place = `${block} ${account}`;
    return this.#places.has(place) ? place : account;
  }

  add(account: string, block: string): void {
    this.#places.set(`${block} ${account}`, true);
  }
}
