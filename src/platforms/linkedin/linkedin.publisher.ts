import type { Violation } from '../../common/errors/index.js';
import {
  type AccountRef,
  BasePublisher,
  type ManageContext,
  type MetricName,
  type OpenCommit,
  orLeaveOut,
  type PlatformCapabilities,
  PlatformPublisher,
  type PostMetrics,
  type PublishContext,
  type PublishedPost,
  type PublishResult,
  type ReadContext,
  type ReconcileContext,
  type ReconcileResult,
  type TargetContent,
  textAt,
} from '../core/index.js';
import { authorOf, type Author } from './linkedin.author.js';
import { capabilitiesOf } from './linkedin.capabilities.js';
import { checkPost } from './linkedin.checks.js';
import { LinkedinClient } from './linkedin.client.js';
import { linkedinDescriptor } from './linkedin.descriptor.js';
import { LinkedinLookup } from './linkedin.lookup.js';
import { buildPost } from './linkedin.post.js';
import { commentResult, postResult } from './linkedin.results.js';
import { readLinkedinSettings } from './linkedin.settings.js';
import { composeText } from './linkedin.text.js';
import { LinkedinUploader } from './linkedin.uploader.js';
import { toLittleText } from './little.text.js';

/** What is asked for, one call for each. */
const memberQueries: Readonly<Partial<Record<MetricName, string>>> = {
  views: 'IMPRESSION',
  reach: 'MEMBERS_REACHED',
  likes: 'REACTION',
  comments: 'COMMENT',
  shares: 'RESHARE',
};

@PlatformPublisher('linkedin')
export class LinkedinPublisher extends BasePublisher {
  override readonly descriptor = linkedinDescriptor;

  constructor(
    private readonly client: LinkedinClient,
    private readonly uploader: LinkedinUploader,
    private readonly lookup: LinkedinLookup,
  ) {
    super();
  }

  override capabilitiesFor(account: AccountRef): PlatformCapabilities {
    return capabilitiesOf(authorOf(account));
  }

  override composeText(content: TargetContent): string {
    return composeText(content);
  }

  override preflight(content: TargetContent, account: AccountRef): Violation[] {
    return [...super.preflight(content, account), ...checkPost(content, authorOf(account))];
  }

  override commitCount({ settings }: TargetContent): number {
    return readLinkedinSettings(settings).firstComment === null ? 1 : 2;
  }

  override visibleCalls(content: TargetContent): number {
    return this.commitCount(content);
  }

  override async publish(ctx: PublishContext): Promise<PublishResult> {
    const author = authorOf(ctx.account);
    const assets = await this.uploader.uploadAll(ctx, author);
    const body = buildPost(ctx.content, author, assets);
    const post = await ctx.commit('part:0', async () =>
      postResult(await this.client.createPost(await tokenOf(ctx), body)),
    );
    await this.comment(ctx, author, post.platformPostId);
    return post;
  }

  override async reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    if (authorOf(ctx.account).kind === 'person') {
      return { verdict: 'cannot_tell', reason: 'LinkedIn shows apps no list of the posts of a person.' };
    }
    return commit.key === 'comment' ? this.lookup.comment(ctx, commit) : this.lookup.post(ctx, commit);
  }

  override async ping(ctx: ReadContext): Promise<void> {
    await this.client.ping(await tokenOf(ctx));
  }

  override async deletePost(
    { account, credentials }: ManageContext,
    { key, platformPostId, details }: PublishedPost,
  ): Promise<void> {
    const token = credentials.values['accessToken'] ?? '';
    if (key !== 'comment') return this.client.deletePost(token, platformPostId);
    const at = { post: textAt(details, 'post') ?? '', id: platformPostId, actor: account.externalId };
    return this.client.deleteComment(token, at);
  }

  override async readMetrics(
    { account, credentials }: ManageContext,
    { platformPostId }: PublishedPost,
  ): Promise<PostMetrics> {
    const token = credentials.values['accessToken'] ?? '';
    const author = authorOf(account);
    if (author.kind === 'organization') {
      return { values: await this.client.statistics(token, author.urn, platformPostId) };
    }
    const figures: [string, number | null][] = [];
    for (const [name, query] of Object.entries(memberQueries))
      figures.push([name, await this.client.memberFigure(token, platformPostId, query)]);
    return { values: Object.fromEntries(figures.filter(([, figure]) => figure !== null)) };
  }

  private async comment(ctx: PublishContext, author: Author, post: string): Promise<void> {
    const { firstComment } = readLinkedinSettings(ctx.content.settings);
    if (firstComment === null) return;
    const wanted = { post, actor: author.urn, text: toLittleText(firstComment) };
    const comment = async () => {
      const id = await this.client.createComment(await tokenOf(ctx), wanted);
      return commentResult(id, post);
    };
    await orLeaveOut(ctx, 'first_comment', () => ctx.commit('comment', comment));
  }
}

async function tokenOf(ctx: ReadContext): Promise<string> {
  const { values } = await ctx.credentials();
  return values['accessToken'] ?? '';
}
