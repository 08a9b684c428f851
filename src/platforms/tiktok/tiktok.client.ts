import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { HttpClient, type ByteSource, type HttpAnswer } from '../../common/http/index.js';
import type { JsonObject } from '../core/index.js';
import {
  dataOf,
  failureOf,
  readCreator,
  readPage,
  readProfile,
  readPublishId,
  readSession,
  readStatus,
  unreadable,
  type CreatorInfo,
  type PublishStatus,
  type TiktokProfile,
  type TiktokVideo,
  type UploadSession,
  type VideoPage,
} from './tiktok.answers.js';

/** A piece of a video on its way. */
export interface Piece {
  readonly source: ByteSource;
  readonly mimeType: string;
  /** Of its first byte in the file. */
  readonly offset: number;
  /** Bytes of the whole file. */
  readonly total: number;
}

const uploadTimeoutMs = 10 * 60_000;
const profileFields = ['open_id', 'avatar_url', 'display_name'];
const videoFields = [
  ...['id', 'title', 'video_description', 'create_time', 'share_url'],
  ...['view_count', 'like_count', 'comment_count', 'share_count'],
].join(',');

/** The Content Posting API and the Display API of TikTok. Every method is one call; paths end in a slash. */
@Injectable()
export class TiktokClient {
  constructor(
    private readonly http: HttpClient,
    private readonly config: AppConfig,
  ) {}

  /** @param withUsername needs the scope user.info.profile. */
  async profile(token: string, withUsername: boolean): Promise<TiktokProfile> {
    const fields = [...profileFields, ...(withUsername ? ['username'] : [])].join(',');
    const answer = await this.send(token, 'GET', `/v2/user/info/?fields=${encodeURIComponent(fields)}`);
    return this.read(answer, 'profile', readProfile);
  }

  /** What the account may do right now. */
  async creatorInfo(token: string): Promise<CreatorInfo> {
    const answer = await this.send(token, 'POST', '/v2/post/publish/creator_info/query/');
    return this.read(answer, 'creatorInfo', readCreator);
  }

  async initVideo(token: string, body: JsonObject): Promise<UploadSession> {
    const answer = await this.send(token, 'POST', '/v2/post/publish/video/init/', body);
    return this.read(answer, 'initVideo', readSession);
  }

  async initVideoDraft(token: string, body: JsonObject): Promise<UploadSession> {
    const answer = await this.send(token, 'POST', '/v2/post/publish/inbox/video/init/', body);
    return this.read(answer, 'initVideoDraft', readSession);
  }

  /** Visible, some time later. Answers the publish id. */
  async initPhotos(token: string, body: JsonObject): Promise<string> {
    const answer = await this.send(token, 'POST', '/v2/post/publish/content/init/', body);
    return this.read(answer, 'initPhotos', readPublishId);
  }

  /** Bytes that TikTok has now. With the last of them the post is begun: visible, some time later. */
  async upload(uploadUrl: string, { source, mimeType, offset, total }: Piece): Promise<number> {
    const end = offset + source.bytes;
    const answer = await this.http.send({
      method: 'PUT',
      url: uploadUrl,
      headers: { 'content-range': `bytes ${offset}-${end - 1}/${total}` },
      body: { kind: 'stream', source, contentType: mimeType },
      timeoutMs: uploadTimeoutMs,
      // Whoever has the address may send. Each try has another one, and is the same request without it.
      redact: (text) => text.replaceAll(secretOf(uploadUrl), '/***'),
    });
    if (answer.status === 201) return total;
    if (answer.status === 206) return end;
    const stored = answer.status === 416 ? storedBytes(answer) : 0;
    if (end < total && stored >= end) return stored;
    throw failureOf(answer, 'upload');
  }

  async status(token: string, publishId: string): Promise<PublishStatus> {
    const body = { publish_id: publishId };
    const answer = await this.send(token, 'POST', '/v2/post/publish/status/fetch/', body);
    return this.read(answer, 'status', readStatus);
  }

  /** Public posts, the newest first; `cursor` is a time in milliseconds. */
  async listVideos(token: string, cursor: number | null): Promise<VideoPage> {
    const body = { max_count: 20, ...(cursor === null ? {} : { cursor }) };
    const answer = await this.send(token, 'POST', `/v2/video/list/?fields=${videoFields}`, body);
    return this.read(answer, 'listVideos', readPage);
  }

  /** Null: there is no such public post. */
  async video(token: string, id: string): Promise<TiktokVideo | null> {
    const body = { filters: { video_ids: [id] } };
    const answer = await this.send(token, 'POST', `/v2/video/query/?fields=${videoFields}`, body);
    const { videos } = this.read(answer, 'videos', readPage);
    return videos.find((video) => video.id === id) ?? null;
  }

  private send(token: string, method: 'GET' | 'POST', path: string, value?: JsonObject): Promise<HttpAnswer> {
    const base = this.config.platform('tiktok').hosts['API'] ?? '';
    return this.http.send({
      method,
      url: `${base}${path}`,
      headers: { authorization: `Bearer ${token}` },
      ...(value === undefined ? {} : { body: { kind: 'json', value } }),
      hosts: [base],
    });
  }

  private read<T>(answer: HttpAnswer, operation: string, read: (data: unknown) => T | null): T {
    const data = dataOf(answer);
    if (data === null) throw failureOf(answer, operation);
    const value = read(data);
    if (value === null) throw unreadable(operation);
    return value;
  }
}

function secretOf(uploadUrl: string): string {
  const { pathname, search } = new URL(uploadUrl);
  return `${pathname}${search}`;
}

/** `bytes 0-{uploaded}/{total}`, of which nobody says whether the last byte is meant or their number. */
function storedBytes({ headers }: HttpAnswer): number {
  const [, last] = /^bytes 0-(\d+)\/\d+$/.exec(headers['content-range'] ?? '') ?? [];
  return last === undefined ? 0 : Number(last) + 1;
}
