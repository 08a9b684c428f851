import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import type { ByteSource } from '../../common/http/index.js';
import { flagAt, PublishError, type LimitReading, type PostMetrics } from '../core/index.js';
import { readQuota, wordAt, type Listing } from '../families/meta/index.js';
import {
  expect,
  readContainer,
  readFacts,
  readInsights,
  readListed,
  unreadable,
  type ContainerState,
  type ListedPost,
  type PostFacts,
} from './instagram.answers.js';
import { InstagramGraph, type GraphParams } from './instagram.graph.js';
import type { InstagramAccess } from './instagram.login.js';

const pageSize = '25';
const postFields = 'id,caption,timestamp,permalink,media_product_type,shortcode';

/** Containers, posts and comments of one account. Every method is one call. */
@Injectable()
export class InstagramClient {
  constructor(
    private readonly graph: InstagramGraph,
    private readonly clock: Clock,
  ) {}

  /** Nothing is visible before it is published. */
  async createContainer(access: InstagramAccess, accountId: string, params: GraphParams): Promise<string> {
    const call = { method: 'POST', path: `${accountId}/media`, params } as const;
    return expect(wordAt(await this.graph.call('create', access, call), 'id'), 'create');
  }

  upload(access: InstagramAccess, containerId: string, source: ByteSource): Promise<void> {
    return this.graph.upload(access, containerId, source);
  }

  async container(access: InstagramAccess, id: string): Promise<ContainerState> {
    const call = { method: 'GET', path: id, params: { fields: 'status_code,status' } } as const;
    return expect(readContainer(await this.graph.call('container', access, call)), 'container');
  }

  /** Visible. Answers the id of the post. */
  async publish(access: InstagramAccess, accountId: string, containerId: string): Promise<string> {
    const params = { creation_id: containerId };
    const call = { method: 'POST', path: `${accountId}/media_publish`, params } as const;
    return expect(wordAt(await this.graph.call('publish', access, call), 'id'), 'publish');
  }

  async post(access: InstagramAccess, id: string): Promise<PostFacts> {
    const fields = 'id,permalink,media_product_type,like_count,comments_count';
    return readFacts(await this.graph.call('post', access, { method: 'GET', path: id, params: { fields } }));
  }

  /** The newest first. Stories are listed for a day. */
  async posts(
    access: InstagramAccess,
    list: { readonly accountId: string; readonly stories: boolean; readonly after: string | null },
  ): Promise<Listing<ListedPost>> {
    const { accountId, stories, after } = list;
    const params = {
      fields: postFields,
      ...(stories ? {} : { limit: pageSize }),
      ...(after === null ? {} : { after }),
    };
    const path = `${accountId}/${stories ? 'stories' : 'media'}`;
    const body = await this.graph.call('posts', access, { method: 'GET', path, params });
    return expect(readListed(body), 'posts');
  }

  /** Visible. */
  async comment(access: InstagramAccess, postId: string, message: string): Promise<string> {
    const call = { method: 'POST', path: `${postId}/comments`, params: { message } } as const;
    return expect(wordAt(await this.graph.call('comment', access, call), 'id'), 'comment');
  }

  async comments(
    access: InstagramAccess,
    postId: string,
    after: string | null,
  ): Promise<Listing<ListedPost>> {
    const params = { fields: 'id,text,timestamp', ...(after === null ? {} : { after }) };
    const call = { method: 'GET', path: `${postId}/comments`, params } as const;
    return expect(readListed(await this.graph.call('comments', access, call)), 'comments');
  }

  async closeComments(access: InstagramAccess, postId: string): Promise<void> {
    const params = { comment_enabled: 'false' };
    await this.graph.call('closeComments', access, { method: 'POST', path: postId, params });
  }

  /** What is gone already counts as deleted. */
  async deletePost(access: InstagramAccess, id: string): Promise<void> {
    try {
      const body = await this.graph.call('delete', access, { method: 'DELETE', path: id });
      if (flagAt(body, 'success') === false) throw unreadable('delete');
    } catch (error) {
      if (!(error instanceof PublishError) || error.code !== 'instagram.not_found') throw error;
    }
  }

  async insights(
    access: InstagramAccess,
    id: string,
    metrics: readonly string[],
  ): Promise<PostMetrics['values']> {
    const params = { metric: metrics.join(',') };
    const call = { method: 'GET', path: `${id}/insights`, params } as const;
    return readInsights(await this.graph.call('insights', access, call));
  }

  async quota(access: InstagramAccess, accountId: string): Promise<readonly LimitReading[]> {
    const params = { fields: 'config,quota_usage' };
    const call = { method: 'GET', path: `${accountId}/content_publishing_limit`, params } as const;
    return readQuota(await this.graph.call('quota', access, call), this.clock.now());
  }
}
