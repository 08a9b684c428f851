import type { Violation } from '../../common/errors/index.js';
import {
  BasePublisher,
  orLeaveOut,
  PlatformPublisher,
  PublishError,
  type AccountRef,
  type CommitResult,
  type LimitReading,
  type ManageContext,
  type OpenCommit,
  type PlatformCapabilities,
  type PostMetrics,
  type PublishContext,
  type PublishedPost,
  type PublishResult,
  type ReadContext,
  type ReconcileContext,
  type ReconcileResult,
  type RetryProfileName,
  type TargetContent,
  type WaitOptions,
} from '../core/index.js';
import { deleteByHand, instagramCapabilities } from './instagram.capabilities.js';
import { InstagramClient } from './instagram.client.js';
import { InstagramContainers } from './instagram.containers.js';
import { instagramDescriptor } from './instagram.descriptor.js';
import { accessOf, lacksPermission, loginOfAccount } from './instagram.login.js';
import { InstagramLookup } from './instagram.lookup.js';
import { readMetrics } from './instagram.metrics.js';
import { checkInstagram } from './instagram.preflight.js';
import { readInstagramSettings } from './instagram.settings.js';
import { composeCaption } from './instagram.text.js';

/** Until a new post can be read: then it can be commented as well. */
const appearing: WaitOptions = {
  delaysMs: [2_000, 3_000, 5_000, 10_000, 30_000],
  giveUpAfterMs: 5 * 60_000,
};

@PlatformPublisher('instagram')
export class InstagramPublisher extends BasePublisher {
  override readonly descriptor = instagramDescriptor;

  constructor(
    private readonly client: InstagramClient,
    private readonly containers: InstagramContainers,
    private readonly lookup: InstagramLookup,
  ) {
    super();
  }

  /** A container that is finished is sometimes not found for some seconds. */
  override get retryProfile(): RetryProfileName {
    return 'exponential';
  }

  override capabilitiesFor(account: AccountRef): PlatformCapabilities {
    const deletes = loginOfAccount(account) === 'facebook' && !lacksPermission(account, 'manage_contents');
    return deletes ? instagramCapabilities : { ...instagramCapabilities, ...deleteByHand };
  }

  override composeText(content: TargetContent): string {
    return composeCaption(content);
  }

  /** Of the cap on posts; comments do not count. */
  override visibleCalls(): number {
    return 1;
  }

  override commitCount({ settings }: TargetContent): number {
    return readInstagramSettings(settings).firstComment === null ? 1 : 2;
  }

  override preflight(content: TargetContent, account: AccountRef): Violation[] {
    return [...super.preflight(content, account), ...checkInstagram(content, account)];
  }

  override async publish(ctx: PublishContext): Promise<PublishResult> {
    const post = await this.post(ctx);
    const permalink = post.permalink ?? (await this.permalinkOf(ctx, post));
    const { firstComment, commentsOff } = readInstagramSettings(ctx.content.settings);
    if (firstComment !== null)
      await orLeaveOut(ctx, 'first_comment', () => this.comment(ctx, post, firstComment));
    if (commentsOff) await this.closeComments(ctx, post);
    return { platformPostId: post.platformPostId, permalink };
  }

  override async reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    return this.lookup.look(ctx, commit, accessOf(await ctx.credentials()));
  }

  override async deletePost(
    { credentials }: ManageContext,
    { platformPostId }: PublishedPost,
  ): Promise<void> {
    await this.client.deletePost(accessOf(credentials), platformPostId);
  }

  /** The comments go with the post. */
  override partsToDelete(parts: readonly PublishedPost[]): readonly PublishedPost[] {
    return parts.filter(({ key }) => key === 'part:0');
  }

  override readMetrics(
    { credentials }: ManageContext,
    { platformPostId }: PublishedPost,
  ): Promise<PostMetrics> {
    return readMetrics(this.client, accessOf(credentials), platformPostId);
  }

  override async readQuota(ctx: ReadContext): Promise<readonly LimitReading[]> {
    return this.client.quota(accessOf(await ctx.credentials()), ctx.account.externalId);
  }

  /** Once it is out, its containers need not be made again for what follows. */
  private async post(ctx: PublishContext): Promise<CommitResult> {
    const done = await ctx.committed('part:0');
    if (done !== undefined) return done;
    const container = await this.containers.finished(ctx);
    return ctx.commit('part:0', async () => {
      const access = accessOf(await ctx.credentials());
      const platformPostId = await this.client.publish(access, ctx.account.externalId, container);
      return { platformPostId, permalink: null, details: { container } };
    });
  }

  private comment(
    ctx: PublishContext,
    { platformPostId }: CommitResult,
    message: string,
  ): Promise<CommitResult> {
    return ctx.commit('comment', async () => {
      const access = accessOf(await ctx.credentials());
      return {
        platformPostId: await this.client.comment(access, platformPostId, message),
        permalink: null,
      };
    });
  }

  /** The post is out: what goes wrong here is a warning. */
  private async closeComments(ctx: PublishContext, { platformPostId }: CommitResult): Promise<void> {
    try {
      await ctx.step('comments:off', async () => {
        await this.client.closeComments(accessOf(await ctx.credentials()), platformPostId);
        return true;
      });
    } catch (error) {
      if (!(error instanceof PublishError) || error.kind !== 'content_refused') throw error;
      ctx.warn({ code: 'comments_not_closed', message: `The comments are still open: ${error.message}` });
    }
  }

  /** Only where it is to be had: the post is out without it as well. */
  private async permalinkOf(ctx: PublishContext, { platformPostId }: CommitResult): Promise<string | null> {
    const look = async () => {
      try {
        const { permalink } = await this.client.post(accessOf(await ctx.credentials()), platformPostId);
        return { ready: true, value: permalink ?? '' } as const;
      } catch (error) {
        if (error instanceof PublishError && unreadableYet.includes(error.code))
          return { ready: false } as const;
        throw error;
      }
    };
    try {
      const permalink = await ctx.waitFor(`live:${platformPostId}`, look, appearing);
      return permalink === '' ? null : permalink;
    } catch (error) {
      if (!(error instanceof PublishError)) throw error;
      return null;
    }
  }
}

const unreadableYet = ['instagram.not_found', 'instagram.media_missing', 'instagram.unavailable'];
