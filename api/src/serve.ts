import 'reflect-metadata';

import { createApp } from './app.js';
import { FirstAdmin } from './auth/first-admin.js';
import type { Environment } from './config/environment.js';
import type { DatabaseConnection } from './database/connection.js';
import { migrate } from './database/migrate.js';
import { openDatabase } from './database/open-database.js';
import { endApp } from './end-app.js';
import type { Lifecycle } from './lifecycle/lifecycle.js';
import { RunningRequests } from './lifecycle/running-requests.js';

export interface ServeOptions {
  /** Called with the migrated database before anything reads it. */
  readonly beforeListening?: (connection: DatabaseConnection) => Promise<void>;
}

/** A service that answers. */
export interface Serving {
  /** `http://host:port`, as a browser on this machine reaches it. */
  readonly url: string;
  readonly connection: DatabaseConnection;
  /** Where the first administrator is made, once; null when there is one. */
  readonly setUpUrl: string | null;
}

/** Opens the database, migrates it and serves API and web; all of it is closed by `lifecycle`. */
export async function serve(
  environment: Environment,
  lifecycle: Lifecycle,
  options: ServeOptions = {},
): Promise<Serving> {
  const connection = await openDatabase(environment, lifecycle, console.log);
  await migrate(connection);
  await options.beforeListening?.(connection);
  const app = await createApp(environment, connection);
  const running = new RunningRequests(app.getHttpServer());
  lifecycle.atEnd(() => endApp(app, running));
  const { setUpToken } = await app.get(FirstAdmin).atStart();
  await (environment.HOST === undefined
    ? app.listen(environment.PORT)
    : app.listen(environment.PORT, environment.HOST));
  const { port } = app.getHttpServer().address() as { port: number };
  const url = `http://${hostOf(environment.HOST ?? 'localhost')}:${port}`;
  const setUpUrl = setUpToken === null ? null : `${environment.PUBLIC_URL ?? url}/setup#${setUpToken}`;
  return { url, connection, setUpUrl };
}

/** As a URL has it: an IPv6 address in brackets. */
const hostOf = (host: string): string => (host.includes(':') ? `[${host}]` : host);
