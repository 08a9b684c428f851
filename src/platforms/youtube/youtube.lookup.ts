import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import {
  PublishError,
  readSince,
  sinceOf,
  textAt,
  type CommitResult,
  type Found,
  type OpenCommit,
  type ReconcileContext,
  type ReconcileResult,
} from '../core/index.js';
import type { YoutubeVideo } from './youtube.answers.js';
import { youtubeCapabilities } from './youtube.capabilities.js';
import { YoutubeClient } from './youtube.client.js';
import { ending, YoutubeSessions } from './youtube.sessions.js';
import { readYoutubeSettings } from './youtube.settings.js';
import { isGone, resultOf, sessionKey } from './youtube.uploader.js';
import { descriptionOf, filesOf, permalinkOf, showsSame, titleOf } from './youtube.video.js';

/** 50 entries a page: more than come between a call and the look at it. */
const maxPages = 10;
/** Comments and lists may show later what a call has done: they prove nothing before. */
const listsSettleMs = 5 * 60_000;
const mostSessions = 100;

/** Finds out what became of a call whose answer was lost. */
@Injectable()
export class YoutubeLookup {
  constructor(
    private readonly client: YoutubeClient,
    private readonly sessions: YoutubeSessions,
    private readonly clock: Clock,
  ) {}

  look(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    return commit.key === 'comment' ? this.comment(ctx, commit) : this.video(ctx, commit);
  }

  /** The session says it. Where it is gone, or forgotten, the list of all uploads does. */
  private async video(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    const session = commit.forgotten ? null : await lastSession(ctx);
    const { video: item } = filesOf(ctx.content);
    if (session === null || item === null) return this.upload(ctx, commit);
    try {
      const { video, received } = await this.sessions.probe(await tokenOf(ctx), session, item.bytes);
      if (video === null) {
        if (received >= item.bytes) throw ending();
        return { verdict: 'absent', evidence: { mark: 'session', received } };
      }
      return { verdict: 'found', result: resultOf(video), evidence: { mark: 'session' } };
    } catch (error) {
      if (!isGone(error)) throw error;
      return this.upload(ctx, commit);
    }
  }

  private async upload(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    const playlist = textAt(ctx.account.metadata, 'uploads');
    if (playlist === null)
      return { verdict: 'cannot_tell', reason: 'The channel shows no list of its uploads.' };
    const since = sinceOf(commit, youtubeCapabilities);
    let pageToken: string | null = null;
    for (let pages = 1; pages <= maxPages; pages += 1) {
      const { items, next } = await this.client.entries(await tokenOf(ctx), playlist, pageToken);
      const fresh = items.filter(({ addedAt }) => addedAt === null || addedAt.getTime() >= since);
      const found = await this.ours(
        ctx,
        since,
        fresh.map(({ videoId }) => videoId),
      );
      if (found !== null) return found;
      if (next === null || fresh.length < items.length)
        return this.absent(commit, { mark: 'uploads', pages });
      pageToken = next;
    }
    return { verdict: 'cannot_tell', reason: 'The channel has uploaded too much since the call.' };
  }

  private async ours(ctx: ReconcileContext, since: number, ids: readonly string[]): Promise<Found | null> {
    if (ids.length === 0) return null;
    const videos = await this.client.videos(await tokenOf(ctx), ids, 'snippet,status,fileDetails');
    for (const video of videos) {
      if (!isWanted(ctx, video, since) || (await ctx.isTaken(video.id))) continue;
      return {
        verdict: 'found',
        result: resultOf(video),
        evidence: { mark: 'file', bytes: video.fileBytes },
      };
    }
    return null;
  }

  private async comment(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    const video = await ctx.committed('part:0');
    if (video === undefined) return { verdict: 'cannot_tell', reason: 'The video itself is not stored.' };
    const { firstComment } = readYoutubeSettings(ctx.content.settings);
    const { candidates, complete, pages } = await readSince(ctx, {
      since: sinceOf(commit, youtubeCapabilities),
      maxPages,
      read: async (pageToken) => {
        const token = await tokenOf(ctx);
        const { items, next } = await this.client.comments(token, video.platformPostId, pageToken);
        return { items, after: next };
      },
      couldBe: ({ author, text }) => author === ctx.account.externalId && showsSame(text, firstComment ?? ''),
    });
    const [comment] = candidates;
    if (comment !== undefined) {
      const result = commentResult(comment.id, video.platformPostId);
      return { verdict: 'found', result, evidence: { mark: 'text' } };
    }
    if (complete) return this.absent(commit, { mark: 'comments', pages });
    return { verdict: 'cannot_tell', reason: 'The video has got too many comments since the call.' };
  }

  /** @throws PublishError while a list may not show everything yet: then it is looked at again. */
  private absent(commit: OpenCommit, evidence: { mark: string; pages: number }): ReconcileResult {
    const settledAt = commit.deadlineAt.getTime() + listsSettleMs;
    if (this.clock.now().getTime() >= settledAt) return { verdict: 'absent', evidence };
    throw new PublishError({
      kind: 'transient',
      code: 'youtube.list_too_young',
      message: 'The list does not show it, but may do so in some minutes.',
      remedy: 'Nothing to do: Fanfare looks again.',
    });
  }
}

export function commentResult(id: string, videoId: string): CommitResult {
  return { platformPostId: id, permalink: `${permalinkOf(videoId)}&lc=${id}` };
}

/** The one that the call may have written to. */
async function lastSession(ctx: ReconcileContext): Promise<string | null> {
  let last: string | null = null;
  for (let no = 0; no < mostSessions; no += 1) {
    const session = await ctx.remembered(sessionKey(no));
    if (typeof session !== 'string') return last;
    last = session;
  }
  return last;
}

function isWanted({ content }: ReconcileContext, video: YoutubeVideo, since: number): boolean {
  const { title, description, publishedAt, fileBytes } = video;
  if (publishedAt !== null && publishedAt.getTime() < since) return false;
  const sameFile = fileBytes === null || fileBytes === filesOf(content).video?.bytes;
  const sameWords = showsSame(title, titleOf(content)) && showsSame(description, descriptionOf(content));
  return sameFile && sameWords;
}

async function tokenOf(ctx: ReconcileContext): Promise<string> {
  const { values } = await ctx.credentials();
  return values['accessToken'] ?? '';
}
