import type { DroppablePart, PublishContext } from './context.js';
import { PublishError } from './publish-error.js';

/** Sends a part that the post may do without: where it says so, what the platform refuses for good is left out from now on. */
export async function orLeaveOut(
  ctx: PublishContext,
  part: DroppablePart,
  send: () => Promise<unknown>,
): Promise<void> {
  if (ctx.isDropped(part)) return;
  try {
    await send();
  } catch (error) {
    if (!(error instanceof PublishError) || error.kind !== 'content_refused' || !ctx.mayDrop(part))
      throw error;
    await ctx.drop(part, error.message);
  }
}
