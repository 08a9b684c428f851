import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { AppConfig } from '../../common/config/index.js';
import { HttpClient, type MultipartPart, type OutboundBody } from '../../common/http/index.js';
import { bodyOf, recordAt, type LimitReading, type PostMetrics } from '../core/index.js';
import {
  failureOf,
  idOf,
  readBlogs,
  readNotes,
  readPost,
  readPosts,
  readQuota,
  unreadable,
  type TumblrBlog,
  type TumblrPost,
} from './tumblr.answers.js';

/** Who calls, and for which blog (its UUID). */
export interface TumblrAccess {
  readonly token: string;
  readonly blog: string;
}

interface Call {
  readonly method: 'GET' | 'POST';
  /** Behind the version. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: OutboundBody;
  /** What an answer that there is nothing of the kind comes to, where that is no failure. */
  readonly whenMissing?: null;
}

const pageSize = 20;

/** API v2 of Tumblr. Every method is one call. The mandatory and constant User-Agent is the one of the HTTP client. */
@Injectable()
export class TumblrClient {
  constructor(
    private readonly http: HttpClient,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** Every blog that the login writes to. */
  async blogs(token: string): Promise<TumblrBlog[]> {
    const blogs = readBlogs(await this.call('blogs', token, { method: 'GET', path: '/user/info' }));
    if (blogs === null) throw unreadable('blogs');
    return blogs;
  }

  /**
   * Visible. The files go up in the same call, each under the identifier that the body names. Answers the id.
   * @param post the body as JSON, so that a repeated call has the same bytes.
   */
  async createPost(
    { token, blog }: TumblrAccess,
    post: string,
    files: readonly MultipartPart[],
  ): Promise<string> {
    const contentType = 'application/json';
    const json: MultipartPart = { name: 'json', value: post, contentType };
    const body: OutboundBody =
      files.length === 0
        ? { kind: 'raw', bytes: post, contentType }
        : { kind: 'multipart', parts: [json, ...files] };
    const path = `${pathOf(blog)}/posts`;
    const answer = await this.call('createPost', token, { method: 'POST', path, body });
    const id = idOf(recordAt(answer, 'response'));
    if (id === null) throw unreadable('createPost');
    return id;
  }

  /** Null while it is not there: a video that is still being converted, or a post that is gone. */
  async post({ token, blog }: TumblrAccess, id: string): Promise<TumblrPost | null> {
    const path = `${pathOf(blog)}/posts/${encodeURIComponent(id)}`;
    const query = { post_format: 'npf' };
    const body = await this.call('post', token, { method: 'GET', path, query, whenMissing: null });
    return body === null ? null : readPost(recordAt(body, 'response'));
  }

  /** The newest first. */
  async posts({ token, blog }: TumblrAccess, offset: number): Promise<TumblrPost[]> {
    const query = {
      npf: 'true',
      limit: String(pageSize),
      ...(offset === 0 ? {} : { offset: String(offset) }),
    };
    const path = `${pathOf(blog)}/posts`;
    const posts = readPosts(await this.call('posts', token, { method: 'GET', path, query }));
    if (posts === null) throw unreadable('posts');
    return posts;
  }

  /** What is gone already counts as deleted. */
  async deletePost({ token, blog }: TumblrAccess, id: string): Promise<void> {
    const path = `${pathOf(blog)}/post/delete`;
    const body: OutboundBody = { kind: 'form', fields: { id } };
    await this.call('deletePost', token, { method: 'POST', path, body, whenMissing: null });
  }

  async notes({ token, blog }: TumblrAccess, id: string): Promise<PostMetrics['values']> {
    const path = `${pathOf(blog)}/notes`;
    const query = { id, mode: 'conversation' };
    return readNotes(await this.call('notes', token, { method: 'GET', path, query }));
  }

  /** What is left of the day, for the user behind the login. */
  async quota(token: string): Promise<readonly LimitReading[]> {
    return readQuota(
      await this.call('quota', token, { method: 'GET', path: '/user/limits' }),
      this.clock.now(),
    );
  }

  private async call(operation: string, token: string, call: Call): Promise<unknown> {
    const { hosts, apiVersion } = this.config.platform('tumblr');
    const base = hosts['API'] ?? '';
    const search = call.query === undefined ? '' : `?${new URLSearchParams(call.query).toString()}`;
    const answer = await this.http.send({
      method: call.method,
      url: `${base}/${apiVersion ?? ''}${call.path}${search}`,
      headers: { authorization: `Bearer ${token}` },
      hosts: [base],
      ...(call.body === undefined ? {} : { body: call.body }),
    });
    if (answer.status >= 200 && answer.status < 300) return bodyOf(answer);
    if (call.whenMissing === null && answer.status === 404) return null;
    throw failureOf(answer, operation, this.clock.now());
  }
}

function pathOf(blog: string): string {
  return `/blog/${encodeURIComponent(blog)}`;
}
