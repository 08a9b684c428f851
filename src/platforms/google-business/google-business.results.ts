import { PublishError, textAt, type AccountRef, type CommitResult, type ReadContext } from '../core/index.js';
import type { LocalPost } from './google-business.answers.js';

/** Where people see the post; while Google says nothing of that, where they see the location. */
export function resultOf({ name, state, searchUrl }: LocalPost, account: AccountRef): CommitResult {
  const permalink = searchUrl ?? textAt(account.metadata, 'mapsUri');
  return { platformPostId: name, permalink, details: { state, hasSearchUrl: searchUrl !== null } };
}

/** As version 4 wants it: with the account that it is reached through. */
export function locationOf({ externalId, metadata }: AccountRef): string {
  return `${textAt(metadata, 'account') ?? ''}/${externalId}`;
}

export async function tokenOf(ctx: Pick<ReadContext, 'credentials'>): Promise<string> {
  const { values } = await ctx.credentials();
  return values['accessToken'] ?? '';
}

/** Google gives no reason. */
export function rejected(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'google-business.rejected',
    platformCode: 'REJECTED',
    message: 'Google has looked at the post and does not show it; it gives no reason.',
    remedy:
      'Look for phone numbers, prices of alcohol or tobacco, and pictures of poor quality (support.google.com: Business Profile posts content policy), change it, and publish it anew.',
  });
}
