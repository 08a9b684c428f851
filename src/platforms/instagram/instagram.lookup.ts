import { Injectable } from '@nestjs/common';
import {
  readSince,
  sinceOf,
  textAt,
  type JsonObject,
  type OpenCommit,
  type ReconcileContext,
  type ReconcileResult,
  type Window,
} from '../core/index.js';
import type { ListedPost } from './instagram.answers.js';
import { instagramCapabilities } from './instagram.capabilities.js';
import { InstagramClient } from './instagram.client.js';
import { kindOf } from './instagram.container.js';
import { containerStep } from './instagram.containers.js';
import { generations, notYetToBeTold } from './instagram.failures.js';
import type { InstagramAccess } from './instagram.login.js';
import { readInstagramSettings } from './instagram.settings.js';
import { comparable, composeCaption } from './instagram.text.js';

/** 25 posts a page: more than any account makes between a call and the look at it. */
const maxPages = 20;

/** Tells what became of a call that publishes: by the state of its container, then among what people see. */
@Injectable()
export class InstagramLookup {
  constructor(private readonly client: InstagramClient) {}

  look(ctx: ReconcileContext, commit: OpenCommit, access: InstagramAccess): Promise<ReconcileResult> {
    return commit.key === 'comment'
      ? this.lookForComment(ctx, commit, access)
      : this.lookForPost(ctx, commit, access);
  }

  private async lookForPost(
    ctx: ReconcileContext,
    commit: OpenCommit,
    access: InstagramAccess,
  ): Promise<ReconcileResult> {
    const containerId = commit.forgotten ? null : await containerOf(ctx);
    const status = containerId === null ? null : (await this.client.container(access, containerId)).status;
    if (status === 'IN_PROGRESS') throw notYetToBeTold('Instagram is still working on the container.');
    if (status !== null && status !== 'PUBLISHED')
      return { verdict: 'absent', evidence: { container: status } };
    const stories = kindOf(ctx.content) === 'story';
    if (status === null && stories)
      return cannotTell('Stories look alike: a person has to see which of them it is.');
    const { externalId: accountId } = ctx.account;
    const window = await readSince(ctx, {
      since: sinceOf(commit, instagramCapabilities),
      maxPages,
      read: (after) => this.client.posts(access, { accountId, stories, after }),
    });
    const caption = comparable(composeCaption(ctx.content));
    const same = stories
      ? undefined
      : window.candidates.find((post) => comparable(post.text) === caption && fits(ctx, post));
    if (same !== undefined) return found(same, status === null ? 'caption' : 'container and caption');
    return status === null ? absentIn(window) : onlyOne(window);
  }

  private async lookForComment(
    ctx: ReconcileContext,
    commit: OpenCommit,
    access: InstagramAccess,
  ): Promise<ReconcileResult> {
    const post = await ctx.committed('part:0');
    const { firstComment } = readInstagramSettings(ctx.content.settings);
    if (post === undefined || firstComment === null) return cannotTell('The post itself is not stored.');
    const window = await readSince(ctx, {
      since: sinceOf(commit, instagramCapabilities),
      maxPages,
      read: (after) => this.client.comments(access, post.platformPostId, after),
      newestFirst: false,
    });
    const wanted = comparable(firstComment);
    const same = window.candidates.find(({ text }) => comparable(text) === wanted);
    return same === undefined ? absentIn(window) : found(same, 'text');
  }
}

/** A reel among pictures cannot be it, where the list says what is what. */
function fits({ content }: ReconcileContext, { productType }: ListedPost): boolean {
  return productType === null || (productType === 'REELS') === (kindOf(content) === 'reel');
}

/** The container is out, and what is listed since says something else: Instagram may have changed the text. */
function onlyOne({ candidates }: Window<ListedPost>): ReconcileResult {
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return found(only, 'container');
  throw notYetToBeTold('The container is published, and its post cannot be told in the list yet.');
}

function absentIn({ complete, pages, candidates }: Window<ListedPost>): ReconcileResult {
  if (!complete) return cannotTell('The account has too much that is newer than the call.');
  return { verdict: 'absent', evidence: { pages, listedSinceCall: candidates.length } };
}

/** The last one that was made for the post. */
async function containerOf(ctx: ReconcileContext): Promise<string | null> {
  let last: string | null = null;
  for (let generation = 0; generation < generations; generation += 1) {
    const made = await ctx.remembered(containerStep('part:0', generation));
    last = textAt(made, 'id') ?? last;
  }
  return last;
}

function found(post: ListedPost, mark: string): ReconcileResult {
  const evidence: JsonObject = { mark, timestamp: post.createdAt.toISOString() };
  return { verdict: 'found', result: { platformPostId: post.id, permalink: post.permalink }, evidence };
}

function cannotTell(reason: string): ReconcileResult {
  return { verdict: 'cannot_tell', reason };
}
