import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { param } from '../core/request.js';
import { bytes, redirect } from '../core/response.js';
import { apiOperation } from './api.operation.js';
import { capOf, QUOTAS, used, type Quota } from './post.quota.js';
import type { Blog } from './tumblr.blog.js';
import { answered, notFound } from './tumblr.errors.js';
import type { TumblrState } from './tumblr.state.js';

const DESCRIPTIONS: Readonly<Record<Quota, string>> = {
  posts: 'the number of posts you can create per day',
  images: 'the number of photos you can upload per day',
  videos: 'the number of videos you can upload per day',
  video_seconds: 'the total number of seconds of video you can upload per day',
};

/** Who logged in, the blogs they have, and what is left of their day. */
export function accountOperations(state: TumblrState): Operation[] {
  return [
    apiOperation(state, {
      name: 'user.info',
      method: 'GET',
      path: '/v2/user/info',
      scope: 'basic',
      run: ({ home: { user } }) => {
        const blogs = state.blogsOf(user).map((blog, index) => ({
          ...blogView(state, blog),
          primary: index === 0,
          followers: blog.followers,
          type: blog.type,
          admin: true,
        }));
        return answered(200, { user: { name: user.name, likes: 0, following: 0, blogs } });
      },
    }),
    apiOperation(state, {
      name: 'user.limits',
      method: 'GET',
      path: '/v2/user/limits',
      scope: 'basic',
      run: ({ home }) => answered(200, { user: limitsOf(state, home) }),
    }),
    apiOperation(state, {
      name: 'blog.avatar',
      method: 'GET',
      path: '/v2/blog/:blog/avatar/:size',
      scope: 'basic',
      run: (call) => redirect(`${state.environment.url('AUTH')}/avatars/${call.blog().name}.png`),
    }),
    {
      name: 'media.read',
      host: 'AUTH',
      method: 'GET',
      path: '/media/:hash',
      visible: false,
      browser: true,
      handle: (request) => {
        const medium = state.environment.media.get(param(request, 'hash'));
        if (medium === undefined) throw notFound();
        return bytes(200, medium.bytes, medium.mimeType);
      },
    },
  ];
}

export function blogView({ environment }: TumblrState, { uuid, name, title }: Blog): JsonObject {
  return { name, title, url: `${environment.url('AUTH')}/${name}`, uuid, description: '' };
}

function limitsOf(state: TumblrState, { user }: Blog): JsonObject {
  const resetAt = Math.floor(state.quota.resetAt() / 1000);
  const limits: JsonObject = {};
  for (const quota of QUOTAS) {
    const limit = capOf(state, quota);
    const remaining = Math.max(0, limit - used(state, user, quota));
    // Pictures are called photos here.
    limits[quota === 'images' ? 'photos' : quota] = {
      description: DESCRIPTIONS[quota],
      ...{ limit, remaining, reset_at: resetAt },
    };
  }
  return limits;
}
