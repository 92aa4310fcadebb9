import type { LoggerService } from '@nestjs/common';
import type { Level, Logger } from 'pino';

/** What the framework says of itself while it starts. */
const FRAMEWORK: ReadonlySet<unknown> = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
  'WebSocketsController',
  'MikroORM',
]);

/**
 * Nest's logger on pino: `context` is who says it. Of an error only its stack is written, for other properties
 * may hold values that somebody sent (those of PostgreSQL do).
 */
export class DeskLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    if (!FRAMEWORK.has(rest.at(-1))) this.#write('info', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('trace', message, rest);
  }

  /** @param rest as Nest gives it: of errors the stack perhaps, and last the context */
  #write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const stack = rest.length > 1 ? rest[0] : undefined;
    const text = message instanceof Error ? (message.stack ?? message.message) : String(message);
    this.pino[level]({ context, ...(stack === undefined ? {} : { stack }) }, text);
  }
}
