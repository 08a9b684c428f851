import type { PlatformCapabilities } from './capabilities.js';
import type { OpenCommit, ReconcileContext } from './context.js';

/** What a list tells of a post or comment at least. */
export interface Listed {
  readonly id: string;
  readonly createdAt: Date;
}

/** A page of a list, as a client gives it. */
export interface ListPage<T, Cursor = string> {
  readonly items: readonly T[];
  /** Leads to the next page; null at the end. */
  readonly after: Cursor | null;
}

/** A list in which a lost post is looked for. */
export interface ListSince<T, Cursor = string> {
  /** Milliseconds; see `sinceOf`. */
  readonly since: number;
  /** More than the account makes between a call and the look at it. */
  readonly maxPages: number;
  readonly read: (after: Cursor | null) => Promise<ListPage<T, Cursor>>;
  /** What cannot be ours is left out; by default nothing. */
  readonly couldBe?: (item: T) => boolean;
  /** False where another order comes, or none: then only the end of the list is its end. True by default. */
  readonly newestFirst?: boolean;
}

/** What a list has since a call. */
export interface Window<T> {
  /** What no other publication owns and could be ours, the oldest first. */
  readonly candidates: readonly T[];
  /** True when the end of the list was reached, or what is older than the call: nothing since then is missing. */
  readonly complete: boolean;
  readonly pages: number;
}

/** From when on an open commit may have made something, by the platform's clock. */
export function sinceOf(
  { firstStartedAt }: OpenCommit,
  { reconcile }: Pick<PlatformCapabilities, 'reconcile'>,
): number {
  return firstStartedAt.getTime() - reconcile.clockToleranceMs;
}

/** Reads a list back to a call. What its pages throw it throws: then nothing can be concluded. */
export async function readSince<T extends Listed, Cursor = string>(
  ctx: Pick<ReconcileContext, 'isTaken'>,
  { since, maxPages, read, couldBe = () => true, newestFirst = true }: ListSince<T, Cursor>,
): Promise<Window<T>> {
  const candidates: T[] = [];
  let after: Cursor | null = null;
  for (let pages = 1; pages <= maxPages; pages += 1) {
    const page: ListPage<T, Cursor> = await read(after);
    const newer = page.items.filter(({ createdAt }) => createdAt.getTime() >= since);
    for (const item of newer) if (couldBe(item) && !(await ctx.isTaken(item.id))) candidates.push(item);
    after = page.after;
    const older = newestFirst && newer.length < page.items.length;
    if (older || after === null) return { candidates: oldestFirst(candidates), complete: true, pages };
  }
  return { candidates: oldestFirst(candidates), complete: false, pages: maxPages };
}

/** Of two at the same moment the one that is listed later is the older. */
function oldestFirst<T extends Listed>(items: readonly T[]): T[] {
  return [...items].reverse().sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}
