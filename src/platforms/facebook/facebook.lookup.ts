import { Injectable } from '@nestjs/common';
import {
  PublishError,
  readSince,
  sinceOf,
  textAt,
  type CommitResult,
  type JsonObject,
  type OpenCommit,
  type ReconcileContext,
  type ReconcileResult,
} from '../core/index.js';
import type { GraphAccess, Listing } from '../families/meta/index.js';
import { facebookCapabilities } from './facebook.capabilities.js';
import { FacebookClient } from './facebook.client.js';
import { accessOf, FacebookGraph } from './facebook.graph.js';
import type { FacebookPost } from './facebook.posts.js';
import { permalinkOf } from './facebook.permalink.js';
import { readFacebookSettings } from './facebook.settings.js';
import { comparable, composeMessage } from './facebook.text.js';
import { photoKey, sessionKey, videoKey } from './facebook.uploads.js';
import { FacebookVideos } from './facebook.videos.js';

/** More posts than a page makes between a call and the look at it. */
const maxPages = 20;

interface Look {
  readonly ctx: ReconcileContext;
  readonly commit: OpenCommit;
  readonly access: GraphAccess;
  readonly since: number;
}

/** Looks on the page what became of a call whose answer is lost. */
@Injectable()
export class FacebookLookup {
  constructor(
    private readonly client: FacebookClient,
    private readonly videos: FacebookVideos,
    private readonly graph: FacebookGraph,
  ) {}

  async look(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    const since = sinceOf(commit, facebookCapabilities);
    const look: Look = { ctx, commit, access: accessOf(await ctx.credentials()), since };
    if (commit.key === 'comment') return this.comment(look);
    const isVideo = ctx.content.media.some(({ kind }) => kind === 'video');
    if (isVideo && !commit.forgotten) return this.video(look);
    switch (readFacebookSettings(ctx.content.settings).format) {
      case 'post':
        return this.post(look, isVideo);
      case 'reel':
        return this.reel(look);
      case 'story':
        return this.story(look);
    }
  }

  /** Where a video is shown: a comment goes below it. */
  async targetOf(access: GraphAccess, videoId: string): Promise<string> {
    return (await this.videos.state(access, videoId)).postId ?? videoId;
  }

  /** The id is our handle: Facebook says of this very video what became of it. */
  private async video({ ctx, access }: Look): Promise<ReconcileResult> {
    const session = await ctx.remembered(sessionKey);
    const videoId = textAt(session, 'videoId') ?? textAt([await ctx.remembered(videoKey)], 0);
    if (videoId === null) return cannotTell('The video that was sent is not stored.');
    const state = await this.videos.state(access, videoId);
    const isStory = readFacebookSettings(ctx.content.settings).format === 'story';
    if (state.publishing === 'not_started' && !state.published) {
      return { verdict: 'absent', evidence: { videoId, publishing: state.publishing } };
    }
    // The story's own id is known only when it is out.
    if (isStory && state.postId === null) throw stillPublishing();
    const result: CommitResult = {
      platformPostId: isStory ? (state.postId ?? videoId) : videoId,
      permalink: permalinkOf(state.permalink, this.graph.host('AUTH')),
    };
    return found(result, { mark: 'video_id', publishing: state.publishing });
  }

  private async post(look: Look, isVideo: boolean): Promise<ReconcileResult> {
    const { ctx, commit, access } = look;
    const photos = await this.photosOf(look);
    const wanted = comparable(composeMessage(ctx.content));
    const saysSame = (post: FacebookPost): boolean => {
      // Uploads that we know of would have been found by their ids.
      if (photos.length > 0 && !commit.forgotten) return false;
      if (commit.forgotten && ctx.content.media.length > 0 !== post.mediaIds.length > 0) return false;
      return isVideo === post.hasVideo && wanted !== '' && comparable(post.message) === wanted;
    };
    return this.search(look, {
      read: (after) => this.client.posts(access, ctx.account.externalId, after),
      matches: (post) => {
        if (photos.length > 0 && post.mediaIds.some((id) => photos.includes(id))) return 'media_id';
        if (!saysSame(post) || isOfAnother(post, access)) return null;
        return post.appId === access.appId ? 'application_and_text' : 'text';
      },
      unclear: (post) => {
        if (saysSame(post)) return isOfAnother(post, access);
        return commit.forgotten && wanted === '' && post.mediaIds.length > 0;
      },
    });
  }

  private async photosOf({ ctx }: Look): Promise<string[]> {
    const ids: string[] = [];
    for (const [index, { kind }] of ctx.content.media.entries()) {
      const id = kind === 'image' ? await ctx.remembered(photoKey(index)) : undefined;
      if (typeof id === 'string') ids.push(id);
    }
    return ids;
  }

  /** After a restore: by what people see. */
  private async reel(look: Look): Promise<ReconcileResult> {
    const { ctx, access, since } = look;
    const wanted = comparable(composeMessage(ctx.content));
    return this.search(look, {
      read: (after) => this.videos.reels(access, ctx.account.externalId, { since: new Date(since), after }),
      matches: ({ message }) => (wanted !== '' && comparable(message) === wanted ? 'text' : null),
      unclear: () => wanted === '',
    });
  }

  /** A story says nothing: only the photo tells it apart from another. */
  private async story(look: Look): Promise<ReconcileResult> {
    const { ctx, commit, access, since } = look;
    const photos = commit.forgotten ? [] : await this.photosOf(look);
    return this.search(look, {
      read: (after) => this.client.stories(access, ctx.account.externalId, { since: new Date(since), after }),
      matches: ({ mediaIds }) => (mediaIds.some((id) => photos.includes(id)) ? 'media_id' : null),
      unclear: ({ mediaIds }) => photos.length === 0 || mediaIds.length === 0,
    });
  }

  private async comment(look: Look): Promise<ReconcileResult> {
    const { ctx, access } = look;
    const post = await ctx.committed('part:0');
    if (post === undefined) return cannotTell('The post that the comment belongs to is not stored.');
    const isVideo = ctx.content.media.some(({ kind }) => kind === 'video');
    const target = isVideo ? await this.targetOf(access, post.platformPostId) : post.platformPostId;
    const wanted = comparable(readFacebookSettings(ctx.content.settings).firstComment ?? '');
    return this.search(look, {
      read: (after) => this.client.comments(access, target, after),
      matches: ({ message, fromId }) => {
        const ours = fromId === null || fromId === ctx.account.externalId;
        return ours && comparable(message) === wanted ? 'text' : null;
      },
      unclear: () => false,
    });
  }

  private async search(
    { ctx, since }: Look,
    wanted: {
      readonly read: (after: string | null) => Promise<Listing<FacebookPost>>;
      /** Which mark fits; null: it is another. */
      readonly matches: (post: FacebookPost) => string | null;
      /** It may be ours, and nothing can tell. */
      readonly unclear: (post: FacebookPost) => boolean;
    },
  ): Promise<ReconcileResult> {
    const { candidates, complete, pages } = await readSince(ctx, { since, maxPages, read: wanted.read });
    for (const post of candidates) {
      const mark = wanted.matches(post);
      if (mark !== null) return found(this.resultOf(post), { mark, createdAt: post.createdAt.toISOString() });
    }
    if (!complete) return cannotTell('The page has posted too much since the call.');
    if (candidates.some(wanted.unclear))
      return cannotTell('Something since the call may be ours, and nothing can tell.');
    return { verdict: 'absent', evidence: { pages } };
  }

  private resultOf({ id, permalink }: FacebookPost): CommitResult {
    return { platformPostId: id, permalink: permalinkOf(permalink, this.graph.host('AUTH')) };
  }
}

/** Made by another app, as far as Facebook says; or by ours, when its credentials were others. */
function isOfAnother({ appId }: FacebookPost, access: GraphAccess): boolean {
  return appId !== null && access.appId !== null && appId !== access.appId;
}

function found(result: CommitResult, evidence: JsonObject): ReconcileResult {
  return { verdict: 'found', result, evidence };
}

function cannotTell(reason: string): ReconcileResult {
  return { verdict: 'cannot_tell', reason };
}

function stillPublishing(): PublishError {
  return new PublishError({
    kind: 'transient',
    code: 'facebook.still_publishing',
    message: 'Facebook is still publishing the story.',
    remedy: 'Nothing: it is looked at again.',
  });
}
