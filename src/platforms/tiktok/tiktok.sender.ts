import { Injectable } from '@nestjs/common';
import type { ByteSource } from '../../common/http/index.js';
import { PublishError, type CommitResult, type MediaItem, type PublishContext } from '../core/index.js';
import type { UploadSession } from './tiktok.answers.js';
import { peek, publishKey, sessionKey, triedKey } from './tiktok.attempts.js';
import { draftBody, photoBody, videoBody } from './tiktok.bodies.js';
import { hashOf, pieceOf, planChunks, type Chunk, type ChunkPlan } from './tiktok.chunks.js';
import { TiktokClient } from './tiktok.client.js';
import { failureOfStatus, maySendAgain } from './tiktok.failures.js';
import { stillProcessing, TiktokLookup } from './tiktok.lookup.js';
import { readTiktokSettings } from './tiktok.settings.js';
import { tokenOf } from './tiktok.token.js';

/** The address for bytes lives for an hour. */
const sessionValidForMs = 50 * 60_000;
/** Photos are fetched within an hour; a cap may keep the post waiting for a day before that. */
const photosReachableForMs = 3 * 24 * 60 * 60_000;

/**
 * Brings a post to TikTok. Its answer to the last byte, or to the photos, only says that it has them: whether there is a post is
 * told by the status, so that the call stays open until a look has found it or has seen it fail.
 */
@Injectable()
export class TiktokSender {
  constructor(
    private readonly client: TiktokClient,
    private readonly lookup: TiktokLookup,
  ) {}

  async video(ctx: PublishContext, item: MediaItem): Promise<CommitResult> {
    const plan = planChunks(item.bytes);
    for (let no = 0; ; no += 1) {
      const begin = about(async () => this.begin(ctx, item, plan));
      const session = await ctx.step(sessionKey(no), begin, { validForMs: sessionValidForMs, secret: true });
      const { publishId } = session;
      if (await this.isUsedUp(ctx, triedKey(publishId), publishId)) continue;
      const source = ctx.media(item);
      for (const chunk of plan.chunks.slice(0, -1)) {
        const send = about(async () => this.client.upload(session.uploadUrl, pieceFor(source, chunk, item)));
        await ctx.step(`chunk:${publishId}:${chunk.offset}`, send);
      }
      return this.finish(ctx, item, { session, source, last: plan.chunks.at(-1) });
    }
  }

  async photos(ctx: PublishContext): Promise<CommitResult> {
    const addresses = async (): Promise<string[]> => {
      const options = { validForMs: photosReachableForMs };
      return Promise.all(ctx.content.media.map((item) => ctx.mediaUrl(item, options)));
    };
    const urls = await ctx.step('urls', addresses, { secret: true });
    const body = photoBody(ctx.content, urls);
    for (let no = 0; ; no += 1) {
      const publishId = await peek(ctx, publishKey(no));
      if (publishId !== null) {
        // Whoever comes here may send again: each call gets an id of its own, under a name of its own.
        await this.isUsedUp(ctx, triedKey(String(no)), publishId);
        continue;
      }
      return this.conclude(ctx, async () => {
        await ctx.step(triedKey(String(no)), () => Promise.resolve('photos'));
        const made = await this.client.initPhotos(await tokenOf(ctx), body);
        await ctx.step(publishKey(no), () => Promise.resolve(made));
      });
    }
  }

  private async begin(ctx: PublishContext, item: MediaItem, plan: ChunkPlan): Promise<UploadSession> {
    const token = await tokenOf(ctx);
    return readTiktokSettings(ctx.content.settings).isDraft
      ? this.client.initVideoDraft(token, draftBody(item, plan))
      : this.client.initVideo(token, videoBody(ctx.content, item, plan));
  }

  /** The last piece, hashed before: what is recorded is what is sent. */
  private async finish(
    ctx: PublishContext,
    item: MediaItem,
    { session, source, last }: { session: UploadSession; source: ByteSource; last: Chunk | undefined },
  ): Promise<CommitResult> {
    const chunk = last ?? { offset: 0, bytes: item.bytes };
    const piece = pieceFor(source, chunk, item);
    const sha256 = await ctx.step(`hash:${chunk.offset}`, () => hashOf(piece.source));
    return this.conclude(ctx, async () => {
      await ctx.step(triedKey(session.publishId), () => Promise.resolve('video'));
      await this.client.upload(session.uploadUrl, { ...piece, source: { ...piece.source, sha256 } });
    });
  }

  /** Only a look ends the commit as done. */
  private conclude(ctx: PublishContext, send: () => Promise<void>): Promise<CommitResult> {
    const sent = about(async () => {
      await send();
      throw stillProcessing();
    });
    return ctx.commit('part:0', sent);
  }

  /** Whether this upload was sent before, and is not known any more or has failed in a way that lets the post be sent again. */
  private async isUsedUp(ctx: PublishContext, tried: string, publishId: string): Promise<boolean> {
    if ((await peek(ctx, tried)) === null) return false;
    const state = await this.lookup.statusOf(ctx, publishId);
    if (state === null) return true;
    if (state.status !== 'FAILED') return false;
    const failure = failureOfStatus(state.failReason);
    if (!maySendAgain(failure)) throw failure;
    return true;
  }
}

function pieceFor(source: ByteSource, chunk: Chunk, { mimeType, bytes }: MediaItem) {
  return { source: pieceOf(source, chunk), mimeType, offset: chunk.offset, total: bytes };
}

/** Says of a failure that it is about the file. */
function about<T>(work: () => Promise<T>): () => Promise<T> {
  return async () => {
    try {
      return await work();
    } catch (error) {
      throw error instanceof PublishError ? error.about({ mediaIndex: 0 }) : error;
    }
  };
}
