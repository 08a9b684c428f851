import { QueryFailedError } from 'typeorm';

/** True for PostgreSQL's 23505, optionally of one named constraint or index. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const driver: unknown = error.driverError;
  if (typeof driver !== 'object' || driver === null || !('code' in driver) || driver.code !== '23505')
    return false;
  return constraint === undefined || ('constraint' in driver && driver.constraint === constraint);
}

/** PostgreSQL ends, starts or takes no further connection; the rest are the ways in which a network fails. */
const away = [
  /^(08|57P0|53300)/,
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/,
];
/** What node-postgres says without a code. */
const awayWords = /^(Connection terminated|timeout expired|timeout exceeded when trying to connect)/;

/** Whether the database is away for now, and the same may succeed later. */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const code: unknown = 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return away.some((pattern) => pattern.test(code));
  return 'message' in error && typeof error.message === 'string' && awayWords.test(error.message);
}

/** Rows of `UPDATE|DELETE … RETURNING`, which TypeORM's `query` answers as `[rows, count]`. */
export function updatedRows<T>(result: unknown): T[] {
  if (!Array.isArray(result) || !Array.isArray(result[0]))
    throw new TypeError('not the answer of an UPDATE … RETURNING');
  return result[0] as T[];
}
