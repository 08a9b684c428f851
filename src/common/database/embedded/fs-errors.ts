/** Whether an error of Node carries one of these codes (`ENOENT`, `EEXIST`, …). By shape: under Jest its class is another. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return codes.some((code) => code === error.code);
}

/** For a promise's `catch`: a missing file gives this value, every other error stays one. */
export function ifMissing<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (hasCode(error, 'ENOENT')) return instead;
    throw error;
  };
}
