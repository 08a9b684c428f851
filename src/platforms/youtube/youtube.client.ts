import { Injectable } from '@nestjs/common';
import type { ByteSource, HttpAnswer } from '../../common/http/index.js';
import { bodyOf, PublishError, type LiveOption, type PostMetrics } from '../core/index.js';
import {
  expect,
  readChannel,
  readComment,
  readEntry,
  readOption,
  readPage,
  readStatistics,
  readVideo,
  type Page,
  type PlaylistEntry,
  type YoutubeChannel,
  type YoutubeComment,
  type YoutubeVideo,
} from './youtube.answers.js';
import { YoutubeApi, type ApiCall } from './youtube.api.js';

const pageSize = '50';
const thumbnailTimeoutMs = 2 * 60_000;

/** The Data API of YouTube, except for uploads. Every method is one call. */
@Injectable()
export class YoutubeClient {
  constructor(private readonly api: YoutubeApi) {}

  /** The channel that was chosen at the login. */
  async channel(token: string): Promise<YoutubeChannel> {
    const part = 'id,snippet,contentDetails,statistics,status';
    const { items } = await this.list(
      'channel',
      token,
      { path: 'channels', query: { part, mine: 'true' } },
      readChannel,
    );
    const [channel] = items;
    if (channel === undefined) throw channelMissing();
    return channel;
  }

  /** Those of these that are there and may be seen. */
  async videos(token: string, ids: readonly string[], part: string): Promise<readonly YoutubeVideo[]> {
    const call = { path: 'videos', query: { part, id: ids.join(',') } };
    return (await this.list('videos', token, call, readVideo)).items;
  }

  /** The newest first where it is the list of uploads. */
  entries(token: string, playlistId: string, pageToken: string | null): Promise<Page<PlaylistEntry>> {
    const query = {
      part: 'id,snippet,contentDetails',
      playlistId,
      maxResults: pageSize,
      ...(pageToken === null ? {} : { pageToken }),
    };
    return this.list('entries', token, { path: 'playlistItems', query }, readEntry);
  }

  async isInPlaylist(token: string, playlistId: string, videoId: string): Promise<boolean> {
    const query = { part: 'id,snippet', playlistId, videoId };
    const { items } = await this.list('isInPlaylist', token, { path: 'playlistItems', query }, readEntry);
    return items.length > 0;
  }

  async addToPlaylist(token: string, playlistId: string, videoId: string): Promise<void> {
    const value = { snippet: { playlistId, resourceId: { kind: 'youtube#video', videoId } } };
    await this.call('addToPlaylist', token, {
      method: 'POST',
      path: 'playlistItems',
      query: { part: 'snippet' },
      body: { kind: 'json', value },
    });
  }

  async setThumbnail(
    token: string,
    videoId: string,
    file: { source: ByteSource; mimeType: string },
  ): Promise<void> {
    await this.api.upload(token, {
      operation: 'setThumbnail',
      method: 'POST',
      path: 'thumbnails/set',
      query: { videoId },
      body: { kind: 'stream', source: file.source, contentType: file.mimeType },
      timeoutMs: thumbnailTimeoutMs,
    });
  }

  /** Visible. Answers the id. */
  async createComment(token: string, videoId: string, text: string): Promise<string> {
    const value = { snippet: { videoId, topLevelComment: { snippet: { textOriginal: text } } } };
    const body = bodyOf(
      await this.call('createComment', token, {
        method: 'POST',
        path: 'commentThreads',
        query: { part: 'snippet' },
        body: { kind: 'json', value },
      }),
    );
    return expect(readComment(body), 'createComment').id;
  }

  /** The newest first. */
  comments(token: string, videoId: string, pageToken: string | null): Promise<Page<YoutubeComment>> {
    const query = {
      part: 'snippet',
      videoId,
      order: 'time',
      maxResults: pageSize,
      ...(pageToken === null ? {} : { pageToken }),
    };
    return this.list('comments', token, { path: 'commentThreads', query }, readComment);
  }

  playlists(token: string, pageToken: string | null): Promise<Page<LiveOption>> {
    const query = {
      part: 'snippet',
      mine: 'true',
      maxResults: pageSize,
      ...(pageToken === null ? {} : { pageToken }),
    };
    return this.list('playlists', token, { path: 'playlists', query }, readOption);
  }

  async categories(token: string, regionCode: string): Promise<readonly LiveOption[]> {
    const query = { part: 'snippet', regionCode };
    return (await this.list('categories', token, { path: 'videoCategories', query }, readOption)).items;
  }

  async metrics(token: string, id: string): Promise<PostMetrics['values']> {
    const read = (entry: unknown): PostMetrics['values'] => readStatistics(entry);
    const call = { path: 'videos', query: { part: 'statistics', id } };
    const [values] = (await this.list('metrics', token, call, read)).items;
    if (values === undefined) throw videoGone();
    return values;
  }

  /** What is gone already counts as deleted. */
  async deleteVideo(token: string, id: string): Promise<void> {
    const call = { method: 'DELETE', path: 'videos', query: { id }, alsoFine: [404] } as const;
    await this.call('deleteVideo', token, call);
  }

  private async list<T>(
    operation: string,
    token: string,
    call: Pick<ApiCall, 'path' | 'query'>,
    read: (entry: unknown) => T | null,
  ): Promise<Page<T>> {
    const answer = await this.call(operation, token, { ...call, method: 'GET' });
    return expect(readPage(bodyOf(answer), read), operation);
  }

  private call(operation: string, token: string, call: Omit<ApiCall, 'operation'>): Promise<HttpAnswer> {
    return this.api.call(token, { ...call, operation });
  }
}

/** The list of channels is a success also where it holds none. */
function channelMissing(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'youtube.channel_missing',
    message: 'This login has no channel.',
    remedy: 'Make a channel at youtube.com, or choose another one when you log in.',
  });
}

function videoGone(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'youtube.not_found',
    message: 'YouTube has no such video (any more).',
    remedy: 'Nothing to do, unless it was not you who deleted it.',
  });
}
