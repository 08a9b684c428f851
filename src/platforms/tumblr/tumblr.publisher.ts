import { Clock } from '../../common/clock/index.js';
import type { Violation } from '../../common/errors/index.js';
import type { MultipartPart } from '../../common/http/index.js';
import {
  type AccountRef,
  BasePublisher,
  type LimitReading,
  type ManageContext,
  type OpenCommit,
  PlatformPublisher,
  type PostMetrics,
  type PublishContext,
  type PublishedPost,
  PublishError,
  type PublishResult,
  type ReadContext,
  type ReconcileContext,
  type ReconcileResult,
  type SeenAnswer,
  type TargetContent,
} from '../core/index.js';
import { accessOf, accessWith, permalinkOf } from './tumblr.access.js';
import { readCounters } from './tumblr.answers.js';
import { TumblrClient } from './tumblr.client.js';
import { tumblrDescriptor } from './tumblr.descriptor.js';
import { TumblrLookup } from './tumblr.lookup.js';
import { buildPost, identifierOf } from './tumblr.post.js';
import { checkPost } from './tumblr.preflight.js';
import { slugMark } from './tumblr.slug.js';
import { mediaWaitMs, untilMidnight } from './tumblr.waits.js';

/** Bytes that a slow line sends in a second. */
const bytesPerSecond = 500_000;
/** A video is there when it is converted. */
const conversion = { delaysMs: [5_000, 10_000, 20_000, 40_000, 60_000], giveUpAfterMs: 30 * 60_000 };

@PlatformPublisher('tumblr')
export class TumblrPublisher extends BasePublisher {
  override readonly descriptor = tumblrDescriptor;

  constructor(
    private readonly client: TumblrClient,
    private readonly lookup: TumblrLookup,
    private readonly clock: Clock,
  ) {
    super();
  }

  override preflight(content: TargetContent, account: AccountRef): Violation[] {
    const general = super.preflight(content, account);
    // A link is a block of its own, and enough of a post.
    const alone = content.link !== null && content.media.length === 0;
    const broken = alone ? general.filter(({ rule }) => rule !== 'text_required') : general;
    return [...broken, ...checkPost(content)];
  }

  override commitCount(): number {
    return 1;
  }

  override readLimits(answer: SeenAnswer): readonly LimitReading[] {
    return readCounters(answer);
  }

  override async readQuota(ctx: ReadContext): Promise<readonly LimitReading[]> {
    return this.client.quota((await accessOf(ctx)).token);
  }

  override async publish(ctx: PublishContext): Promise<PublishResult> {
    const { platformPostId } = await this.create(ctx);
    const url = ctx.content.media.some(({ kind }) => kind === 'video')
      ? await this.whenConverted(ctx, platformPostId)
      : await ctx.step('permalink', async () => this.urlOf(ctx, platformPostId));
    return { platformPostId, permalink: url ?? permalinkOf(ctx.account, platformPostId) };
  }

  override reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    return this.lookup.look(ctx, commit);
  }

  override async deletePost(
    { account, credentials }: ManageContext,
    { platformPostId }: PublishedPost,
  ): Promise<void> {
    await this.client.deletePost(accessWith(account, credentials), platformPostId);
  }

  override async readMetrics(
    { account, credentials }: ManageContext,
    { platformPostId }: PublishedPost,
  ): Promise<PostMetrics> {
    return { values: await this.client.notes(accessWith(account, credentials), platformPostId) };
  }

  private async create(ctx: PublishContext): Promise<PublishResult> {
    const { content, account } = ctx;
    const body = await ctx.step('body', () =>
      Promise.resolve(JSON.stringify(buildPost(content, slugMark(ctx.commitKey('part:0'))))),
    );
    const files = content.media.map((item, index): MultipartPart => {
      const { fileName: filename, mimeType: contentType } = item;
      return { name: identifierOf(index), filename, contentType, source: ctx.media(item) };
    });
    const bytes = content.media.reduce((sum, item) => sum + item.bytes, 0);
    const { callDeadlineMs } = this.capabilitiesFor(account);
    const deadlineMs = callDeadlineMs + Math.ceil(bytes / bytesPerSecond) * 1000;
    const create = async () => {
      const id = await this.client.createPost(await accessOf(ctx), body, files);
      return { platformPostId: id, permalink: permalinkOf(account, id) };
    };
    try {
      return await ctx.commit('part:0', create, { deadlineMs });
    } catch (error) {
      throw (await this.metAgain(ctx, error)) ?? error;
    }
  }

  /** The refusal of media may be about a video that is being converted: once more soon, and from then on the day is over. */
  private async metAgain(ctx: PublishContext, error: unknown): Promise<PublishError | null> {
    if (!(error instanceof PublishError) || error.code !== 'tumblr.media_quota') return null;
    const first = await ctx.step('media_quota', () => Promise.resolve(this.clock.now().toISOString()));
    const now = this.clock.now();
    if (now.getTime() - Date.parse(first) < mediaWaitMs) return null;
    const { kind, code, message, remedy, platformCode } = error;
    return new PublishError({
      ...{ kind, code, message, remedy, cause: error },
      ...{ platformCode: platformCode ?? undefined, retryAfterMs: untilMidnight(now) },
    });
  }

  private async urlOf(ctx: PublishContext, id: string): Promise<string | null> {
    return (await this.client.post(await accessOf(ctx), id))?.url ?? null;
  }

  private whenConverted(ctx: PublishContext, id: string): Promise<string | null> {
    const look = async () => {
      const post = await this.client.post(await accessOf(ctx), id);
      return post === null ? ({ ready: false } as const) : ({ ready: true, value: post.url } as const);
    };
    return ctx.waitFor('converted', look, conversion);
  }
}
