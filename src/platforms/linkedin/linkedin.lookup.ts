import { Injectable } from '@nestjs/common';
import type { JsonObject, OpenCommit, ReconcileContext, ReconcileResult } from '../core/index.js';
import type { LinkedinComment, LinkedinPost } from './linkedin.answers.js';
import { authorOf } from './linkedin.author.js';
import { linkedinCapabilities } from './linkedin.capabilities.js';
import { LinkedinClient } from './linkedin.client.js';
import { commentResult, postResult } from './linkedin.results.js';
import { readLinkedinSettings } from './linkedin.settings.js';
import { composeText } from './linkedin.text.js';
import { uploadedAssets } from './linkedin.uploader.js';
import { plainOf, toLittleText } from './little.text.js';

/** More posts, or comments on one, than an account makes between a call and the look at it. */
const maxPages = 20;

interface Wanted {
  readonly text: string;
  readonly assets: readonly string[];
  readonly since: number;
  readonly forgotten: boolean;
}

/** Looks among an organization's posts for the one that a call with a lost answer may have made. */
@Injectable()
export class LinkedinLookup {
  constructor(private readonly client: LinkedinClient) {}

  async post(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    const wanted = await this.wantedPost(ctx, commit);
    const { urn } = authorOf(ctx.account);
    let start = 0;
    for (let pages = 1; pages <= maxPages; pages += 1) {
      const page = await this.client.posts(await tokenOf(ctx), urn, start);
      for (const post of page) {
        if (post.createdAt.getTime() < wanted.since) return { verdict: 'absent', evidence: { pages } };
        if (!isWanted(post, wanted) || (await ctx.isTaken(post.urn))) continue;
        const mark = wanted.assets.length > 0 && !wanted.forgotten ? 'media' : 'text';
        return { verdict: 'found', result: postResult(post.urn), evidence: evidenceOf(mark, post) };
      }
      if (page.length === 0) return { verdict: 'absent', evidence: { pages } };
      start += page.length;
    }
    return { verdict: 'cannot_tell', reason: 'The account has posted too much since the call.' };
  }

  /** Comments come in any order, so that only the whole list proves absence. */
  async comment(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    const post = await ctx.committed('part:0');
    if (post === undefined) return { verdict: 'cannot_tell', reason: 'The post itself is not stored.' };
    const wanted = plainOf(toLittleText(readLinkedinSettings(ctx.content.settings).firstComment ?? ''));
    const since = sinceOf(commit);
    const { urn } = authorOf(ctx.account);
    let start = 0;
    for (let pages = 1; pages <= maxPages; pages += 1) {
      const page = await this.client.comments(await tokenOf(ctx), post.platformPostId, start);
      for (const comment of page) {
        const isOurs = comment.actor === urn && comment.createdAt.getTime() >= since;
        if (!isOurs || plainOf(comment.text) !== wanted || (await ctx.isTaken(comment.id))) continue;
        const result = commentResult(comment.id, post.platformPostId);
        return { verdict: 'found', result, evidence: evidenceOf('text', comment) };
      }
      if (page.length === 0) return { verdict: 'absent', evidence: { pages } };
      start += page.length;
    }
    return { verdict: 'cannot_tell', reason: 'The post has too many comments.' };
  }

  private async wantedPost(ctx: ReconcileContext, commit: OpenCommit): Promise<Wanted> {
    return {
      text: plainOf(toLittleText(composeText(ctx.content))),
      assets: await uploadedAssets(ctx),
      since: sinceOf(commit),
      forgotten: commit.forgotten,
    };
  }
}

/** After a restore the uploads that we know of are not those of the post. */
function isWanted(post: LinkedinPost, { text, assets, forgotten }: Wanted): boolean {
  if (post.assets.length !== assets.length) return false;
  if (assets.length > 0 && !forgotten) return assets.every((urn) => post.assets.includes(urn));
  return plainOf(post.commentary) === text;
}

function sinceOf({ firstStartedAt }: OpenCommit): number {
  return firstStartedAt.getTime() - linkedinCapabilities.reconcile.clockToleranceMs;
}

function evidenceOf(mark: string, { createdAt }: LinkedinPost | LinkedinComment): JsonObject {
  return { mark, createdAt: createdAt.toISOString() };
}

async function tokenOf(ctx: ReconcileContext): Promise<string> {
  const { values } = await ctx.credentials();
  return values['accessToken'] ?? '';
}
