import type { ConnectionOptions } from 'node:tls';

import { parseIntoClientConfig } from 'pg-connection-string';

/** Where the database is; `host` may be a folder that holds a Unix socket. A subset of pg's ClientConfig. */
export interface DatabaseConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
  readonly ssl?: boolean | ConnectionOptions;
}

/** Injection token of the DatabaseConnection in use. */
export const DATABASE_CONNECTION = Symbol('DatabaseConnection');

/** Takes a `postgres://` URL apart: MikroORM's own parser would drop `?host=/folder`. */
export function connectionFromUrl(url: string): DatabaseConnection {
  const parsed = parseIntoClientConfig(url);
  const user = parsed.user || 'postgres';
  return {
    host: parsed.host || 'localhost',
    port: parsed.port || 5432,
    user,
    database: parsed.database || user,
    ...(typeof parsed.password === 'string' ? { password: parsed.password } : {}),
    ...(parsed.ssl ? { ssl: parsed.ssl as boolean | ConnectionOptions } : {}),
  };
}
