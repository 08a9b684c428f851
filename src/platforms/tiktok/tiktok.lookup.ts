import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { PublishError, type OpenCommit, type ReconcileContext, type ReconcileResult } from '../core/index.js';
import type { PublishStatus, TiktokVideo } from './tiktok.answers.js';
import { openPublishId } from './tiktok.attempts.js';
import { tiktokCapabilities } from './tiktok.capabilities.js';
import { TiktokClient } from './tiktok.client.js';
import { permalinkOf } from './tiktok.permalink.js';
import { readTiktokSettings } from './tiktok.settings.js';
import { captionOf, showsPhotos } from './tiktok.text.js';
import { tokenOf } from './tiktok.token.js';

/** 20 posts a page; an account may post 15 times a day. */
const maxPages = 10;
/** How long a public post may be missing in the list. */
const listedAfterMs = 10 * 60_000;
/** Of title and description TikTok lists so many characters. */
const listedCharacters = 150;

/** Finds out what TikTok has made of a post: by its publish id, which alone can tell, else among the public posts. */
@Injectable()
export class TiktokLookup {
  constructor(
    private readonly client: TiktokClient,
    private readonly clock: Clock,
  ) {}

  async look(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    const publishId = await openPublishId(ctx, showsPhotos(ctx.content));
    if (publishId === null) return this.lookAround(ctx, commit);
    const status = await this.statusOf(ctx, publishId);
    if (status === null) return { verdict: 'absent', evidence: { publishId, known: false } };
    return verdictOf(ctx, publishId, status);
  }

  /** Null: TikTok knows no such upload. */
  async statusOf(
    ctx: Pick<ReconcileContext, 'credentials'>,
    publishId: string,
  ): Promise<PublishStatus | null> {
    try {
      return await this.client.status(await tokenOf(ctx), publishId);
    } catch (error) {
      if (error instanceof PublishError && error.code === 'tiktok.publish_unknown') return null;
      throw error;
    }
  }

  /** The answer with the id was lost: only public posts are listed, so that nothing here proves that there is none. */
  private async lookAround(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    const { privacyLevel, isDraft } = readTiktokSettings(ctx.content.settings);
    if (isDraft || privacyLevel !== 'PUBLIC_TO_EVERYONE') {
      return cannotTell('TikTok lists public posts only, and the answer with the id of this one was lost.');
    }
    const since = commit.firstStartedAt.getTime() - tiktokCapabilities.reconcile.clockToleranceMs;
    for (const video of await this.videosSince(ctx, since)) {
      const { id, shareUrl } = video;
      const permalink = permalinkOf(shareUrl, { username: null, id, photos: true });
      // Others own it by the id of their upload, and by this address.
      if (!saysSame(video, ctx) || (await ctx.isTaken(id, permalink))) continue;
      const result = { platformPostId: id, permalink, details: { postId: id } };
      return { verdict: 'found', result, evidence: { mark: 'caption', createdAt: video.createdAt } };
    }
    if (this.clock.now().getTime() < commit.deadlineAt.getTime() + listedAfterMs) throw stillProcessing();
    return cannotTell('No public post of the account has this text, and TikTok gave no id for it.');
  }

  private async videosSince(ctx: ReconcileContext, since: number): Promise<TiktokVideo[]> {
    const found: TiktokVideo[] = [];
    let cursor: number | null = null;
    for (let pages = 0; pages < maxPages; pages += 1) {
      const { videos, next } = await this.client.listVideos(await tokenOf(ctx), cursor);
      found.push(...videos.filter(({ createdAt }) => createdAt >= since));
      if (next === null || videos.some(({ createdAt }) => createdAt < since)) return found;
      cursor = next;
    }
    return found;
  }
}

/** TikTok has it and says later what became of it. */
export function stillProcessing(): PublishError {
  return new PublishError({
    kind: 'outcome_unknown',
    code: 'tiktok.processing',
    message: 'TikTok has taken the post, and works on it before it decides.',
    remedy: 'Nothing to do: Fanfare asks again until TikTok has decided.',
    outage: false,
  });
}

function verdictOf(ctx: ReconcileContext, publishId: string, status: PublishStatus): ReconcileResult {
  const { uploadedBytes, failReason } = status;
  switch (status.status) {
    case 'PUBLISH_COMPLETE':
    case 'SEND_TO_USER_INBOX': {
      const result = { platformPostId: publishId, permalink: null };
      return { verdict: 'found', result, evidence: { mark: 'publish_id', status: status.status } };
    }
    case 'FAILED':
      return { verdict: 'absent', evidence: { publishId, failReason } };
    case 'PROCESSING_UPLOAD': {
      const total = ctx.content.media[0]?.bytes ?? 0;
      if (uploadedBytes === null || uploadedBytes >= total) throw stillProcessing();
      return { verdict: 'absent', evidence: { publishId, uploadedBytes, total } };
    }
    default:
      throw stillProcessing();
  }
}

function saysSame({ words }: TiktokVideo, { content }: ReconcileContext): boolean {
  const { title } = readTiktokSettings(content.settings);
  const wanted = [captionOf(content), title ?? ''].filter((text) => text.trim() !== '').map(listed);
  return wanted.length > 0 && wanted.every((text) => words.some((word) => listed(word) === text));
}

function listed(text: string): string {
  return [...text.trim()].slice(0, listedCharacters).join('').trim();
}

function cannotTell(reason: string): ReconcileResult {
  return { verdict: 'cannot_tell', reason };
}
