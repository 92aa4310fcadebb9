import { betterAuth } from 'better-auth';
import pg from 'pg';

import { PASSWORD_MAX, PASSWORD_MIN } from '../contract/values.js';
import type { DatabaseConnection } from '../database/connection.js';
import { SESSION_DAYS } from './credential-reader.js';

/** Signing in is rare: it must not take connections from those who work. */
const POOL_MAX = 4;
const TIMEOUT_MS = 10_000;

const moments = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;

/**
 * Passwords, their hashes, one-time links and the sessions they open, by better-auth on our own tables. Its own
 * routes are not served: what may be asked is in the contract, and the controllers call it from there.
 * @param secret signs what it signs; the same in every process
 */
export function createBetterAuth(connection: DatabaseConnection, secret: string) {
  const pool = new pg.Pool({
    ...connection,
    max: POOL_MAX,
    application_name: 'signalbox sign-in',
    // A database that hangs must not leave people waiting for ever.
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  // A lost connection is replaced, and who waited for it is told; without listeners it would end the process. The
  // pool hears only of those that are idle.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const auth = betterAuth({
    appName: 'Signalbox',
    database: pool,
    secret,
    // Not used by what is called here, but it must not be guessed from a request.
    baseURL: 'http://localhost',
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
      revokeSessionsOnPasswordReset: true,
    },
    user: {
      modelName: 'person',
      fields: { ...moments, emailVerified: 'email_verified' },
    },
    session: {
      expiresIn: SESSION_DAYS * 86_400,
      disableSessionRefresh: true,
      fields: {
        ...moments,
        userId: 'person_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
    },
    account: {
      fields: {
        ...moments,
        userId: 'person_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
    },
    verification: {
      storeIdentifier: 'hashed',
      fields: { ...moments, expiresAt: 'expires_at' },
    },
  });
  return { auth, close: () => pool.end() };
}

export type BetterAuth = ReturnType<typeof createBetterAuth>['auth'];
