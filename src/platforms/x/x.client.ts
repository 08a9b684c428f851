import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { AppConfig } from '../../common/config/index.js';
import {
  HttpClient,
  type ByteSource,
  type HttpAnswer,
  type MultipartPart,
  type OutboundRequest,
} from '../../common/http/index.js';
import { bodyOf, flagAt, PublishError, type JsonObject, type PostMetrics } from '../core/index.js';
import {
  failureOf,
  processingFailure,
  readMedium,
  readMetrics,
  readPage,
  readPostId,
  readProfile,
  unreadable,
  type UploadedMedium,
  type XPage,
  type XProfile,
} from './x.answers.js';

export interface XFile {
  readonly source: ByteSource;
  readonly mimeType: string;
  readonly fileName: string;
}

export type MediaCategory = 'tweet_image' | 'tweet_gif' | 'tweet_video';

type Query = Readonly<Record<string, string>>;
type Call = Pick<OutboundRequest, 'method' | 'body' | 'timeoutMs'> & { readonly path: string };

const uploadTimeoutMs = 10 * 60_000;
/** From this version on fields are asked for by their newer names. */
const newNamesSince = 167;

/** The API of X. Every method is one call. */
@Injectable()
export class XClient {
  constructor(
    private readonly http: HttpClient,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async me(token: string): Promise<XProfile> {
    const fields = 'id,name,username,profile_image_url,verified,verified_type,subscription_type,protected';
    const body = await this.get('me', token, '/2/users/me', { 'user.fields': fields });
    return expect(readProfile(body), 'me');
  }

  /** Visible. Answers the id. */
  async createPost(token: string, post: JsonObject): Promise<string> {
    const call: Call = { method: 'POST', path: '/2/tweets', body: { kind: 'json', value: post } };
    return expect(readPostId(await this.call('createPost', token, call)), 'createPost');
  }

  /** A picture as a whole. */
  async uploadImage(token: string, file: XFile): Promise<UploadedMedium> {
    const parts: MultipartPart[] = [{ name: 'media_category', value: 'tweet_image' }, partOf(file)];
    return expect(
      readMedium(await this.upload('uploadMedia', token, '/2/media/upload', parts)),
      'uploadMedia',
    );
  }

  async initializeUpload(token: string, file: XFile, category: MediaCategory): Promise<UploadedMedium> {
    const value = { media_type: file.mimeType, total_bytes: file.source.bytes, media_category: category };
    const path = '/2/media/upload/initialize';
    const body = await this.call('initializeUpload', token, {
      method: 'POST',
      path,
      body: { kind: 'json', value },
    });
    return expect(readMedium(body), 'initializeUpload');
  }

  async appendUpload(token: string, mediaId: string, segment: number, file: XFile): Promise<void> {
    const parts: MultipartPart[] = [{ name: 'segment_index', value: String(segment) }, partOf(file)];
    await this.upload('appendUpload', token, `/2/media/upload/${encodeURIComponent(mediaId)}/append`, parts);
  }

  async finalizeUpload(token: string, mediaId: string): Promise<UploadedMedium> {
    const path = `/2/media/upload/${encodeURIComponent(mediaId)}/finalize`;
    const body = await this.call('finalizeUpload', token, { method: 'POST', path });
    return ready(body, 'finalizeUpload');
  }

  /** How far the processing of a file is. */
  async mediaStatus(token: string, mediaId: string): Promise<UploadedMedium> {
    const query = { command: 'STATUS', media_id: mediaId };
    return ready(await this.get('mediaStatus', token, '/2/media/upload', query), 'mediaStatus');
  }

  async describeMedium(token: string, mediaId: string, altText: string): Promise<void> {
    const value = { id: mediaId, metadata: { alt_text: { text: altText } } };
    await this.call('describeMedium', token, {
      method: 'POST',
      path: '/2/media/metadata',
      body: { kind: 'json', value },
    });
  }

  /** Own posts since a time, replies included, the newest first. */
  async ownPosts(
    token: string,
    page: { readonly userId: string; readonly since: Date; readonly after: string | null },
  ): Promise<XPage> {
    const query = {
      max_results: '100',
      start_time: `${page.since.toISOString().slice(0, 19)}Z`,
      exclude: 'retweets',
      ...this.fields([
        ...['created_at', 'text', 'entities', 'attachments', 'conversation_id'],
        ...(this.asksByNewNames() ? ['referenced_posts', 'note_post'] : ['referenced_tweets', 'note_tweet']),
      ]),
      ...(page.after === null ? {} : { pagination_token: page.after }),
    };
    const path = `/2/users/${encodeURIComponent(page.userId)}/tweets`;
    return expect(readPage(await this.get('ownPosts', token, path, query)), 'ownPosts');
  }

  async metrics(token: string, id: string): Promise<PostMetrics['values']> {
    const query = { ids: id, ...this.fields(['public_metrics']) };
    const values = readMetrics(await this.get('metrics', token, '/2/tweets', query));
    if (values === null) throw gone();
    return values;
  }

  /** What is gone already counts as deleted. */
  async deletePost(token: string, id: string): Promise<void> {
    const path = `/2/tweets/${encodeURIComponent(id)}`;
    const answer = await this.send(token, { method: 'DELETE', path });
    if (answer.status === 404) return;
    const deleted = flagAt(this.accept(answer, 'deletePost'), 'data', 'deleted');
    if (deleted !== true) throw unreadable('deletePost');
  }

  private get(operation: string, token: string, path: string, query: Query): Promise<unknown> {
    const search = new URLSearchParams(query).toString();
    return this.call(operation, token, { method: 'GET', path: `${path}?${search}` });
  }

  private upload(operation: string, token: string, path: string, parts: MultipartPart[]): Promise<unknown> {
    const body = { kind: 'multipart' as const, parts };
    return this.call(operation, token, { method: 'POST', path, body, timeoutMs: uploadTimeoutMs });
  }

  private async call(operation: string, token: string, call: Call): Promise<unknown> {
    return this.accept(await this.send(token, call), operation);
  }

  private send(token: string, { path, ...request }: Call): Promise<HttpAnswer> {
    const base = this.config.platform('x').hosts['API'] ?? '';
    const headers = { authorization: `Bearer ${token}` };
    return this.http.send({ ...request, url: `${base}${path}`, headers, hosts: [base] });
  }

  private accept(answer: HttpAnswer, operation: string): unknown {
    if (answer.status >= 200 && answer.status < 300) return bodyOf(answer);
    throw failureOf(answer, operation, this.clock.now());
  }

  private fields(names: readonly string[]): Query {
    return { [this.asksByNewNames() ? 'post.fields' : 'tweet.fields']: names.join(',') };
  }

  private asksByNewNames(): boolean {
    const [, minor = '0'] = (this.config.platform('x').apiVersion ?? '').split('.');
    return Number(minor) >= newNamesSince;
  }
}

function partOf({ source, mimeType, fileName }: XFile): MultipartPart {
  return { name: 'media', filename: fileName, contentType: mimeType, source };
}

function ready(body: unknown, operation: string): UploadedMedium {
  const failure = processingFailure(body, operation);
  if (failure !== null) throw failure;
  return expect(readMedium(body), operation);
}

function expect<T>(value: T | null, operation: string): T {
  if (value === null) throw unreadable(operation);
  return value;
}

/** The list of posts is a success also where it holds none. */
function gone(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'x.not_found',
    message: 'X has no such post (any more).',
    remedy: 'Nothing to do, unless it was not you who deleted it.',
  });
}
