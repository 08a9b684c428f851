import { listAt, textAt } from '../../core/index.js';

export interface Listing<T> {
  readonly items: readonly T[];
  /** Cursor of the next page; null at the end. */
  readonly after: string | null;
}

/** More than any person has; against a list without an end. */
const mostListings = 50;

/** The address of the next page is not followed: its cursor goes to the configured host. */
export function cursorOf(body: unknown): string | null {
  return textAt(body, 'paging', 'next') === null ? null : textAt(body, 'paging', 'cursors', 'after');
}

/** A page with one row that cannot be read proves nothing, so it is none. */
export function readListing<T>(body: unknown, read: (row: unknown) => T | null): Listing<T> | null {
  const items = listAt(body, 'data')?.map(read);
  if (items === undefined || items.includes(null)) return null;
  return { items: items.filter((item) => item !== null), after: cursorOf(body) };
}

export async function readAll<T>(read: (after: string | null) => Promise<Listing<T>>): Promise<T[]> {
  const found: T[] = [];
  let after: string | null = null;
  for (let listings = 0; listings < mostListings; listings += 1) {
    const listing: Listing<T> = await read(after);
    found.push(...listing.items);
    after = listing.after;
    if (after === null) break;
  }
  return found;
}
