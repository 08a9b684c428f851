import type { Violation } from '../../common/errors/index.js';
import {
  type AccountRef,
  BasePublisher,
  type CommitResult,
  type ManageContext,
  type MediaItem,
  type OpenCommit,
  orLeaveOut,
  PlatformPublisher,
  type PostMetrics,
  type PublishContext,
  type PublishedPost,
  type PublishResult,
  type ReconcileContext,
  type ReconcileResult,
  type TargetContent,
} from '../core/index.js';
import type { GraphAccess } from '../families/meta/index.js';
import { FacebookClient } from './facebook.client.js';
import { facebookDescriptor } from './facebook.descriptor.js';
import { accessOf, FacebookGraph, type GraphParams } from './facebook.graph.js';
import { FacebookLookup } from './facebook.lookup.js';
import { readMetrics } from './facebook.metrics.js';
import { permalinkOf } from './facebook.permalink.js';
import { checkFormat } from './facebook.preflight.js';
import { readFacebookSettings } from './facebook.settings.js';
import { composeMessage } from './facebook.text.js';
import { FacebookUploads } from './facebook.uploads.js';
import { FacebookVideos } from './facebook.videos.js';

/** What is out, and what a comment is written below. */
interface Out extends PublishResult {
  readonly commentOn: string;
}

@PlatformPublisher('facebook')
export class FacebookPublisher extends BasePublisher {
  override readonly descriptor = facebookDescriptor;

  constructor(
    private readonly client: FacebookClient,
    private readonly videos: FacebookVideos,
    private readonly uploads: FacebookUploads,
    private readonly lookup: FacebookLookup,
    private readonly graph: FacebookGraph,
  ) {
    super();
  }

  override composeText(content: TargetContent): string {
    return composeMessage(content);
  }

  override preflight(content: TargetContent, account: AccountRef): Violation[] {
    const general = super.preflight(content, account);
    // A link is enough of a post.
    const alone = content.link !== null && content.media.length === 0;
    const broken = alone ? general.filter(({ rule }) => rule !== 'text_required') : general;
    return [...broken, ...checkFormat(content)];
  }

  override commitCount(content: TargetContent): number {
    return readFacebookSettings(content.settings).firstComment === null ? 1 : 2;
  }

  override visibleCalls(content: TargetContent): number {
    return this.commitCount(content);
  }

  override async publish(ctx: PublishContext): Promise<PublishResult> {
    const { commentOn, ...result } = await this.publishPost(ctx);
    const { firstComment } = readFacebookSettings(ctx.content.settings);
    if (firstComment !== null) {
      const comment = async () => {
        const { id, permalink } = await this.client.createComment(await access(ctx), commentOn, firstComment);
        return this.resultOf(id, permalink);
      };
      await orLeaveOut(ctx, 'first_comment', () => ctx.commit('comment', comment));
    }
    return result;
  }

  override reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    return this.lookup.look(ctx, commit);
  }

  override async deletePost(
    { credentials }: ManageContext,
    { platformPostId }: PublishedPost,
  ): Promise<void> {
    await this.client.deletePost(accessOf(credentials), platformPostId);
  }

  /** What is written below a post goes with it. */
  override partsToDelete(parts: readonly PublishedPost[]): readonly PublishedPost[] {
    const post = parts.filter(({ key }) => key === this.firstCommit);
    return post.length > 0 ? post : parts;
  }

  override async readMetrics(ctx: ManageContext, { platformPostId }: PublishedPost): Promise<PostMetrics> {
    const reader = accessOf(ctx.credentials);
    const isVideo = ctx.content.media.some(({ kind }) => kind === 'video');
    const isStory = readFacebookSettings(ctx.content.settings).format === 'story';
    const postId = isVideo && !isStory ? await this.lookup.targetOf(reader, platformPostId) : platformPostId;
    return readMetrics(this.client, reader, postId);
  }

  private publishPost(ctx: PublishContext): Promise<Out> {
    const [first] = ctx.content.media;
    const { format } = readFacebookSettings(ctx.content.settings);
    if (first?.kind === 'video') {
      if (format === 'post') return this.publishVideo(ctx, first);
      return format === 'reel' ? this.publishReel(ctx, first) : this.publishVideoStory(ctx, first);
    }
    return format === 'story' ? this.publishPhotoStory(ctx) : this.publishFeed(ctx);
  }

  /** Text, link and photos: photos are sent first, where nobody sees them. */
  private async publishFeed(ctx: PublishContext): Promise<Out> {
    const photos = await this.uploads.photos(ctx);
    const { content, account } = ctx;
    const message = composeMessage(content);
    const { place } = readFacebookSettings(content.settings);
    const params: GraphParams = {
      ...(message.trim() === '' ? {} : { message }),
      ...(content.link !== null && photos.length === 0 ? { link: content.link } : {}),
      ...(place === null ? {} : { place }),
      ...Object.fromEntries(
        photos.map((id, index) => [`attached_media[${index}]`, JSON.stringify({ media_fbid: id })]),
      ),
    };
    const done = await ctx.commit('part:0', async () => {
      const { id, permalink } = await this.client.createPost(await access(ctx), account.externalId, params);
      return this.resultOf(id, permalink);
    });
    return { ...done, commentOn: done.platformPostId };
  }

  private async publishVideo(ctx: PublishContext, item: MediaItem): Promise<Out> {
    const { videoId, sessionId } = await this.uploads.video(ctx, item);
    const params = paramsOf(ctx.content);
    await ctx.commit('part:0', async () => {
      await this.videos.finish(await access(ctx), ctx.account.externalId, sessionId, params);
      return { platformPostId: videoId, permalink: null };
    });
    return this.outWhenPublished(ctx, videoId);
  }

  private async publishReel(ctx: PublishContext, item: MediaItem): Promise<Out> {
    const videoId = await this.uploads.upright(ctx, item, 'video_reels');
    const params = { ...paramsOf(ctx.content), video_id: videoId, video_state: 'PUBLISHED' };
    await ctx.commit('part:0', async () => {
      await this.videos.finishUpright(await access(ctx), ctx.account.externalId, 'video_reels', params);
      return { platformPostId: videoId, permalink: null };
    });
    return this.outWhenPublished(ctx, videoId);
  }

  private async publishVideoStory(ctx: PublishContext, item: MediaItem): Promise<Out> {
    const videoId = await this.uploads.upright(ctx, item, 'video_stories');
    const done = await ctx.commit('part:0', async () => {
      const params = { video_id: videoId };
      const by = await access(ctx);
      const postId = await this.videos.finishUpright(by, ctx.account.externalId, 'video_stories', params);
      return { platformPostId: postId ?? videoId, permalink: null };
    });
    const { permalink } = await this.uploads.untilPublished(ctx, videoId);
    const { platformPostId } = done;
    return { ...this.resultOf(platformPostId, permalink), commentOn: platformPostId };
  }

  private async publishPhotoStory(ctx: PublishContext): Promise<Out> {
    const [photoId = ''] = await this.uploads.photos(ctx);
    const { platformPostId } = await ctx.commit('part:0', async () => {
      const postId = await this.client.createPhotoStory(await access(ctx), ctx.account.externalId, photoId);
      return { platformPostId: postId, permalink: null };
    });
    const permalink = await ctx.step('permalink', async () =>
      this.client.permalink(await access(ctx), platformPostId),
    );
    return { ...this.resultOf(platformPostId, permalink), commentOn: platformPostId };
  }

  /** The video's id is its handle; what it is below, people comment on the post. */
  private async outWhenPublished(ctx: PublishContext, videoId: string): Promise<Out> {
    const { postId, permalink } = await this.uploads.untilPublished(ctx, videoId);
    return { ...this.resultOf(videoId, permalink), commentOn: postId ?? videoId };
  }

  private resultOf(platformPostId: string, permalink: string | null): CommitResult {
    return { platformPostId, permalink: permalinkOf(permalink, this.graph.host('AUTH')) };
  }
}

function paramsOf(content: TargetContent): GraphParams {
  const { title, place } = readFacebookSettings(content.settings);
  const description = composeMessage(content);
  return {
    ...(description.trim() === '' ? {} : { description }),
    ...(title === null ? {} : { title }),
    ...(place === null ? {} : { place }),
  };
}

async function access(ctx: Pick<PublishContext, 'credentials'>): Promise<GraphAccess> {
  return accessOf(await ctx.credentials());
}
