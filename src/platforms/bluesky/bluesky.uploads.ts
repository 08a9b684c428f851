import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import {
  PublishError,
  type FailureItem,
  type JsonObject,
  type MediaItem,
  type PublishContext,
  type WaitOptions,
  type WaitResult,
} from '../core/index.js';
import { readBlob, videoFailure } from './bluesky.answers.js';
import { BlueskyClient, type BlueskyAccess } from './bluesky.client.js';
import { BlueskyHosts } from './bluesky.hosts.js';
import type { UploadedMedia } from './bluesky.embed.js';
import { mediaOf } from './bluesky.record.js';

/** Blobs that no record names are collected after an hour at the earliest; the same bytes give the same blob again. */
const blobValidForMs = 45 * 60_000;
/** The longest that a service token may live; the video service still needs it when it has encoded. */
const serviceTokenMs = 29 * 60_000;
const encoding: WaitOptions = {
  delaysMs: [2_000, 3_000, 5_000, 10_000, 15_000, 30_000],
  giveUpAfterMs: 20 * 60_000,
};
const videoRounds = 3;

interface Slot {
  readonly item: MediaItem;
  readonly part: number;
  readonly index: number;
}

/** Brings the media of a post to the account's server before anything becomes visible. */
@Injectable()
export class BlueskyUploads {
  constructor(
    private readonly client: BlueskyClient,
    private readonly hosts: BlueskyHosts,
    private readonly clock: Clock,
  ) {}

  async uploadPart(ctx: PublishContext, part: number): Promise<UploadedMedia[]> {
    const items = mediaOf(ctx.content, part);
    const uploaded: UploadedMedia[] = [];
    for (const [index, item] of items.entries()) {
      const slot = { item, part, index };
      const blob = await (item.kind === 'video' ? this.video(ctx, slot) : this.image(ctx, slot));
      uploaded.push({ item, blob });
    }
    return uploaded;
  }

  private image(ctx: PublishContext, { item, part, index }: Slot): Promise<JsonObject> {
    return ctx.step(
      `blob:${part}:${index}`,
      about({ threadPart: part, mediaIndex: index }, async () =>
        this.client.uploadBlob(await this.access(ctx), ctx.media(item), item.mimeType),
      ),
      { validForMs: blobValidForMs },
    );
  }

  /** A job that failed at the service can't be taken up again, so the upload itself has rounds. */
  private async video(ctx: PublishContext, slot: Slot): Promise<JsonObject> {
    const item = { threadPart: slot.part, mediaIndex: slot.index };
    for (let round = 0; round < videoRounds; round += 1) {
      const key = `${slot.part}:${slot.index}:${round}`;
      const jobId = await ctx.step(
        `video:${key}`,
        about(item, () => this.uploadVideo(ctx, slot)),
      );
      const look = about(item, () => this.lookAtJob(jobId));
      const encoded = await ctx.waitFor(`encoded:${key}`, look, encoding);
      const blob = readBlob(encoded['blob']);
      if (blob !== null) return blob;
    }
    throw new PublishError({
      kind: 'content_refused',
      code: 'bluesky.video_service_failed',
      message: `The video service of Bluesky failed ${videoRounds} times with this video.`,
      remedy: 'Try the post again later.',
      source: 'platform',
      item: { threadPart: slot.part, mediaIndex: slot.index },
    });
  }

  private async uploadVideo(ctx: PublishContext, { item }: Slot): Promise<string> {
    const token = await this.client.getServiceAuth(await this.access(ctx), {
      audience: this.hosts.pdsDid(ctx.account),
      method: 'com.atproto.repo.uploadBlob',
      expiresAt: new Date(this.clock.now().getTime() + serviceTokenMs),
    });
    const source = ctx.media(item);
    const video = { did: ctx.account.externalId, name: `${item.sha256}.mp4`, source };
    const job = await this.client.uploadVideo({ base: this.hosts.video, token }, video);
    return job.jobId;
  }

  /** Ready with the blob, or ready without one when the service itself failed and a new round may help. */
  private async lookAtJob(jobId: string): Promise<WaitResult<JsonObject>> {
    const job = await this.client.getJobStatus(this.hosts.video, jobId);
    if (job.state === 'working') return { ready: false };
    if (job.state === 'ready') return { ready: true, value: { blob: job.blob } };
    const failure = videoFailure(job);
    if (failure.kind !== 'transient') throw failure;
    return { ready: true, value: { failureCode: job.failureCode } };
  }

  private async access(ctx: PublishContext): Promise<BlueskyAccess> {
    const { values } = await ctx.credentials();
    return { base: this.hosts.pds(ctx.account), token: values['accessJwt'] ?? '' };
  }
}

/** Lets failures name the part and the medium that they are about. */
export function about<T>(item: FailureItem, fn: () => Promise<T>): () => Promise<T> {
  return async () => {
    try {
      return await fn();
    } catch (error) {
      throw error instanceof PublishError ? error.about(item) : error;
    }
  };
}
