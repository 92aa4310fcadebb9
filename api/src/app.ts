import { fileURLToPath } from 'node:url';

import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';

import { AppModule, type ModuleOptions } from './app.module.js';
import type { Environment } from './config/environment.js';
import type { DatabaseConnection } from './database/connection.js';
import { createLog, isForPeople } from './logging/create-log.js';
import { DeskLogger } from './logging/desk-logger.js';
import { requestLog } from './logging/request-log.js';
import { Metrics } from './metrics/metrics.js';
import { requestMetrics } from './metrics/request-metrics.js';
import { serveMetrics } from './metrics/serve-metrics.js';
import { serveOpenApi } from './openapi/serve-openapi.js';
import { securityHeaders } from './security-headers/security-headers.js';
import { webApp } from './web-app/web-app.js';

const WEB_BUILD = fileURLToPath(new URL('../../web/build', import.meta.url));
const BODY_LIMIT = '256kb';
/** What a page of another origin may read of an answer. */
const EXPOSED_HEADERS = [
  'ETag',
  'Link',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-Id',
];

export interface AppOptions extends ModuleOptions {
  /** Absent: the process's own, on the standard output. */
  readonly log?: Logger;
  /** Folder of the built web app; absent: where the workspace builds it. */
  readonly webFolder?: string;
}

/** The whole application on a migrated database, not listening yet. */
export async function createApp(
  environment: Environment,
  connection: DatabaseConnection,
  options: AppOptions = {},
): Promise<NestExpressApplication> {
  const log = options.log ?? createLog(environment.LOG_LEVEL);
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(environment, connection, options),
    {
      logger: new DeskLogger(log),
      bodyParser: false,
      // Idle keep-alive connections would hold up the shutdown.
      forceCloseConnections: true,
    },
  );
  if (environment.TRUST_PROXY !== undefined) app.set('trust proxy', environment.TRUST_PROXY);
  // On a terminal, the lines that a start prints for people must not run away.
  app.use(requestLog(log, isForPeople() ? 'debug' : 'info'));
  app.use(requestMetrics(app.get(Metrics)));
  const webFolder = options.webFolder ?? WEB_BUILD;
  app.use(securityHeaders(webFolder));
  if (environment.CORS_ORIGINS.length > 0) {
    app.enableCors({ origin: environment.CORS_ORIGINS, credentials: true, exposedHeaders: EXPOSED_HEADERS });
  }
  app.disable('x-powered-by');
  app.disable('etag');
  app.useBodyParser('json', { limit: BODY_LIMIT });
  serveMetrics(app);
  serveOpenApi(app);
  const pages = webApp(webFolder);
  if (pages !== null) app.use(pages);
  return app;
}
