/** Who may do what: the desk's one table, for HTTP and sockets alike. No zod here, so that a page can have it. */

export const ROLES = ['agent', 'admin'] as const;
/** What a token may be given; at each use at most what its maker's role allows. */
export const SCOPES = ['tickets:read', 'tickets:write', 'admin'] as const;

export type Role = (typeof ROLES)[number];
export type Scope = (typeof SCOPES)[number];

/** What a caller holds: `requester` by being nobody, a role by having signed in, or a token's scopes. */
export type Grant = 'requester' | 'display' | Role | `token ${Scope}`;

/**
 * What routes and socket messages ask for, and the grants of which one is enough; of `health` and `open` none is
 * needed.
 * `account` is what people do as themselves: a token is no person.
 */
export const ACCESS = {
  // Not even looked up who calls: it must answer when nothing else does.
  health: [],
  // Everybody, who holds nothing at all too.
  open: [],
  intake: ['requester', 'agent', 'admin', 'token tickets:write'],
  observe: ['display', 'agent', 'admin', 'token tickets:read'],
  read: ['agent', 'admin', 'token tickets:read'],
  change: ['agent', 'admin', 'token tickets:write'],
  account: ['agent', 'admin'],
  administer: ['admin', 'token admin'],
} as const satisfies Readonly<Record<string, readonly Grant[]>>;

export type Capability = keyof typeof ACCESS;

/** The scopes that somebody of a role can give to a token. */
export const GRANTABLE: Readonly<Record<Role, readonly Scope[]>> = {
  agent: ['tickets:read', 'tickets:write'],
  admin: SCOPES,
};

/** What each socket message asks for; a `feed:open` by its channel. */
export const SOCKET_ACCESS = {
  'feed:open board': 'read',
  'feed:open wall': 'observe',
  'presence:set': 'account',
} as const satisfies Readonly<Record<string, Capability>>;
