import type { ReadContext } from '../core/index.js';

/** At the moment of use. */
export async function tokenOf(ctx: Pick<ReadContext, 'credentials'>): Promise<string> {
  const { values } = await ctx.credentials();
  return values['accessToken'] ?? '';
}
