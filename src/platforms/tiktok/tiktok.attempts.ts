import type { PublishContext, ReconcileContext } from '../core/index.js';
import { textAt } from '../core/index.js';

/**
 * What TikTok made of a post is known only by the publish id of the upload that it came from, and an upload is used up when
 * it has failed. So each try has steps of its own, counted from 0.
 */
export function sessionKey(no: number): string {
  return `session:${no}`;
}

/** The publish id that came back for photos, which begin and end with one call. */
export function publishKey(no: number): string {
  return `publish:${no}`;
}

/** That the last byte, or the photos, of a publish id (or of a try that has none yet) are about to be sent. */
export function triedKey(name: string): string {
  return `tried:${name}`;
}

class NotMade extends Error {}

/** What a step has remembered; null when it was not made. */
export async function peek(ctx: Pick<PublishContext, 'step'>, key: string): Promise<string | null> {
  try {
    return await ctx.step<string>(key, () => Promise.reject(new NotMade(key)));
  } catch (error) {
    if (error instanceof NotMade) return null;
    throw error;
  }
}

/** The publish id of the try whose outcome is open; null where its answer was lost. */
export async function openPublishId(ctx: ReconcileContext, photos: boolean): Promise<string | null> {
  let found: string | null = null;
  for (let no = 0; ; no += 1) {
    if (photos) {
      if ((await ctx.remembered(triedKey(String(no)))) === undefined) return found;
      const id = await ctx.remembered(publishKey(no));
      found = typeof id === 'string' ? id : null;
    } else {
      const session = await ctx.remembered(sessionKey(no));
      if (session === undefined) return found;
      found = textAt(session, 'publishId');
    }
  }
}
