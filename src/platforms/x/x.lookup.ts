import { Injectable } from '@nestjs/common';
import {
  readSince,
  sinceOf,
  textAt,
  type JsonObject,
  type OpenCommit,
  type ReconcileContext,
  type ReconcileResult,
} from '../core/index.js';
import type { XPost } from './x.answers.js';
import { xCapabilities } from './x.capabilities.js';
import { XClient } from './x.client.js';
import { mediaOfPart, resultOf } from './x.post.js';
import { readXSettings } from './x.settings.js';
import { composePartText, showsSame } from './x.text.js';
import { tokenOf } from './x.token.js';
import { uploadedKeys } from './x.uploads.js';

/** 100 posts a page; more than the 3,200 that X shows at all. */
const maxPages = 33;

/** What the post of an open commit must look like. */
interface Wanted {
  readonly repliesTo: string | null;
  readonly text: string;
  readonly mediaCount: number;
  /** Null: not remembered. */
  readonly mediaKeys: readonly string[] | null;
}

/** Looks among the account's posts for the one that a call with a lost answer may have made. */
@Injectable()
export class XLookup {
  constructor(private readonly client: XClient) {}

  async look(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    const wanted = await wantedOf(ctx, commit.key);
    if (wanted === null) return cannotTell('The post that this one replies to is not stored.');
    const since = sinceOf(commit, xCapabilities);
    const { candidates, complete, pages } = await readSince(ctx, {
      since,
      maxPages,
      read: async (after) => {
        const page = { userId: ctx.account.externalId, since: new Date(since), after };
        return this.client.ownPosts(await tokenOf(ctx), page);
      },
      couldBe: (post) => markOf(post, wanted, commit.forgotten) !== null,
    });
    const [post] = candidates;
    if (post !== undefined) {
      const mark = markOf(post, wanted, commit.forgotten);
      const evidence: JsonObject = { mark, createdAt: post.createdAt.toISOString() };
      return { verdict: 'found', result: resultOf(usernameOf(ctx), post.id), evidence };
    }
    if (complete) return { verdict: 'absent', evidence: { pages } };
    return cannotTell('The account has posted more since the call than X shows.');
  }
}

/** By what a post is ours: its media keys, else its text; and always by what it replies to. */
function markOf(post: XPost, wanted: Wanted, forgotten: boolean): string | null {
  if (post.repliesTo !== wanted.repliesTo || post.mediaKeys.length !== wanted.mediaCount) return null;
  if (wanted.mediaCount > 0 && !forgotten) {
    const same = wanted.mediaKeys?.every((key) => post.mediaKeys.includes(key)) === true;
    return same ? 'media_keys' : null;
  }
  // After a restore the uploads that we know of are not those of the post; without words nothing is left to tell it by.
  if (forgotten && wanted.text.trim() === '') return null;
  return showsSame(post, wanted.text) ? 'text' : null;
}

async function wantedOf(ctx: ReconcileContext, key: string): Promise<Wanted | null> {
  const { content } = ctx;
  if (key === 'comment') {
    const root = await ctx.committed('part:0');
    if (root === undefined) return null;
    const text = readXSettings(content.settings).firstComment ?? '';
    return { repliesTo: root.platformPostId, text, mediaCount: 0, mediaKeys: [] };
  }
  const part = Number(key.replace('part:', ''));
  const before = part === 0 ? null : await ctx.committed(`part:${part - 1}`);
  if (before === undefined || Number.isNaN(part)) return null;
  return {
    repliesTo: before?.platformPostId ?? null,
    text: composePartText(content, part),
    mediaCount: mediaOfPart(content, part).length,
    mediaKeys: await uploadedKeys(ctx, part),
  };
}

export function usernameOf({ account }: Pick<ReconcileContext, 'account'>): string | null {
  return textAt(account.metadata, 'username');
}

function cannotTell(reason: string): ReconcileResult {
  return { verdict: 'cannot_tell', reason };
}
