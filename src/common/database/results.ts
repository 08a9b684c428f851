import { QueryFailedError } from 'typeorm';

/** True for PostgreSQL's 23505, optionally of one named constraint or index. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const driver: unknown = error.driverError;
  if (typeof driver !== 'object' || driver === null || !('code' in driver) || driver.code !== '23505')
    return false;
  return constraint === undefined || ('constraint' in driver && driver.constraint === constraint);
}

/** Rows of `UPDATE|DELETE … RETURNING`, which TypeORM's `query` answers as `[rows, count]`. */
export function updatedRows<T>(result: unknown): T[] {
  if (!Array.isArray(result) || !Array.isArray(result[0]))
    throw new TypeError('not the answer of an UPDATE … RETURNING');
  return result[0] as T[];
}
