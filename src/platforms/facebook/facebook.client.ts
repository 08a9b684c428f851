import { Injectable } from '@nestjs/common';
import type { ByteSource } from '../../common/http/index.js';
import { bodyOf, flagAt, listAt, numberAt, recordAt, textAt, textsAt } from '../core/index.js';
import { cursorOf, wordAt, type GraphAccess, type Listing } from '../families/meta/index.js';
import { expect, failureOf } from './facebook.answers.js';
import { FacebookGraph, type GraphParams } from './facebook.graph.js';
import { readPosts, type FacebookPost } from './facebook.posts.js';

export interface FacebookPageProfile {
  readonly id: string;
  readonly name: string;
  readonly username: string | null;
  readonly picture: string | null;
}

/** A page that the login reaches; without a token where it may not be written to. */
export interface GrantedPage extends FacebookPageProfile {
  readonly token: string | null;
  readonly tasks: readonly string[];
}

export interface Created {
  readonly id: string;
  /** As Facebook says it: with or without the host; null where it does not say. */
  readonly permalink: string | null;
}

export interface PhotoUpload {
  readonly source: ByteSource;
  readonly mimeType: string;
  readonly fileName: string;
  readonly altText: string | null;
}

const pageFields = 'id,name,username,picture.type(large)';
const uploadTimeoutMs = 5 * 60_000;

/** Pages, posts, photos and comments of the Graph API. Every method is one call. */
@Injectable()
export class FacebookClient {
  constructor(private readonly graph: FacebookGraph) {}

  /** Of a page token, its page; of a person's, the person. */
  async me(access: GraphAccess): Promise<{ readonly id: string; readonly name: string }> {
    const body = await this.graph.call('me', access, {
      method: 'GET',
      path: 'me',
      params: { fields: 'id,name' },
    });
    return { id: expect(wordAt(body, 'id'), 'me'), name: textAt(body, 'name') ?? '' };
  }

  async page(access: GraphAccess, id: string): Promise<FacebookPageProfile> {
    const call = { method: 'GET', path: id, params: { fields: pageFields } } as const;
    return expect(readPage(await this.graph.call('page', access, call)), 'page');
  }

  async permissions(access: GraphAccess): Promise<string[]> {
    const body = await this.graph.call('permissions', access, { method: 'GET', path: 'me/permissions' });
    return (listAt(body, 'data') ?? []).flatMap((item) =>
      textAt(item, 'status') === 'granted' ? (textAt(item, 'permission') ?? []) : [],
    );
  }

  /** The person lets the app go, with every page. */
  async forget(access: GraphAccess, personId: string): Promise<void> {
    await this.graph.call('revoke', access, { method: 'DELETE', path: `${personId}/permissions` });
  }

  /** @param edge `me/accounts`, or `owned_pages` and `client_pages` of a business. */
  async pages(access: GraphAccess, edge: string, after: string | null): Promise<Listing<GrantedPage>> {
    const fields = `${pageFields},access_token,tasks`;
    const body = await this.list('pages', access, edge, { fields, limit: '100' }, after);
    const items = (listAt(body, 'data') ?? []).flatMap((item): GrantedPage[] => {
      const page = readPage(item);
      return page === null
        ? []
        : [{ ...page, token: textAt(item, 'access_token'), tasks: textsAt(item, 'tasks') }];
    });
    return { items, after: cursorOf(body) };
  }

  async businesses(access: GraphAccess, after: string | null): Promise<Listing<string>> {
    const body = await this.list(
      'businesses',
      access,
      'me/businesses',
      { fields: 'id', limit: '100' },
      after,
    );
    return {
      items: (listAt(body, 'data') ?? []).flatMap((item) => wordAt(item, 'id') ?? []),
      after: cursorOf(body),
    };
  }

  /** Not visible: the photo belongs to no post yet. Answers its id. */
  async uploadPhoto(access: GraphAccess, pageId: string, photo: PhotoUpload): Promise<string> {
    const { source, mimeType, fileName, altText } = photo;
    const body = await this.graph.call('uploadPhoto', access, {
      method: 'POST',
      path: `${pageId}/photos`,
      params: {
        published: 'false',
        ...(altText === null || altText === '' ? {} : { alt_text_custom: altText }),
      },
      file: { name: 'source', filename: fileName, contentType: mimeType, source },
      timeoutMs: uploadTimeoutMs,
    });
    return expect(wordAt(body, 'id'), 'uploadPhoto');
  }

  /** Visible. */
  async createPost(access: GraphAccess, pageId: string, params: GraphParams): Promise<Created> {
    const call = {
      method: 'POST',
      path: `${pageId}/feed`,
      params: { ...params, fields: 'id,permalink_url' },
    } as const;
    return readCreated(await this.graph.call('createPost', access, call), 'createPost');
  }

  /** Visible. */
  async createComment(access: GraphAccess, targetId: string, message: string): Promise<Created> {
    const params = { message, fields: 'id,permalink_url' };
    const call = { method: 'POST', path: `${targetId}/comments`, params } as const;
    return readCreated(await this.graph.call('createComment', access, call), 'createComment');
  }

  /** Visible. Answers the id of the post. */
  async createPhotoStory(access: GraphAccess, pageId: string, photoId: string): Promise<string> {
    const call = { method: 'POST', path: `${pageId}/photo_stories`, params: { photo_id: photoId } } as const;
    const body = await this.graph.call('createPhotoStory', access, call);
    return expect(wordAt(body, 'post_id'), 'createPhotoStory');
  }

  /** The newest first. */
  async posts(access: GraphAccess, pageId: string, after: string | null): Promise<Listing<FacebookPost>> {
    const fields =
      'id,message,created_time,permalink_url,application{id},attachments{media_type,target{id},subattachments{target{id}}}';
    const path = `${pageId}/published_posts`;
    const body = await this.list('posts', access, path, { fields, limit: '25' }, after);
    return expect(readPosts(body), 'posts');
  }

  /** The newest first. */
  async comments(
    access: GraphAccess,
    targetId: string,
    after: string | null,
  ): Promise<Listing<FacebookPost>> {
    const fields = 'id,message,created_time,permalink_url,from{id}';
    const params = { fields, order: 'reverse_chronological', limit: '100' };
    const body = await this.list('comments', access, `${targetId}/comments`, params, after);
    return expect(readPosts(body), 'comments');
  }

  /** Stories that are up, with the file that each shows. */
  async stories(
    access: GraphAccess,
    pageId: string,
    { since, after }: { readonly since: Date; readonly after: string | null },
  ): Promise<Listing<FacebookPost>> {
    const params = { status: 'PUBLISHED', since: String(Math.floor(since.getTime() / 1000)), limit: '100' };
    return expect(
      readPosts(await this.list('stories', access, `${pageId}/stories`, params, after)),
      'stories',
    );
  }

  /** Where people find it; null where Facebook does not say. */
  async permalink(access: GraphAccess, id: string): Promise<string | null> {
    const params = { fields: 'permalink_url' };
    return textAt(
      await this.graph.call('permalink', access, { method: 'GET', path: id, params }),
      'permalink_url',
    );
  }

  /** What is gone already counts as deleted. */
  async deletePost(access: GraphAccess, id: string): Promise<void> {
    const answer = await this.graph.send(access, { method: 'DELETE', path: id });
    if (answer.status >= 200 && answer.status < 300 && flagAt(bodyOf(answer), 'success') !== false) return;
    const failure = failureOf(answer, 'deletePost');
    if (failure.code !== 'facebook.object_missing') throw failure;
  }

  async counts(
    access: GraphAccess,
    postId: string,
  ): Promise<{ likes: number; comments: number; shares: number }> {
    const fields = 'shares,comments.summary(true).limit(0),reactions.summary(true).limit(0)';
    const body = await this.graph.call('counts', access, { method: 'GET', path: postId, params: { fields } });
    const total = (name: string): number => numberAt(body, name, 'summary', 'total_count') ?? 0;
    // Absent where nobody has shared it.
    const shares = numberAt(body, 'shares', 'count') ?? 0;
    return { likes: total('reactions'), comments: total('comments'), shares };
  }

  /** By metric name; what Facebook does not give is not there. */
  async insights(
    access: GraphAccess,
    postId: string,
    metrics: readonly string[],
  ): Promise<Record<string, number>> {
    const call = {
      method: 'GET',
      path: `${postId}/insights`,
      params: { metric: metrics.join(',') },
    } as const;
    const body = await this.graph.call('insights', access, call);
    const pairs = (listAt(body, 'data') ?? []).flatMap((item): [string, number][] => {
      const [name, value] = [textAt(item, 'name'), numberAt(item, 'values', 0, 'value')];
      return name === null || value === null ? [] : [[name, value]];
    });
    return Object.fromEntries(pairs);
  }

  private list(
    operation: string,
    access: GraphAccess,
    path: string,
    params: GraphParams,
    after: string | null,
  ): Promise<unknown> {
    const paged = after === null ? params : { ...params, after };
    return this.graph.call(operation, access, { method: 'GET', path, params: paged });
  }
}

function readCreated(body: unknown, operation: string): Created {
  return { id: expect(wordAt(body, 'id'), operation), permalink: textAt(body, 'permalink_url') };
}

function readPage(body: unknown): FacebookPageProfile | null {
  const id = wordAt(body, 'id');
  if (id === null || recordAt(body) === null) return null;
  const picture = textAt(body, 'picture', 'data', 'url');
  return { id, name: textAt(body, 'name') ?? id, username: textAt(body, 'username'), picture };
}
