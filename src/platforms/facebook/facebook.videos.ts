import { Injectable } from '@nestjs/common';
import { HttpClient, type ByteSource } from '../../common/http/index.js';
import { bodyOf, flagAt, numberAt, recordAt, textAt } from '../core/index.js';
import { wordAt, type GraphAccess, type Listing } from '../families/meta/index.js';
import { expect, failureOf } from './facebook.answers.js';
import { FacebookGraph, type GraphParams } from './facebook.graph.js';
import { readPosts, type FacebookPost } from './facebook.posts.js';

/** A type, not an interface, because it is stored in the ledger. */
export type UploadSession = { readonly videoId: string; readonly sessionId: string } & UploadWindow;

/** What Facebook wants next; nothing more when both are equal. */
export type UploadWindow = { readonly start: number; readonly end: number };

/** What has become of a video. */
export interface VideoState {
  /** Bytes that have arrived. */
  readonly received: number;
  readonly uploading: string;
  readonly processing: string;
  readonly publishing: string;
  readonly published: boolean;
  /** In Facebook's words; null: nothing went wrong. */
  readonly problem: string | null;
  readonly postId: string | null;
  readonly permalink: string | null;
}

export type UprightKind = 'video_reels' | 'video_stories';

const transferTimeoutMs = 10 * 60_000;

/** Videos of the feed, reels and stories. Every method is one call. */
@Injectable()
export class FacebookVideos {
  constructor(
    private readonly http: HttpClient,
    private readonly graph: FacebookGraph,
  ) {}

  /** A video of the feed begins. */
  async start(access: GraphAccess, pageId: string, bytes: number): Promise<UploadSession> {
    const params = { upload_phase: 'start', file_size: String(bytes) };
    const body = await this.phase('startVideo', access, pageId, params);
    const videoId = expect(wordAt(body, 'video_id'), 'startVideo');
    const sessionId = expect(wordAt(body, 'upload_session_id'), 'startVideo');
    return { videoId, sessionId, ...expect(windowOf(body), 'startVideo') };
  }

  /** Sends what Facebook asked for and learns what it wants next, also where it wants another piece. */
  async transfer(
    access: GraphAccess,
    pageId: string,
    piece: { readonly sessionId: string; readonly start: number; readonly source: ByteSource },
  ): Promise<UploadWindow> {
    const answer = await this.graph.send(access, {
      host: 'VIDEO',
      method: 'POST',
      path: `${pageId}/videos`,
      params: {
        upload_phase: 'transfer',
        upload_session_id: piece.sessionId,
        start_offset: String(piece.start),
      },
      file: {
        name: 'video_file_chunk',
        filename: 'chunk',
        contentType: 'application/octet-stream',
        source: piece.source,
      },
      timeoutMs: transferTimeoutMs,
    });
    const body = bodyOf(answer);
    if (answer.status >= 200 && answer.status < 300) return expect(windowOf(body), 'transferVideo');
    const failure = failureOf(answer, 'transferVideo');
    const wanted =
      failure.code === 'facebook.transfer_offset' ? windowOf(recordAt(body, 'error', 'error_data')) : null;
    if (wanted === null) throw failure;
    return wanted;
  }

  /** Visible, some time later. */
  async finish(access: GraphAccess, pageId: string, sessionId: string, params: GraphParams): Promise<void> {
    const all = { ...params, upload_phase: 'finish', upload_session_id: sessionId, published: 'true' };
    await this.phase('finishVideo', access, pageId, all);
  }

  /** A reel or the video of a story begins. Answers its id. */
  async startUpright(access: GraphAccess, pageId: string, kind: UprightKind): Promise<string> {
    const call = { method: 'POST', path: `${pageId}/${kind}`, params: { upload_phase: 'start' } } as const;
    return expect(wordAt(await this.graph.call('startReel', access, call), 'video_id'), 'startReel');
  }

  /** The file from `offset` on, to a host of its own. */
  async sendBytes(
    access: GraphAccess,
    videoId: string,
    {
      source,
      offset,
      total,
    }: { readonly source: ByteSource; readonly offset: number; readonly total: number },
  ): Promise<void> {
    const base = this.graph.host('RUPLOAD');
    const answer = await this.http.send({
      method: 'POST',
      url: `${base}/video-upload/${this.graph.version}/${videoId}`,
      headers: { authorization: `OAuth ${access.token}`, offset: String(offset), file_size: String(total) },
      body: { kind: 'stream', source, contentType: 'application/octet-stream' },
      timeoutMs: transferTimeoutMs,
      hosts: [base],
    });
    if (answer.status < 200 || answer.status > 299) throw failureOf(answer, 'sendBytes');
  }

  /** Visible, some time later. Answers the id of the post where Facebook says it. */
  async finishUpright(
    access: GraphAccess,
    pageId: string,
    kind: UprightKind,
    params: GraphParams,
  ): Promise<string | null> {
    const call = {
      method: 'POST',
      path: `${pageId}/${kind}`,
      params: { ...params, upload_phase: 'finish' },
    } as const;
    return wordAt(await this.graph.call('finishReel', access, call), 'post_id');
  }

  async state(access: GraphAccess, videoId: string): Promise<VideoState> {
    const params = { fields: 'status,published,permalink_url,post_id' };
    const body = await this.graph.call('video', access, { method: 'GET', path: videoId, params });
    return readState(body);
  }

  /** Reels of the page since then. */
  async reels(
    access: GraphAccess,
    pageId: string,
    { since, after }: { readonly since: Date; readonly after: string | null },
  ): Promise<Listing<FacebookPost>> {
    const params = {
      fields: 'id,description,created_time,permalink_url',
      since: String(Math.floor(since.getTime() / 1000)),
      limit: '100',
      ...(after === null ? {} : { after }),
    };
    const call = { method: 'GET', path: `${pageId}/video_reels`, params } as const;
    return expect(readPosts(await this.graph.call('reels', access, call)), 'reels');
  }

  private phase(
    operation: string,
    access: GraphAccess,
    pageId: string,
    params: GraphParams,
  ): Promise<unknown> {
    const call = { host: 'VIDEO', method: 'POST', path: `${pageId}/videos`, params } as const;
    return this.graph.call(operation, access, call);
  }
}

function windowOf(body: unknown): UploadWindow | null {
  const [start, end] = ['start_offset', 'end_offset'].map((name) => Number(wordAt(body, name) ?? Number.NaN));
  if (!isOffset(start) || !isOffset(end)) return null;
  return { start, end };
}

function isOffset(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0;
}

/** The words of the phases vary: `complete` and `completed`. */
function readState(body: unknown): VideoState {
  const status = recordAt(body, 'status');
  const word = (phase: string): string =>
    (textAt(status, phase, 'status') ?? 'not_started').replace(/^completed$/, 'complete');
  const video = textAt(status, 'video_status') ?? '';
  const publishing = textAt(status, 'publishing_phase', 'publish_status') ?? '';
  const failed = ['upload_failed', 'error', 'expired'].includes(video) || publishing === 'error';
  const said = textAt(status, 'processing_phase', 'error', 'message');
  return {
    received: numberAt(status, 'uploading_phase', 'bytes_transfered') ?? 0,
    uploading: word('uploading_phase'),
    processing: word('processing_phase'),
    publishing: word('publishing_phase'),
    published: publishing === 'published' || (video === 'ready' && flagAt(body, 'published') === true),
    problem: failed || word('processing_phase') === 'error' ? (said ?? video) : null,
    postId: wordAt(body, 'post_id'),
    permalink: textAt(body, 'permalink_url'),
  };
}
