import { type DestinationStream, type LevelWithSilent, type Logger, pino, stdTimeFunctions } from 'pino';
import pretty from 'pino-pretty';

/** Whether somebody reads along on a terminal; else a machine collects the lines. */
export const isForPeople = (): boolean =>
  process.stdout.isTTY === true && process.env['NODE_ENV'] !== 'production';

/**
 * The process's log: one JSON object a line on the standard output, or lines for people on a terminal.
 * @param to where the JSON goes instead
 */
export function createLog(level: LevelWithSilent, to?: DestinationStream): Logger {
  const options = {
    level,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  if (to !== undefined) return pino(options, to);
  if (!isForPeople()) return pino(options);
  return pino(
    options,
    pretty({
      ignore: 'pid,hostname,context',
      messageFormat: '{context}: {msg}',
      translateTime: 'HH:MM:ss',
      sync: true,
    }),
  );
}
