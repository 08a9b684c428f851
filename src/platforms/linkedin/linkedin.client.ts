import { Injectable } from '@nestjs/common';
import { bodyOf, listAt, numberAt, textAt, type JsonObject, type PostMetrics } from '../core/index.js';
import {
  idAt,
  readAll,
  readComment,
  readPost,
  readStatistics,
  unreadable,
  type LinkedinComment,
  type LinkedinPost,
} from './linkedin.answers.js';
import { encodeUrn, LinkedinApi } from './linkedin.api.js';

const pageSize = 50;

/** Posts, comments and figures. Every method is one call. */
@Injectable()
export class LinkedinClient {
  constructor(private readonly api: LinkedinApi) {}

  /** Visible. The URN stands in the head of the answer only. */
  async createPost(token: string, post: JsonObject): Promise<string> {
    const operation = 'createPost';
    const answer = await this.api.rest(token, { operation, method: 'POST', path: '/rest/posts', json: post });
    return expect(answer.headers['x-restli-id'] ?? null, operation);
  }

  /** Visible. */
  async createComment(
    token: string,
    { post, actor, text }: { post: string; actor: string; text: string },
  ): Promise<string> {
    const operation = 'createComment';
    const path = `/rest/socialActions/${encodeUrn(post)}/comments`;
    const json = { actor, object: post, message: { text } };
    const answer = await this.api.rest(token, { operation, method: 'POST', path, json });
    return expect(answer.headers['x-restli-id'] ?? idAt(bodyOf(answer), 'id'), operation);
  }

  /** Of an organization, the newest first. */
  async posts(token: string, author: string, start: number): Promise<LinkedinPost[]> {
    const operation = 'posts';
    const page = `count=${pageSize}&start=${start}&sortBy=CREATED`;
    const path = `/rest/posts?author=${encodeUrn(author)}&q=author&${page}`;
    const answer = await this.api.rest(token, { operation, method: 'GET', path, restMethod: 'FINDER' });
    return expect(readAll(bodyOf(answer), readPost), operation);
  }

  async comments(token: string, post: string, start: number): Promise<LinkedinComment[]> {
    const operation = 'comments';
    const path = `/rest/socialActions/${encodeUrn(post)}/comments?count=${pageSize}&start=${start}`;
    const answer = await this.api.rest(token, { operation, method: 'GET', path });
    return expect(readAll(bodyOf(answer), readComment), operation);
  }

  /** What is gone already counts as deleted. */
  async deletePost(token: string, urn: string): Promise<void> {
    const path = `/rest/posts/${encodeUrn(urn)}`;
    const gone = { restMethod: 'DELETE', alsoFine: [404] };
    await this.api.rest(token, { operation: 'deletePost', method: 'DELETE', path, ...gone });
  }

  async deleteComment(token: string, at: { post: string; id: string; actor: string }): Promise<void> {
    const comment = `${encodeUrn(at.post)}/comments/${encodeURIComponent(at.id)}`;
    const path = `/rest/socialActions/${comment}?actor=${encodeUrn(at.actor)}`;
    await this.api.rest(token, { operation: 'deleteComment', method: 'DELETE', path, alsoFine: [404] });
  }

  /** The figures of an organization's post. */
  async statistics(token: string, organization: string, post: string): Promise<PostMetrics['values']> {
    const list = post.startsWith('urn:li:ugcPost:') ? 'ugcPosts' : 'shares';
    const query = `q=organizationalEntity&organizationalEntity=${encodeUrn(organization)}&${list}=List(${encodeUrn(post)})`;
    const path = `/rest/organizationalEntityShareStatistics?${query}`;
    const finder = { method: 'GET', path, restMethod: 'FINDER' } as const;
    return readStatistics(bodyOf(await this.api.rest(token, { operation: 'statistics', ...finder })));
  }

  /** One figure of a member's post; null where there is none yet. */
  async memberFigure(token: string, post: string, queryType: string): Promise<number | null> {
    const kind = post.startsWith('urn:li:ugcPost:') ? 'ugc' : 'share';
    const query = `q=entity&entity=(${kind}:${encodeUrn(post)})&queryType=${queryType}&aggregation=TOTAL`;
    const path = `/rest/memberCreatorPostAnalytics?${query}`;
    const finder = { method: 'GET', path, restMethod: 'FINDER' } as const;
    const answer = await this.api.rest(token, { operation: 'memberFigure', ...finder });
    const [first] = listAt(bodyOf(answer), 'elements') ?? [];
    return numberAt(first, 'count');
  }

  /** Changes nothing; shows that the login and LinkedIn work. */
  async ping(token: string): Promise<void> {
    const answer = await this.api.rest(token, { operation: 'userinfo', method: 'GET', path: '/v2/userinfo' });
    expect(textAt(bodyOf(answer), 'sub'), 'userinfo');
  }
}

function expect<T>(value: T | null, operation: string): T {
  if (value === null || value === '') throw unreadable(operation);
  return value;
}
