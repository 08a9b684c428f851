import { Injectable } from '@nestjs/common';
import { sliceOf } from '../../common/http/index.js';
import {
  PublishError,
  type MediaItem,
  type PublishContext,
  type WaitOptions,
  type WaitResult,
} from '../core/index.js';
import type { GraphAccess } from '../families/meta/index.js';
import { FacebookClient } from './facebook.client.js';
import { accessOf } from './facebook.graph.js';
import {
  FacebookVideos,
  type UploadSession,
  type UploadWindow,
  type UprightKind,
  type VideoState,
} from './facebook.videos.js';

/** Unpublished photos, and videos that nobody has finished, are kept for about a day. */
const validForMs = 12 * 60 * 60_000;
const working: WaitOptions = {
  delaysMs: [5_000, 10_000, 15_000, 30_000],
  giveUpAfterMs: 60 * 60_000,
};

/** A type, not an interface, because it is stored in the ledger. */
export type PublishedVideo = { readonly postId: string | null; readonly permalink: string | null };

/** Everything that nobody can see yet, and the waiting for it. */
@Injectable()
export class FacebookUploads {
  constructor(
    private readonly client: FacebookClient,
    private readonly videos: FacebookVideos,
  ) {}

  /** The photos of the post, each unpublished. Their ids are what the post is found by. */
  async photos(ctx: PublishContext): Promise<string[]> {
    const ids: string[] = [];
    for (const [index, item] of ctx.content.media.entries()) {
      const upload = about(index, async () => {
        const { mimeType, fileName, altText } = item;
        const photo = { source: ctx.media(item), mimeType, fileName, altText };
        return this.client.uploadPhoto(await access(ctx), ctx.account.externalId, photo);
      });
      ids.push(await ctx.step(photoKey(index), upload, { validForMs }));
    }
    return ids;
  }

  /** A video of the feed, in the pieces that Facebook asks for. */
  async video(ctx: PublishContext, item: MediaItem): Promise<UploadSession> {
    const pageId = ctx.account.externalId;
    const begin = about(0, async () => this.videos.start(await access(ctx), pageId, item.bytes));
    const session = await ctx.step(sessionKey, begin, { validForMs, secret: true });
    const source = ctx.media(item);
    let window: UploadWindow = session;
    while (window.start < window.end) {
      const { start, end } = window;
      const piece = {
        sessionId: session.sessionId,
        start,
        source: sliceOf(source, { first: start, last: end - 1 }),
      };
      const send = about(0, async () => this.videos.transfer(await access(ctx), pageId, piece));
      window = await ctx.step(`chunk:${session.videoId}:${start}`, send, { validForMs });
    }
    return session;
  }

  /** A reel or a video for a story; goes on where an earlier try has stopped. Answers its id when Facebook has worked it up. */
  async upright(ctx: PublishContext, item: MediaItem, kind: UprightKind): Promise<string> {
    const begin = about(0, async () =>
      this.videos.startUpright(await access(ctx), ctx.account.externalId, kind),
    );
    const videoId = await ctx.step(videoKey, begin, { validForMs });
    const source = ctx.media(item);
    const total = source.bytes;
    const send = about(0, async () => {
      const { received: offset } = await this.videos.state(await access(ctx), videoId);
      const rest = offset === 0 ? source : sliceOf(source, { first: offset, last: total - 1 });
      if (offset < total)
        await this.videos.sendBytes(await access(ctx), videoId, { source: rest, offset, total });
      return total;
    });
    await ctx.step(`bytes:${videoId}`, send, { validForMs });
    await ctx.waitFor(
      `ready:${videoId}`,
      about(0, () => this.look(ctx, videoId, isReady)),
      working,
    );
    return videoId;
  }

  /** Until people see it: finishing is only heard, not done. */
  untilPublished(ctx: PublishContext, videoId: string): Promise<PublishedVideo> {
    return ctx.waitFor(
      `published:${videoId}`,
      about(0, () => this.look(ctx, videoId, isPublished)),
      working,
    );
  }

  private async look(
    ctx: PublishContext,
    videoId: string,
    enough: (state: VideoState) => boolean,
  ): Promise<WaitResult<PublishedVideo>> {
    const state = await this.videos.state(await access(ctx), videoId);
    if (state.problem !== null) throw processingFailed(state.problem);
    const { postId, permalink } = state;
    return enough(state) ? { ready: true, value: { postId, permalink } } : { ready: false };
  }
}

export function photoKey(index: number): string {
  return `photo:${index}`;
}

export const sessionKey = 'session';
export const videoKey = 'video';

function isReady({ uploading, processing }: VideoState): boolean {
  return uploading === 'complete' && processing !== 'in_progress';
}

function isPublished({ published }: VideoState): boolean {
  return published;
}

async function access(ctx: Pick<PublishContext, 'credentials'>): Promise<GraphAccess> {
  return accessOf(await ctx.credentials());
}

/** Says of a failure which file it is about. */
function about<T>(mediaIndex: number, work: () => Promise<T>): () => Promise<T> {
  return async () => {
    try {
      return await work();
    } catch (error) {
      throw error instanceof PublishError ? error.about({ mediaIndex }) : error;
    }
  };
}

function processingFailed(said: string): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'facebook.processing_failed',
    message: `Facebook could not work up the video: ${said === '' ? 'it does not say why' : said}`,
    remedy: 'Convert the file, and publish the post again.',
  });
}
