import type { ApiToken, CreateApiToken, CreatedApiToken } from '#contract/credentials';

import { createToken, listTokens, revokeToken } from '../api/tokens.js';

const PAGE_SIZE = 100;

/** A person's own API tokens. */
export class MyTokens {
  readonly #personId: string;
  #all = $state.raw<readonly ApiToken[]>();
  #failed = $state(false);

  constructor(personId: string) {
    this.#personId = personId;
  }

  /** Those that are not revoked, newest first; undefined until they are loaded. */
  get all(): readonly ApiToken[] | undefined {
    return this.#all;
  }

  get failed(): boolean {
    return this.#failed;
  }

  async load(): Promise<void> {
    this.#failed = false;
    try {
      this.#all = await this.#read();
    } catch {
      this.#failed = true;
    }
  }

  /** Returns the token with its secret, which nobody can read again. Throws as `createToken` does. */
  async make(command: CreateApiToken): Promise<CreatedApiToken> {
    const made = await createToken(command);
    await this.load();
    return made;
  }

  /** Throws as `revokeToken` does. */
  async revoke({ id }: ApiToken): Promise<void> {
    await revokeToken(id);
    this.#all = this.#all?.filter((token) => token.id !== id);
  }

  /** Administrators are told of everybody's. */
  async #read(): Promise<readonly ApiToken[]> {
    const mine: ApiToken[] = [];
    for (let page = 1; ; page += 1) {
      const { results, next } = await listTokens({ page, page_size: PAGE_SIZE });
      mine.push(
        ...results.filter((token) => token.person.id === this.#personId && token.revoked_at === null),
      );
      if (next === null) break;
    }
    return mine.sort((one, other) => other.created_at.localeCompare(one.created_at));
  }
}
