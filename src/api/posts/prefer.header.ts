export const longestWaitSeconds = 60;

/** Seconds of `Prefer: wait=20`; null when it is not there. What cannot be understood is ignored (RFC 7240). */
export function waitOf(prefer: string | string[] | undefined): number | null {
  const preferences = [prefer ?? []].flat().flatMap((line) => line.split(','));
  for (const preference of preferences) {
    const seconds = /^\s*wait\s*=\s*"?(\d{1,6})"?\s*(;.*)?$/i.exec(preference)?.[1];
    if (seconds !== undefined && Number(seconds) > 0) return Math.min(Number(seconds), longestWaitSeconds);
  }
  return null;
}
