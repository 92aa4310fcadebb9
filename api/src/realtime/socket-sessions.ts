import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';

import { Authenticator } from '../auth/authenticator.js';
import { CredentialChanges } from '../auth/credential-changes.js';
import type { Identity } from '../auth/identity.js';
import { RecurringTask } from '../lifecycle/recurring-task.js';
import type { FeedServer, FeedSocket } from './channels.js';
import { cut } from './connection.js';

/**
 * With what an authenticator may still remember (2 s) a revocation anywhere reaches a socket that was opened
 * after it within 5 s.
 */
const RECHECK_EVERY_MS = 1_500;
/** A socket that does not take its end politely by then is cut. */
const POLITE_MS = 500;

const REASONS: Readonly<Record<Identity['kind'], string>> = {
  person: 'You were signed out, or what you may do has changed',
  token: 'This token has expired, was revoked, or may do less than before',
  display: 'This display link was revoked',
  requester: 'Sign in first',
};

/**
 * Ends sockets whose credential has gone or does not give what it gave when they were opened: whoever changed
 * that, plain SQL and other processes too. While the database cannot be asked, all stay as they are.
 */
@Injectable()
export class SocketSessions implements OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger(SocketSessions.name);
  readonly #rechecking = new RecurringTask('Checking sessions', RECHECK_EVERY_MS, () => this.recheck());
  #server: FeedServer | null = null;
  #stopListening: () => void = () => undefined;
  #running: Promise<void> | null = null;
  #again = false;
  #failing = false;

  constructor(
    private readonly authenticator: Authenticator,
    private readonly changes: CredentialChanges,
  ) {}

  onModuleInit(): void {
    this.#stopListening = this.changes.onChanged(() => void this.recheck());
    this.#rechecking.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopListening();
    await this.#rechecking.stop();
    await this.#running;
  }

  attach(server: FeedServer): void {
    this.#server = server;
  }

  /** Checks all open sockets by one query that begins after this call; resolves when those that must go are told. */
  recheck(): Promise<void> {
    if (this.#running !== null) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#checkUntilDone().finally(() => (this.#running = null));
    return this.#running;
  }

  async #checkUntilDone(): Promise<void> {
    do {
      this.#again = false;
      await this.#check();
    } while (this.#again);
  }

  async #check(): Promise<void> {
    const sockets = [...(this.#server?.of('/').sockets.values() ?? [])];
    if (sockets.length === 0) return;
    try {
      const held = await this.authenticator.stillHeld(new Set(sockets.map(({ data }) => data.identity)));
      this.#failing = false;
      for (const socket of sockets) if (!held.has(socket.data.identity)) this.#end(socket);
    } catch (error) {
      if (!this.#failing) this.#logger.warn(`Sessions cannot be checked: ${(error as Error).message}`);
      this.#failing = true;
    }
  }

  #end(socket: FeedSocket): void {
    if (!socket.connected) return;
    socket.emit('session:end', { reason: REASONS[socket.data.identity.kind] });
    const { conn } = socket;
    socket.disconnect(true);
    setTimeout(() => cut(conn), POLITE_MS).unref();
  }
}
