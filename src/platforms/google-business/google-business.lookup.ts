import { Injectable } from '@nestjs/common';
import {
  hasMark,
  type OpenCommit,
  type ReconcileContext,
  type ReconcileResult,
  type TargetContent,
} from '../core/index.js';
import type { LocalPost } from './google-business.answers.js';
import { googleBusinessCapabilities } from './google-business.capabilities.js';
import { GoogleBusinessClient } from './google-business.client.js';
import { linkOf, summaryOf, topicOf } from './google-business.post.js';
import { readGoogleBusinessSettings } from './google-business.settings.js';
import { locationOf, resultOf, tokenOf } from './google-business.results.js';

/** Of a hundred posts each: nothing says in which order they come, so that the second is read as well. */
const maxPages = 2;

/** Looks among the posts of the location for the one that a call with a lost answer may have made. */
@Injectable()
export class GoogleBusinessLookup {
  constructor(private readonly client: GoogleBusinessClient) {}

  async look(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    const since = commit.firstStartedAt.getTime() - googleBusinessCapabilities.reconcile.clockToleranceMs;
    const token = await tokenOf(ctx);
    let pageToken: string | null = null;
    let oldest = Infinity;
    for (let pages = 1; pages <= maxPages; pages += 1) {
      const page = await this.client.posts(token, locationOf(ctx.account), pageToken);
      for (const post of page.items) {
        oldest = Math.min(oldest, post.createdAt.getTime());
        if (post.createdAt.getTime() < since) continue;
        const mark = markOf(post, ctx.content, ctx.commitKey(commit.key));
        if (mark === null || (await ctx.isTaken(post.name))) continue;
        const evidence = { mark, createdAt: post.createdAt.toISOString(), state: post.state };
        return { verdict: 'found', result: resultOf(post, ctx.account), evidence };
      }
      pageToken = page.nextPageToken;
      if (pageToken === null) return { verdict: 'absent', evidence: { pages } };
    }
    if (oldest < since) return { verdict: 'absent', evidence: { pages: maxPages } };
    return { verdict: 'cannot_tell', reason: 'The location has got too many posts since the call.' };
  }
}

/** By the mark in its link, where it has one; else by its words, its title, its kind and its link. Null: it is not ours. */
function markOf(post: LocalPost, content: TargetContent, commitKey: string): 'link' | 'text' | null {
  const { markLink, title } = readGoogleBusinessSettings(content.settings);
  const link = linkOf(content, commitKey);
  if (link !== null && markLink) {
    return hasMark(post.link, commitKey) ? 'link' : null;
  }
  const sameWords = post.summary === summaryOf(content) && post.title === title;
  return sameWords && post.topicType === topicOf(content) && post.link === link ? 'text' : null;
}
