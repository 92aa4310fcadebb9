import type { IncomingMessage } from 'node:http';

import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

import { ProblemError } from '../problems/problem-error.js';
import { badToken } from './auth.errors.js';
import { DISPLAY_COOKIE, readCookies, SESSION_COOKIE, VISITOR_COOKIE } from './cookies.js';
import { CredentialChanges } from './credential-changes.js';
import { CredentialReader, grantsKey } from './credential-reader.js';
import type { Credential, Identity } from './identity.js';
import { secretHash } from './secrets.js';
import { TokenTries } from './token-tries.js';

/** How long another process's revocation may go unseen by a request. */
const REMEMBERED_MS = 2_000;
const REMEMBERED_MAX = 10_000;
/** What any secret of ours is; anything else is not even looked up (of a NUL PostgreSQL would complain). */
const SECRET = /^[\x21-\x7e]{1,200}$/;
const VISITOR = /^[0-9a-f-]{36}$/;

type SecretKind = Credential['kind'];

/** What a request or a handshake brought. */
export interface Presented {
  /** The `Cookie` header. */
  readonly cookie?: string | undefined;
  /** A bearer token; it goes before any cookie. */
  readonly token?: string | undefined;
  /** What brought them; without it nothing is counted. */
  readonly request?: IncomingMessage;
}

/** Who calls: the one answer for HTTP and sockets. */
@Injectable()
export class Authenticator {
  readonly #logger = new Logger(Authenticator.name);
  readonly #remembered = new LRUCache<string, Promise<Identity | null>>({
    max: REMEMBERED_MAX,
    ttl: REMEMBERED_MS,
  });

  constructor(
    private readonly reader: CredentialReader,
    private readonly tries: TokenTries,
    changes: CredentialChanges,
  ) {
    changes.onChanged(() => this.#remembered.clear());
  }

  /**
   * A token that is not valid is an error; a cookie that is not, or none, is a requester.
   * @param options.anew reads what holds at this moment, whatever is remembered
   * @throws ProblemError `unauthenticated`, `rate_limited`; pg's errors
   */
  async identify({ cookie, token, request }: Presented, { anew = false } = {}): Promise<Identity> {
    if (token !== undefined) {
      const look = () => this.#byToken(token, anew);
      return request === undefined ? look() : this.tries.run(request, look);
    }
    const cookies = readCookies(cookie);
    return (
      (await this.#lookup('session', cookies.get(SESSION_COOKIE), anew)) ??
      (await this.#lookup('display', cookies.get(DISPLAY_COOKIE), anew)) ??
      requester(cookies.get(VISITOR_COOKIE))
    );
  }

  /**
   * Those of `identities` whose credential is valid and gives what it gave; one statement for all of them,
   * past what is remembered.
   */
  async stillHeld(identities: Iterable<Identity>): Promise<ReadonlySet<Identity>> {
    const all = [...identities];
    const held = await this.reader.held(all.flatMap(({ credential }) => credential ?? []));
    return new Set(
      all.filter(
        ({ credential, grants }) =>
          credential !== null && held.get(`${credential.kind}:${credential.id}`) === grantsKey(grants),
      ),
    );
  }

  async #byToken(token: string, anew: boolean): Promise<Identity> {
    const identity = await this.#lookup('token', token, anew);
    if (identity === null) throw badToken();
    return identity;
  }

  async #lookup(kind: SecretKind, secret: string | undefined, anew: boolean): Promise<Identity | null> {
    if (secret === undefined || !SECRET.test(secret)) return null;
    const key = `${kind} ${secret}`;
    const remembered = anew ? undefined : this.#remembered.get(key);
    if (remembered !== undefined) return remembered;
    const reading = this.#read(kind, secret);
    this.#remembered.set(key, reading);
    try {
      return await reading;
    } catch (error) {
      this.#remembered.delete(key);
      throw error;
    }
  }

  async #read(kind: SecretKind, secret: string): Promise<Identity | null> {
    const identity = await (kind === 'session'
      ? this.reader.session(secret)
      : this.reader[kind](secretHash(secret)));
    if (identity?.credential) {
      void this.reader.touch(identity.credential).catch((error: Error) => {
        this.#logger.debug(`The use of a ${kind} could not be noted: ${error.message}`);
      });
    }
    return identity;
  }
}

function requester(visitor: string | undefined): Identity {
  return {
    kind: 'requester',
    key: visitor !== undefined && VISITOR.test(visitor) ? `visitor:${visitor}` : null,
    actor: { kind: 'requester', id: null, name: 'Requester' },
    person: null,
    grants: new Set(['requester']),
    credential: null,
  };
}

/** The token of an `Authorization` header; undefined when there is no such header. @throws when it is another scheme */
export function bearerToken(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const token = /^Bearer +([\x21-\x7e]+) *$/i.exec(header)?.[1];
  if (token === undefined) {
    throw new ProblemError('unauthenticated', 'The Authorization header must be: Bearer and a token');
  }
  return token;
}
