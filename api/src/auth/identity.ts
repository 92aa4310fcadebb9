import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

import { ACCESS, type Capability, type Grant, type Role } from '../contract/access.js';
import type { Actor } from '../contract/actor.js';

/** What a caller proved to have; `id` names its row, never its secret. */
export interface Credential {
  readonly kind: 'session' | 'token' | 'display';
  readonly id: string;
}

/** Who calls. Equal credentials give equal identities until a role, a scope or a name changes. */
export interface Identity {
  readonly kind: 'requester' | 'display' | 'person' | 'token';
  /**
   * Whose repeatable writes these are: equal for two calls just when the same caller makes them. Null: a
   * visitor without a cookie, who could be anybody, so that nothing is stored for them.
   */
  readonly key: string | null;
  /** As changes name who made them. */
  readonly actor: Actor;
  /** Who `me` is: the person signed in; of a token, its maker. */
  readonly person: { readonly id: string; readonly name: string; readonly role: Role } | null;
  readonly grants: ReadonlySet<Grant>;
  /** Null for a requester. */
  readonly credential: Credential | null;
}

/** The one check of HTTP and sockets. */
export const may = ({ grants }: Pick<Identity, 'grants'>, capability: Capability): boolean =>
  capability === 'open' || ACCESS[capability].some((grant) => grants.has(grant));

/** Somebody who is not signed in yet, as the audit names them. */
export const NOBODY: Actor = { kind: 'requester', id: null, name: 'Somebody' };

/** A request as AccessGuard hands it on. */
export type IdentifiedRequest = Request & { identity?: Identity };

/** The caller, as a parameter of a controller's method. */
export const CurrentIdentity = createParamDecorator((_: unknown, context: ExecutionContext): Identity => {
  const { identity } = context.switchToHttp().getRequest<IdentifiedRequest>();
  if (identity === undefined) throw new Error('No route is served without AccessGuard');
  return identity;
});
