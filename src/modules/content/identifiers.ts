const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Anything else would make PostgreSQL refuse the whole statement. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** Whether the second id was made later, by the 48 bits of time of UUID version 7, to the millisecond. */
export function isLater(id: string, than: string): boolean {
  return timeOf(id) > timeOf(than);
}

/** The later of two, either of which may be missing. */
export function laterOf(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return isLater(a, b) ? a : b;
}

function timeOf(id: string): string {
  return id.slice(0, 13);
}
