import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import {
  PublishError,
  type CommitResult,
  type OpenCommit,
  type ReconcileContext,
  type ReconcileResult,
} from '../core/index.js';
import { accessOf, permalinkOf } from './tumblr.access.js';
import type { TumblrPost } from './tumblr.answers.js';
import { tumblrCapabilities } from './tumblr.capabilities.js';
import { TumblrClient } from './tumblr.client.js';
import { readTumblrSettings } from './tumblr.settings.js';
import { slugMark } from './tumblr.slug.js';

/** 500 posts: more than a user may make in a day. */
const maxPages = 25;
/** A post with a video is in the list only when the video is converted. */
const conversionMs = 10 * 60_000;

/** Looks among the posts of the blog for the one whose address has the mark of the commit. */
@Injectable()
export class TumblrLookup {
  constructor(
    private readonly client: TumblrClient,
    private readonly clock: Clock,
  ) {}

  async look(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    const mark = slugMark(ctx.commitKey(commit.key));
    const since = commit.firstStartedAt.getTime() - tumblrCapabilities.reconcile.clockToleranceMs;
    let offset = 0;
    for (let pages = 1; pages <= maxPages; pages += 1) {
      const page = await this.client.posts(await accessOf(ctx), offset);
      for (const post of page.filter((candidate) => hasMark(candidate, mark))) {
        if (await ctx.isTaken(post.id)) continue;
        const evidence = { mark: 'slug', createdAt: post.createdAt.toISOString() };
        return { verdict: 'found', result: resultOf(ctx, post), evidence };
      }
      const last = page.at(-1);
      // Not the first that is older: a pinned post stands before newer ones.
      if (last === undefined || last.createdAt.getTime() < since) return this.absent(ctx, commit, pages);
      offset += page.length;
    }
    return { verdict: 'cannot_tell', reason: 'The blog has posted too much since the call.' };
  }

  private absent({ content }: ReconcileContext, commit: OpenCommit, pages: number): ReconcileResult {
    if (readTumblrSettings(content.settings).visibility === 'private') {
      const reason = 'Tumblr does not say whether its list of posts has the private ones.';
      return { verdict: 'cannot_tell', reason };
    }
    const isVideo = content.media.some(({ kind }) => kind === 'video');
    const convertedAt = commit.deadlineAt.getTime() + conversionMs;
    if (isVideo && this.clock.now().getTime() < convertedAt) throw stillConverting();
    return { verdict: 'absent', evidence: { pages } };
  }
}

function hasMark({ slug, url }: TumblrPost, mark: string): boolean {
  return slug.includes(mark) || (url ?? '').includes(mark);
}

function resultOf({ account }: ReconcileContext, { id, url }: TumblrPost): CommitResult {
  return { platformPostId: id, permalink: url ?? permalinkOf(account, id) };
}

function stillConverting(): PublishError {
  return new PublishError({
    kind: 'transient',
    code: 'tumblr.video_may_be_converting',
    message: 'Tumblr may still be converting the video, and shows no post meanwhile.',
    remedy: 'Nothing: it is looked at again.',
  });
}
