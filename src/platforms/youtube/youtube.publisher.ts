import type { Violation } from '../../common/errors/index.js';
import {
  BasePublisher,
  orLeaveOut,
  PlatformPublisher,
  PublishError,
  textAt,
  type AccountRef,
  type ManageContext,
  type OpenCommit,
  type PlatformCapabilities,
  type PostMetrics,
  type PublishContext,
  type PublishedPost,
  type PublishResult,
  type ReconcileContext,
  type ReconcileResult,
  type TargetContent,
  type WaitOptions,
  type WaitResult,
} from '../core/index.js';
import { capabilitiesOf } from './youtube.capabilities.js';
import { YoutubeClient } from './youtube.client.js';
import { youtubeDescriptor } from './youtube.descriptor.js';
import { commentResult, YoutubeLookup } from './youtube.lookup.js';
import { checkVideo } from './youtube.preflight.js';
import { readYoutubeSettings } from './youtube.settings.js';
import { YoutubeUploader } from './youtube.uploader.js';
import { descriptionOf, filesOf } from './youtube.video.js';

/** A video is out before it is processed; what comes of that is told when it is known in time. */
const processing: WaitOptions = {
  delaysMs: [10_000, 30_000, 60_000, 2 * 60_000, 5 * 60_000],
  giveUpAfterMs: 30 * 60_000,
};

/** Longer than a run goes on while a video is processed. */
const refusedForMs = 60 * 60_000;

/** A type, not an interface, because it is stored in the ledger. */
type Refused = { readonly code: string; readonly message: string; readonly remedy: string };

@PlatformPublisher('youtube')
export class YoutubePublisher extends BasePublisher {
  override readonly descriptor = youtubeDescriptor;

  constructor(
    private readonly client: YoutubeClient,
    private readonly uploader: YoutubeUploader,
    private readonly lookup: YoutubeLookup,
  ) {
    super();
  }

  override capabilitiesFor({ metadata }: AccountRef): PlatformCapabilities {
    return capabilitiesOf(textAt(metadata, 'longUploads'));
  }

  override composeText(content: TargetContent): string {
    return descriptionOf(content);
  }

  override preflight(content: TargetContent, account: AccountRef): Violation[] {
    return [...super.preflight(content, account), ...checkVideo(content)];
  }

  /** Of the project's uploads; the rest has units of its own. */
  override visibleCalls(): number {
    return 1;
  }

  override async publish(ctx: PublishContext): Promise<PublishResult> {
    const { video: item, thumbnail } = filesOf(ctx.content);
    if (item === null) throw new Error('a post on YouTube has a video');
    const video = (await ctx.committed('part:0')) ?? (await this.uploader.upload(ctx, item));
    const { platformPostId, permalink } = video;
    const { privacy, playlist, firstComment } = readYoutubeSettings(ctx.content.settings);
    warnOfPrivacy(ctx, privacy, textAt(video.details, 'privacy'));

    const refused = [
      thumbnail === null ? null : await this.setThumbnail(ctx, platformPostId, thumbnail),
      playlist === null ? null : await this.addToPlaylist(ctx, platformPostId, playlist),
    ];
    await this.processed(ctx, platformPostId);
    if (firstComment !== null) {
      await orLeaveOut(ctx, 'first_comment', () =>
        ctx.commit('comment', async () =>
          commentResult(
            await this.client.createComment(await tokenOf(ctx), platformPostId, firstComment),
            platformPostId,
          ),
        ),
      );
    }
    const [missing] = refused.filter((one) => one !== null);
    if (missing !== undefined) throw new PublishError({ kind: 'content_refused', ...missing });
    return { platformPostId, permalink };
  }

  override reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    return this.lookup.look(ctx, commit);
  }

  /** With the video everything goes that belongs to it. */
  override partsToDelete(parts: readonly PublishedPost[]): readonly PublishedPost[] {
    return parts.filter(({ key }) => key === 'part:0');
  }

  override async deletePost(
    { credentials }: ManageContext,
    { platformPostId }: PublishedPost,
  ): Promise<void> {
    await this.client.deleteVideo(credentials.values['accessToken'] ?? '', platformPostId);
  }

  override async readMetrics(
    { credentials }: ManageContext,
    { platformPostId }: PublishedPost,
  ): Promise<PostMetrics> {
    return { values: await this.client.metrics(credentials.values['accessToken'] ?? '', platformPostId) };
  }

  private setThumbnail(
    ctx: PublishContext,
    videoId: string,
    item: TargetContent['media'][number],
  ): Promise<Refused | null> {
    return orRefused(ctx, 'thumbnail', async () => {
      const file = { source: ctx.media(item), mimeType: item.mimeType };
      await this.client.setThumbnail(await tokenOf(ctx), videoId, file);
    });
  }

  /** Repeatable: what is in the list already is not added again. */
  private addToPlaylist(ctx: PublishContext, videoId: string, playlist: string): Promise<Refused | null> {
    return orRefused(ctx, 'playlist', async () => {
      const token = await tokenOf(ctx);
      if (await this.client.isInPlaylist(token, playlist, videoId)) return;
      await this.client.addToPlaylist(token, playlist, videoId);
    });
  }

  private async processed(ctx: PublishContext, videoId: string): Promise<void> {
    const look = async (): Promise<WaitResult<string>> => {
      const token = await tokenOf(ctx);
      const [video] = await this.client.videos(token, [videoId], 'status,processingDetails,snippet');
      const { uploadStatus, reason } = video ?? { uploadStatus: null, reason: null };
      if (uploadStatus === 'processed') return { ready: true, value: '' };
      if (uploadStatus !== 'failed' && uploadStatus !== 'rejected') return { ready: false };
      return { ready: true, value: `${uploadStatus}: ${reason ?? 'YouTube does not say why'}` };
    };
    const problem = await this.orTooLong(ctx, () => ctx.waitFor('processed', look, processing));
    if (problem !== '') throw notShown(problem);
  }

  private async orTooLong(ctx: PublishContext, wait: () => Promise<string>): Promise<string> {
    try {
      return await wait();
    } catch (error) {
      if (!(error instanceof PublishError) || error.code !== 'youtube.processing_too_long') throw error;
      ctx.warn({ code: 'still_processing', message: 'YouTube is still working on the video.' });
      return '';
    }
  }
}

/** Uploads of a project that YouTube has not audited are locked to private, whatever they ask for. */
function warnOfPrivacy(ctx: PublishContext, wanted: string, actual: string | null): void {
  if (actual === null || actual === wanted) return;
  ctx.warn({
    code: 'other_privacy',
    message: `The video is ${actual}, not ${wanted}: YouTube locks uploads of apps that it has not audited.`,
  });
}

/** What is refused keeps nothing else from being done; whoever retries the publication later asks for it again. */
function orRefused(ctx: PublishContext, key: string, send: () => Promise<void>): Promise<Refused | null> {
  const attempt = async (): Promise<Refused | null> => {
    try {
      await send();
      return null;
    } catch (error) {
      if (!(error instanceof PublishError) || error.kind !== 'content_refused') throw error;
      const { code, message, remedy } = error;
      return { code, message, remedy };
    }
  };
  return ctx.step(key, attempt, { validForMs: refusedForMs });
}

function notShown(problem: string): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'youtube.video_not_shown',
    message: `YouTube has the video and does not show it; it was ${problem}.`,
    remedy: 'Look at the video in YouTube Studio, delete it there, and publish another file.',
  });
}

async function tokenOf(ctx: PublishContext): Promise<string> {
  const { values } = await ctx.credentials();
  return values['accessToken'] ?? '';
}
