/** DI token: names of the migrations that this program was written for. */
export const EXPECTED_MIGRATIONS = Symbol('fanfare:expected-migrations');
