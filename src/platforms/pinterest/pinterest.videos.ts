import { Injectable } from '@nestjs/common';
import type { MediaItem, PublishContext } from '../core/index.js';
import { PinterestClient } from './pinterest.client.js';
import { tokenOf } from './pinterest.token.js';

const validForMs = 12 * 60 * 60_000;
const looksMs = [5_000, 10_000, 15_000, 20_000];
const giveUpAfterMs = 15 * 60_000;

/** Brings a video to Pinterest. Nothing of it is visible. */
@Injectable()
export class PinterestVideos {
  constructor(private readonly client: PinterestClient) {}

  /** Id of the video, ready to be pinned. */
  async upload(ctx: PublishContext, item: MediaItem): Promise<string> {
    // One step: the permission of the first call is short-lived, and a second upload does no harm.
    const send = async (): Promise<string> => {
      const target = await this.client.registerVideo(await tokenOf(ctx));
      const { mimeType, fileName } = item;
      await this.client.uploadVideo(target, { source: ctx.media(item), mimeType, fileName });
      return target.mediaId;
    };
    const mediaId = await ctx.step('video', send, { validForMs });
    const look = async () => {
      const isReady = await this.client.isReady(await tokenOf(ctx), mediaId);
      return isReady ? ({ ready: true, value: true } as const) : ({ ready: false } as const);
    };
    await ctx.waitFor(`ready:${mediaId}`, look, { delaysMs: looksMs, giveUpAfterMs });
    return mediaId;
  }
}
