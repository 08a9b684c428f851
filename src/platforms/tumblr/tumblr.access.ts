import { textAt, type AccountRef, type Credentials, type ReadContext } from '../core/index.js';
import type { TumblrAccess } from './tumblr.client.js';

export async function accessOf(ctx: Pick<ReadContext, 'account' | 'credentials'>): Promise<TumblrAccess> {
  return accessWith(ctx.account, await ctx.credentials());
}

export function accessWith({ externalId }: AccountRef, { values }: Credentials): TumblrAccess {
  return { token: values['accessToken'] ?? '', blog: externalId };
}

/** Where a post is seen whose own address was not told. */
export function permalinkOf({ metadata, externalId }: AccountRef, id: string): string {
  return `https://www.tumblr.com/${textAt(metadata, 'name') ?? externalId}/${id}`;
}
