import type { Violation } from '../../common/errors/index.js';
import type { ByteSource } from '../../common/http/index.js';
import {
  BasePublisher,
  checkContent,
  countCodePoints,
  PlatformPublisher,
  type AccountRef,
  type LimitReading,
  type ManageContext,
  type OpenCommit,
  type PostMetrics,
  type PublishContext,
  type PublishedPost,
  type PublishResult,
  type ReconcileContext,
  type ReconcileResult,
  type SeenAnswer,
  type TargetContent,
} from '../core/index.js';
import { hashOf, inlineJson } from './inline.json.js';
import { headerNumber } from './pinterest.answers.js';
import { shownDescription } from './pinterest.capabilities.js';
import { PinterestClient } from './pinterest.client.js';
import { pinterestDescriptor } from './pinterest.descriptor.js';
import { PinterestLookup } from './pinterest.lookup.js';
import { buildPin, resultOf } from './pinterest.pin.js';
import { checkRules } from './pinterest.preflight.js';
import { tokenOf } from './pinterest.token.js';
import { PinterestVideos } from './pinterest.videos.js';

/** Pictures go up with the pin itself: time for them beyond that of a small call. */
const slowestBytesPerMs = 250;

@PlatformPublisher('pinterest')
export class PinterestPublisher extends BasePublisher {
  override readonly descriptor = pinterestDescriptor;

  constructor(
    private readonly client: PinterestClient,
    private readonly videos: PinterestVideos,
    private readonly lookup: PinterestLookup,
  ) {
    super();
  }

  override preflight(content: TargetContent, account: AccountRef): Violation[] {
    return [...checkContent(this, content, account), ...checkRules(content)];
  }

  override commitCount(): number {
    return 1;
  }

  override async publish(ctx: PublishContext): Promise<PublishResult> {
    const { text, media } = ctx.content;
    if (countCodePoints(text) > shownDescription) {
      const message = `Pinterest says that descriptions have up to ${shownDescription} characters; this one is longer, and may be shown in part.`;
      ctx.warn({ code: 'description_long', message });
    }
    const video = media.find(({ kind }) => kind === 'video');
    const mediaId = video === undefined ? null : await this.videos.upload(ctx, video);
    const pin = await this.encode(ctx, mediaId);
    const { callDeadlineMs } = this.capabilitiesFor(ctx.account);
    const deadlineMs = callDeadlineMs + Math.ceil(pin.bytes / slowestBytesPerMs);
    return ctx.commit('part:0', async () => resultOf(await this.client.createPin(await tokenOf(ctx), pin)), {
      deadlineMs,
    });
  }

  override reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    return this.lookup.look(ctx, commit);
  }

  override async deletePost(
    { credentials }: ManageContext,
    { platformPostId }: PublishedPost,
  ): Promise<void> {
    await this.client.deletePin(credentials.values['accessToken'] ?? '', platformPostId);
  }

  override async readMetrics(
    { credentials }: ManageContext,
    { platformPostId }: PublishedPost,
  ): Promise<PostMetrics> {
    return { values: await this.client.metrics(credentials.values['accessToken'] ?? '', platformPostId) };
  }

  /** The answer does not say of which calls it speaks: it only ever closes. */
  override readLimits({ headers, receivedAt }: SeenAnswer): readonly LimitReading[] {
    const remaining = headerNumber(headers, 'x-ratelimit-remaining');
    const seconds = headerNumber(headers, 'x-ratelimit-reset');
    if (remaining === null || seconds === null) return [];
    const resetAt = new Date(receivedAt.getTime() + seconds * 1000);
    return [{ limit: 'writes', remaining, resetAt, certain: false }];
  }

  /** What a visible call records has a hash, and a body that is streamed has to know it before: its files are read once for it. */
  private async encode(ctx: PublishContext, mediaId: string | null): Promise<ByteSource> {
    const file = (item: TargetContent['media'][number]): ByteSource => ctx.media(item);
    const pin = buildPin(ctx.content, { commitKey: ctx.commitKey('part:0'), mediaId, file });
    const sha256 = await ctx.step(`body:${mediaId ?? 'pictures'}`, () => hashOf(inlineJson(pin)));
    return inlineJson(pin, sha256);
  }
}
