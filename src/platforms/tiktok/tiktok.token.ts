import type { PublishContext } from '../core/index.js';

export async function tokenOf(ctx: Pick<PublishContext, 'credentials'>): Promise<string> {
  const { values } = await ctx.credentials();
  return values['accessToken'] ?? '';
}
