import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { AppConfig } from '../../common/config/index.js';
import { HttpClient, type OutboundRequest } from '../../common/http/index.js';
import { bodyOf, PublishError, textAt, type LimitReading, type PostMetrics } from '../core/index.js';
import { readQuota, type Listing } from '../families/meta/index.js';
import {
  failureOf,
  idAt,
  insightNames,
  readContainer,
  readInsights,
  readPosts,
  readProfile,
  readScopes,
  unreadable,
  type ContainerState,
  type ThreadsPost,
  type ThreadsProfile,
} from './threads.answers.js';
import type { ContainerFields } from './threads.container.js';

interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Behind the version. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly fields?: ContainerFields;
}

const pageSize = '25';

/** The Threads API. Every method is one call. */
@Injectable()
export class ThreadsClient {
  constructor(
    private readonly http: HttpClient,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async me(token: string): Promise<ThreadsProfile> {
    const query = { fields: 'id,username,name,threads_profile_picture_url,is_verified' };
    const profile = readProfile(await this.call('me', token, { method: 'GET', path: '/me', query }));
    if (profile === null) throw unreadable('me');
    return profile;
  }

  /** What a token was granted; null where Threads does not say. */
  async scopes(token: string): Promise<readonly string[] | null> {
    const query = { input_token: token, access_token: token };
    return readScopes(await this.call('debug', token, { method: 'GET', path: '/debug_token', query }));
  }

  /** Nothing is visible before it is published. */
  async createContainer(token: string, fields: ContainerFields): Promise<string> {
    const body = await this.call('create', token, { method: 'POST', path: '/me/threads', fields });
    const id = idAt(body, 'id');
    if (id === null) throw unreadable('create');
    return id;
  }

  async container(token: string, id: string): Promise<ContainerState> {
    const query = { fields: 'id,status,error_message' };
    const path = `/${encodeURIComponent(id)}`;
    const state = readContainer(await this.call('container', token, { method: 'GET', path, query }));
    if (state === null) throw unreadable('container');
    return state;
  }

  /** Visible. Answers the id of the post. */
  async publish(token: string, containerId: string): Promise<string> {
    const fields = { creation_id: containerId };
    const body = await this.call('publish', token, { method: 'POST', path: '/me/threads_publish', fields });
    const id = idAt(body, 'id');
    if (id === null) throw unreadable('publish');
    return id;
  }

  /** Where a post is seen; null where it has no address. */
  async permalink(token: string, id: string): Promise<string | null> {
    const query = { fields: 'id,permalink' };
    const path = `/${encodeURIComponent(id)}`;
    return textAt(await this.call('post', token, { method: 'GET', path, query }), 'permalink');
  }

  /** Own posts, or own replies, the newest first; those behind `after` when it is given. */
  async posts(
    token: string,
    list: { replies: boolean; after: string | null },
  ): Promise<Listing<ThreadsPost>> {
    const common = 'id,text,timestamp,permalink,media_type';
    const query = {
      fields: list.replies ? `${common},replied_to,root_post` : common,
      limit: pageSize,
      ...(list.after === null ? {} : { after: list.after }),
    };
    const path = list.replies ? '/me/replies' : '/me/threads';
    const page = readPosts(await this.call('posts', token, { method: 'GET', path, query }));
    if (page === null) throw unreadable('posts');
    return page;
  }

  /** What is gone already counts as deleted. */
  async deletePost(token: string, id: string): Promise<void> {
    try {
      await this.call('delete', token, { method: 'DELETE', path: `/${encodeURIComponent(id)}` });
    } catch (error) {
      if (!(error instanceof PublishError) || !gone.includes(error.code)) throw error;
    }
  }

  async insights(token: string, id: string): Promise<PostMetrics['values']> {
    const path = `/${encodeURIComponent(id)}/insights`;
    const query = { metric: insightNames.join(',') };
    return readInsights(await this.call('insights', token, { method: 'GET', path, query }));
  }

  async quota(token: string): Promise<readonly LimitReading[]> {
    const query = { fields: 'quota_usage,config' };
    const path = '/me/threads_publishing_limit';
    return readQuota(await this.call('quota', token, { method: 'GET', path, query }), this.clock.now());
  }

  private async call(
    operation: string,
    token: string,
    { method, path, query, fields }: Call,
  ): Promise<unknown> {
    const { hosts, apiVersion } = this.config.platform('threads');
    const base = hosts['API'] ?? '';
    const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
    const body: Pick<OutboundRequest, 'body'> =
      fields === undefined ? {} : { body: { kind: 'form', fields } };
    const answer = await this.http.send({
      method,
      url: `${base}/${apiVersion ?? ''}${path}${search}`,
      headers: { authorization: `Bearer ${token}` },
      hosts: [base],
      redact: (text) => text.replaceAll(token, '***'),
      ...body,
    });
    if (answer.status >= 200 && answer.status < 300) return bodyOf(answer);
    throw failureOf(answer, operation);
  }
}

const gone: readonly string[] = ['threads.not_found', 'threads.media_not_found_yet'];
