import { ProblemError } from './problem-error.js';

/** SQLSTATE classes and codes under which the database will serve the same call later. */
const PASSING = /^(08|53|57P|25P03|40001|40P01|55P03|57014)/;
/** SQLSTATEs that values bring about: bad text, out of range, too long, not null, no such person, check. */
const OF_THE_VALUES = /^(22|23502|23503|23514|54000)/;
const DISK_FULL = '53100';
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
]);
/** Of these codes some are known to the file system too. */
const NETWORK_CALL = /^(connect|read|write|getaddrinfo)$/;
/** What `pg` and its pool throw without a code. */
const NO_CONNECTION_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (has encountered a connection error|was closed)|Cannot use a pool after calling end|Query read timeout|pool is draining)/;

interface DatabaseFault {
  readonly message?: unknown;
  readonly code?: unknown;
  /** Only PostgreSQL's own messages have one. */
  readonly severity?: unknown;
  readonly syscall?: unknown;
  readonly column?: unknown;
  readonly constraint?: unknown;
}

/** Whether an error says that the database is away or too busy, so that the same call may work later. */
export function isPassing(error: unknown): boolean {
  const { code, severity, syscall, message } = (error ?? {}) as DatabaseFault;
  if (typeof code !== 'string') return NO_CONNECTION_MESSAGE.test(String(message));
  if (severity !== undefined) return PASSING.test(code);
  return NO_CONNECTION.has(code) && typeof syscall === 'string' && NETWORK_CALL.test(syscall);
}

/**
 * What a client may know of an error of the database, or null when it is a fault of ours. Constraints
 * that the contract also checks can still refuse a value here (PostgreSQL's idea of white space is its
 * own); their names say which field it was.
 */
export function databaseProblem(error: unknown): ProblemError | null {
  if ((error as DatabaseFault | null)?.code === DISK_FULL) {
    return new ProblemError('unavailable', 'The disk of the database is full: nothing was stored');
  }
  if (isPassing(error)) {
    return new ProblemError('unavailable', 'The database cannot be reached right now; try again');
  }
  const { code, severity, column, constraint } = (error ?? {}) as DatabaseFault;
  if (severity === undefined || typeof code !== 'string' || !OF_THE_VALUES.test(code)) return null;
  return ProblemError.field(fieldOf(column, constraint), 'cannot be stored with this value');
}

/** `ticket_title_check` → `title`, `ticket_assignee_id_fkey` → `assignee`. */
function fieldOf(column: unknown, constraint: unknown): string {
  if (typeof column === 'string') return column;
  const named =
    typeof constraint === 'string' ? /^ticket_(.+?)(?:_id)?_(?:check|whole|fkey)$/.exec(constraint) : null;
  return named?.[1] ?? 'body';
}
