import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';

import { DATABASE_CONNECTION, type DatabaseConnection } from '../database/connection.js';
import { Database } from '../database/database.js';
import { SharedSecret } from '../database/shared-secret.js';
import { type BetterAuth, createBetterAuth } from './better-auth.js';

/** better-auth, made when somebody first signs in: its key is in the database. */
@Injectable()
export class SignInLibrary implements OnModuleDestroy {
  readonly #secret: SharedSecret;
  #made: { auth: BetterAuth; close: () => Promise<void> } | null = null;

  constructor(
    @Inject(DATABASE_CONNECTION) private readonly connection: DatabaseConnection,
    database: Database,
  ) {
    this.#secret = new SharedSecret(database.execute, 'sign-in');
  }

  async onModuleDestroy(): Promise<void> {
    await this.#made?.close();
  }

  /** @throws pg's DatabaseError or a connection error */
  async api(): Promise<BetterAuth['api']> {
    return (await this.#auth()).api;
  }

  /** What its endpoints are built on: hashes, accounts, one-time values. */
  async context(): Promise<Awaited<BetterAuth['$context']>> {
    return (await this.#auth()).$context;
  }

  async #auth(): Promise<BetterAuth> {
    const key = await this.#secret.key();
    this.#made ??= createBetterAuth(this.connection, key.toString('base64url'));
    return this.#made.auth;
  }
}
