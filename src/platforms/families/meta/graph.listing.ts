import { textAt } from '../../core/index.js';

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
