import { Injectable } from '@nestjs/common';
import { sliceOf, type ByteRange, type ByteSource } from '../../common/http/index.js';
import { PublishError, type CommitResult, type MediaItem, type PublishContext } from '../core/index.js';
import type { YoutubeVideo } from './youtube.answers.js';
import { ending, YoutubeSessions } from './youtube.sessions.js';
import { readYoutubeSettings } from './youtube.settings.js';
import { metadataOf, permalinkOf } from './youtube.video.js';

/** Every piece but the last has a multiple of it. */
export const pieceUnit = 256 * 1024;
const pieceBytes = 32 * pieceUnit;
/** Shorter than the wait before any retry, which has to ask anew. */
const stateValidForMs = 10_000;
const mostSessions = 5;
/** What is remembered of a session that has ended. */
const gone = -1;

/** Name of the step that remembers the address of the nth session. */
export function sessionKey(no: number): string {
  return `session:${no}`;
}

/** Where the piece that ends the file begins: it is so small that a session keeps it as a whole or not at all. */
export function lastPieceAt(total: number, received: number): number {
  return received + Math.floor((total - 1 - received) / pieceUnit) * pieceUnit;
}

/**
 * Brings a video to YouTube. Everything but the last piece is steps: a run that takes over goes on behind what YouTube has. The last
 * piece is the commit, and the same request whichever session takes it.
 */
@Injectable()
export class YoutubeUploader {
  constructor(private readonly sessions: YoutubeSessions) {}

  async upload(ctx: PublishContext, item: MediaItem): Promise<CommitResult> {
    for (let no = 0; no < mostSessions; no += 1) {
      const session = await this.open(ctx, item, no);
      const received = await this.untilLastPiece(ctx, item, { ...session, no });
      if (received !== gone) return this.finish(ctx, item, { url: session.url, first: received });
    }
    throw sessionsLost();
  }

  private async open(
    ctx: PublishContext,
    { bytes, mimeType }: MediaItem,
    no: number,
  ): Promise<{ readonly url: string; readonly isNew: boolean }> {
    let isNew = false;
    const url = await ctx.step(
      sessionKey(no),
      async () => {
        isNew = true;
        const { notifySubscribers } = readYoutubeSettings(ctx.content.settings);
        const upload = { metadata: metadataOf(ctx.content), bytes, mimeType, notifySubscribers };
        return this.sessions.open(await tokenOf(ctx), upload);
      },
      { secret: true },
    );
    return { url, isNew };
  }

  /** Answers where the last piece begins, or that the session has ended. */
  private async untilLastPiece(
    ctx: PublishContext,
    item: MediaItem,
    { url, isNew, no }: { readonly url: string; readonly isNew: boolean; readonly no: number },
  ): Promise<number> {
    const total = item.bytes;
    // What a run before this one has sent may not be what it has recorded.
    let received = isNew
      ? 0
      : await ctx.step(`at:${no}`, () => this.stateOf(ctx, url, total), { validForMs: stateValidForMs });
    if (received > lastPieceAt(total, 0)) return gone;
    while (received !== gone && received < lastPieceAt(total, received)) {
      const first = received;
      const last = Math.min(first + pieceBytes, lastPieceAt(total, first)) - 1;
      received = await ctx.step(`piece:${no}:${first}`, () =>
        this.send(ctx, item, { url, range: { first, last } }),
      );
    }
    return received;
  }

  private async stateOf(ctx: PublishContext, url: string, total: number): Promise<number> {
    try {
      const { video, received } = await this.sessions.probe(await tokenOf(ctx), url, total);
      if (video === null && received >= total) throw ending();
      // Its last piece may be sent again: a session makes one video, and answers with it.
      return video === null ? received : lastPieceAt(total, 0);
    } catch (error) {
      return goneOr(error);
    }
  }

  private async send(
    ctx: PublishContext,
    item: MediaItem,
    { url, range }: { readonly url: string; readonly range: ByteRange },
  ): Promise<number> {
    const source = sliceOf(ctx.media(item), range);
    const body = { kind: 'stream', source, contentType: item.mimeType } as const;
    try {
      const piece = { ...range, total: item.bytes, body };
      const { video, received } = await this.sessions.send(await tokenOf(ctx), url, piece);
      if (video !== null) return lastPieceAt(item.bytes, 0);
      if (received <= range.first) throw nothingKept();
      return received;
    } catch (error) {
      return goneOr(error);
    }
  }

  private async finish(
    ctx: PublishContext,
    item: MediaItem,
    { url, first }: { readonly url: string; readonly first: number },
  ): Promise<CommitResult> {
    const last = item.bytes - 1;
    const bytes = await bytesOf(ctx.media(item), { first, last });
    const piece = {
      first,
      last,
      total: item.bytes,
      body: { kind: 'raw', bytes, contentType: item.mimeType },
    } as const;
    return ctx.commit('part:0', async () =>
      resultOf(await this.sessions.finish(await tokenOf(ctx), url, piece)),
    );
  }
}

export function resultOf({ id, privacy }: YoutubeVideo): CommitResult {
  return { platformPostId: id, permalink: permalinkOf(id), details: { privacy } };
}

async function bytesOf(source: ByteSource, range: ByteRange): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await source.open(range)) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

async function tokenOf(ctx: PublishContext): Promise<string> {
  const { values } = await ctx.credentials();
  return values['accessToken'] ?? '';
}

export function isGone(error: unknown): boolean {
  return error instanceof PublishError && error.code === 'youtube.session_gone';
}

function goneOr(error: unknown): number {
  if (isGone(error)) return gone;
  throw error;
}

function nothingKept(): PublishError {
  return new PublishError({
    kind: 'transient',
    code: 'youtube.nothing_kept',
    message: 'YouTube has kept nothing of what was sent.',
    remedy: 'Nothing to do: Fanfare tries again.',
    provesNothingCreated: true,
  });
}

function sessionsLost(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'youtube.sessions_lost',
    source: 'platform',
    message: `YouTube has lost the upload ${mostSessions} times.`,
    remedy: 'Retry the publication later.',
  });
}
