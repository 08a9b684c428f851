import type { Violation } from '../../common/errors/index.js';
import {
  type AccountRef,
  BasePublisher,
  type CommitResult,
  type ManageContext,
  numberAt,
  type OpenCommit,
  type PlatformCapabilities,
  PlatformPublisher,
  type PostMetrics,
  type PublishContext,
  type PublishedPost,
  PublishError,
  type PublishResult,
  type ReconcileContext,
  type ReconcileResult,
  type TargetContent,
  textAt,
  type WaitOptions,
} from '../core/index.js';
import { capabilitiesOf } from './tiktok.capabilities.js';
import { TiktokClient } from './tiktok.client.js';
import { checkCreator } from './tiktok.creator.js';
import { tiktokDescriptor } from './tiktok.descriptor.js';
import { TiktokLookup } from './tiktok.lookup.js';
import { permalinkOf } from './tiktok.permalink.js';
import { checkTiktok } from './tiktok.preflight.js';
import { TiktokSender } from './tiktok.sender.js';
import { readTiktokSettings } from './tiktok.settings.js';
import { captionOf, losesCaption, showsPhotos } from './tiktok.text.js';
import { tokenOf } from './tiktok.token.js';

/** Until a public post is through moderation; usually within a minute. */
const moderation: WaitOptions = {
  delaysMs: [5_000, 10_000, 20_000, 30_000],
  giveUpAfterMs: 10 * 60_000,
};

@PlatformPublisher('tiktok')
export class TiktokPublisher extends BasePublisher {
  override readonly descriptor = tiktokDescriptor;

  constructor(
    private readonly client: TiktokClient,
    private readonly sender: TiktokSender,
    private readonly lookup: TiktokLookup,
  ) {
    super();
  }

  override capabilitiesFor({ metadata }: AccountRef): PlatformCapabilities {
    return capabilitiesOf(numberAt(metadata, 'maxVideoSec'));
  }

  override composeText(content: TargetContent): string {
    return losesCaption(content) ? '' : captionOf(content);
  }

  override preflight(content: TargetContent, account: AccountRef): Violation[] {
    return [...super.preflight(content, account), ...checkTiktok(content)];
  }

  override commitCount(): number {
    return 1;
  }

  override visibleCalls(): number {
    return 1;
  }

  override async publish(ctx: PublishContext): Promise<PublishResult> {
    const { content } = ctx;
    const { isDraft, privacyLevel } = readTiktokSettings(content.settings);
    const username = isDraft ? null : await this.creatorOf(ctx);
    const { platformPostId } = (await ctx.committed(this.firstCommit)) ?? (await this.send(ctx));
    if (losesCaption(content) && content.text.trim() !== '') {
      const message = 'TikTok takes no text with the draft of a video: it is to be written in the app.';
      ctx.warn({ code: 'caption_not_sent', message });
    }
    const isPublic = !isDraft && privacyLevel === 'PUBLIC_TO_EVERYONE';
    return { platformPostId, permalink: isPublic ? await this.linkTo(ctx, platformPostId, username) : null };
  }

  override reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    return this.lookup.look(ctx, commit);
  }

  /** Of public posts only: what is not through moderation, or for some people, has no id to ask by. */
  override async readMetrics(ctx: ManageContext, post: PublishedPost): Promise<PostMetrics> {
    const token = ctx.credentials.values['accessToken'] ?? '';
    const known = textAt(post.details, 'postId');
    const id = known ?? (await this.client.status(token, post.platformPostId)).postIds[0];
    const video = id === undefined ? null : await this.client.video(token, id);
    return { values: video?.figures ?? {} };
  }

  private send(ctx: PublishContext): Promise<CommitResult> {
    const [first] = ctx.content.media;
    if (first === undefined) throw new Error('preflight lets nothing out without a file');
    return showsPhotos(ctx.content) ? this.sender.photos(ctx) : this.sender.video(ctx, first);
  }

  /** Asked before every post, as TikTok wants it. Answers the name that addresses are made of. */
  private creatorOf(ctx: PublishContext): Promise<string> {
    return ctx.step('creator', async () => {
      const creator = await this.client.creatorInfo(await tokenOf(ctx));
      checkCreator(creator, ctx.content);
      return creator.username;
    });
  }

  /** Only where it is to be had: the post is out without it as well. */
  private async linkTo(
    ctx: PublishContext,
    publishId: string,
    username: string | null,
  ): Promise<string | null> {
    try {
      const id = await this.postIdOf(ctx, publishId);
      const address = await ctx.step(`link:${id}`, async () => {
        const shareUrl = await this.shareUrlOf(await tokenOf(ctx), id);
        return permalinkOf(shareUrl, { username, id, photos: showsPhotos(ctx.content) });
      });
      return address;
    } catch (error) {
      if (!(error instanceof PublishError)) throw error;
      return null;
    }
  }

  /** Null: the newest posts do not have it yet, or the login may not read them (video.list). */
  private async shareUrlOf(token: string, id: string): Promise<string | null> {
    try {
      const { videos } = await this.client.listVideos(token, null);
      return videos.find((video) => video.id === id)?.shareUrl ?? null;
    } catch (error) {
      if (error instanceof PublishError && error.code === 'tiktok.reading_not_allowed') return null;
      throw error;
    }
  }

  private postIdOf(ctx: PublishContext, publishId: string): Promise<string> {
    return ctx.waitFor(
      `public:${publishId}`,
      async () => {
        const { postIds } = await this.client.status(await tokenOf(ctx), publishId);
        const [id] = postIds;
        return id === undefined ? { ready: false } : { ready: true, value: id };
      },
      moderation,
    );
  }
}
