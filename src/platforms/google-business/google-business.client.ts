import { Injectable } from '@nestjs/common';
import { PublishError, type JsonObject } from '../core/index.js';
import { readPage, readPost, unreadable, type LocalPost, type Page } from './google-business.answers.js';
import { GoogleBusinessApi, type GoogleCall } from './google-business.api.js';

const pageSize = '100';

/** Local posts. Every method is one call. */
@Injectable()
export class GoogleBusinessClient {
  constructor(private readonly api: GoogleBusinessApi) {}

  /**
   * Visible, once it was looked at.
   * @param location with its account: `accounts/1/locations/9`.
   */
  async createPost(token: string, location: string, post: JsonObject): Promise<LocalPost> {
    const operation = 'createPost';
    const path = `${location}/localPosts`;
    const call = { operation, host: 'API', method: 'POST', path, json: post } as const;
    return expect(readPost(await this.api.call(token, call)), operation);
  }

  /** @param name of the post, with its location and account. */
  async post(token: string, name: string): Promise<LocalPost> {
    const operation = 'post';
    const call = { operation, host: 'API', method: 'GET', path: name } as const;
    return expect(readPost(await this.api.call(token, call)), operation);
  }

  async posts(token: string, location: string, pageToken: string | null): Promise<Page<LocalPost>> {
    const operation = 'posts';
    const call: GoogleCall = {
      operation,
      host: 'API',
      method: 'GET',
      path: `${location}/localPosts`,
      query: { pageSize, pageToken },
    };
    return expect(readPage(await this.api.call(token, call), 'localPosts', readPost), operation);
  }

  /** What is gone already counts as deleted. */
  async deletePost(token: string, name: string): Promise<void> {
    try {
      await this.api.call(token, { operation: 'deletePost', host: 'API', method: 'DELETE', path: name });
    } catch (error) {
      if (!(error instanceof PublishError) || error.code !== 'google-business.not_found') throw error;
    }
  }
}

function expect<T>(value: T | null, operation: string): T {
  if (value === null) throw unreadable(operation);
  return value;
}
