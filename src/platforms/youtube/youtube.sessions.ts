import { Injectable } from '@nestjs/common';
import type { OutboundBody } from '../../common/http/index.js';
import { bodyOf, PublishError, type JsonObject } from '../core/index.js';
import { expect, readVideo, receivedOf, type YoutubeVideo } from './youtube.answers.js';
import { YoutubeApi } from './youtube.api.js';

/** A session answers with how far it is, or with the video that it has made. */
export type SessionState =
  | { readonly video: YoutubeVideo; readonly received: null }
  | { readonly video: null; readonly received: number };

export interface NewUpload {
  readonly metadata: JsonObject;
  readonly bytes: number;
  readonly mimeType: string;
  readonly notifySubscribers: boolean;
}

export interface Piece {
  readonly first: number;
  readonly last: number;
  readonly total: number;
  readonly body: OutboundBody;
}

const pieceTimeoutMs = 10 * 60_000;

/** Resumable uploads: a session takes a file in pieces, and its last byte makes the video. Every method is one call. */
@Injectable()
export class YoutubeSessions {
  constructor(private readonly api: YoutubeApi) {}

  /** Counts as an upload. Answers the address of the session. */
  async open(token: string, { metadata, bytes, mimeType, notifySubscribers }: NewUpload): Promise<string> {
    const { headers } = await this.api.upload(token, {
      operation: 'openSession',
      method: 'POST',
      path: 'videos',
      query: {
        uploadType: 'resumable',
        part: 'snippet,status',
        ...(notifySubscribers ? {} : { notifySubscribers: 'false' }),
      },
      headers: { 'x-upload-content-length': String(bytes), 'x-upload-content-type': mimeType },
      body: { kind: 'json', value: metadata },
    });
    return expect(headers['location'] ?? null, 'openSession');
  }

  /** A piece that does not end the file. Answers how many bytes are there now, which may be fewer than were sent. */
  async send(token: string, session: string, piece: Piece): Promise<SessionState> {
    return this.put(token, session, { operation: 'sendPiece', piece });
  }

  /** Visible: the piece that ends the file. */
  async finish(token: string, session: string, piece: Piece): Promise<YoutubeVideo> {
    const { video, received } = await this.put(token, session, { operation: 'finishUpload', piece });
    if (video === null) throw received < piece.total ? incomplete() : ending();
    return video;
  }

  /** How far the session is. Changes nothing. */
  async probe(token: string, session: string, total: number): Promise<SessionState> {
    const answer = await this.api.put(
      token,
      { operation: 'probeSession', headers: { 'content-range': `bytes */${total}` } },
      session,
    );
    if (answer.status === 308) return { video: null, received: receivedOf(answer) };
    return { video: expect(readVideo(bodyOf(answer)), 'probeSession'), received: null };
  }

  private async put(
    token: string,
    session: string,
    { operation, piece }: { readonly operation: string; readonly piece: Piece },
  ): Promise<SessionState> {
    const { first, last, total, body } = piece;
    const headers = { 'content-range': `bytes ${first}-${last}/${total}` };
    const call = {
      operation,
      headers,
      body,
      ...(operation === 'sendPiece' ? { timeoutMs: pieceTimeoutMs } : {}),
    };
    const answer = await this.api.put(token, call, session);
    if (answer.status === 308) return { video: null, received: receivedOf(answer) };
    return { video: expect(readVideo(bodyOf(answer)), operation), received: null };
  }
}

/** Nothing is missing, and there is no video yet: it may come without another byte. */
export function ending(): PublishError {
  return new PublishError({
    kind: 'outcome_unknown',
    code: 'youtube.upload_ending',
    platformCode: '308',
    message: 'YouTube has the whole file, and has not made the video of it yet.',
    remedy: 'Nothing to do: Fanfare asks again.',
  });
}

/** YouTube says that bytes are missing, so there is no video. */
function incomplete(): PublishError {
  return new PublishError({
    kind: 'transient',
    code: 'youtube.upload_incomplete',
    platformCode: '308',
    message: 'YouTube has kept fewer bytes than were sent.',
    remedy: 'Nothing to do: Fanfare goes on with the upload where it stands.',
    provesNothingCreated: true,
  });
}
