import { ConsoleLogger, type LogLevel } from '@nestjs/common';

import type { Environment } from '../config/environment.js';

/** Nest's levels up to and with each of ours. */
const LEVELS: Readonly<Record<Environment['LOG_LEVEL'], LogLevel[]>> = {
  silent: [],
  fatal: ['fatal'],
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  info: ['fatal', 'error', 'warn', 'log'],
  debug: ['fatal', 'error', 'warn', 'log', 'debug'],
  trace: ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'],
};

/** What the framework says of itself while it starts. */
const FRAMEWORK = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
  'WebSocketsController',
  'MikroORM',
]);

/** Nest's console logger at the level asked for, without the framework's own start-up lines. */
export class DeskLogger extends ConsoleLogger {
  constructor(level: Environment['LOG_LEVEL']) {
    super({ logLevels: LEVELS[level], prefix: 'Signalbox' });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && FRAMEWORK.has(context)) return;
    super.log(message, ...(rest as []));
  }
}
