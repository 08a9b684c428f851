import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import type { SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { checkCreator } from './creator.rules.js';
import { invalid, readAnswer, success } from './tiktok.errors.js';
import { privacyOptions, type Person } from './tiktok.person.js';
import type { TiktokState } from './tiktok.state.js';

/** Fields of the profile, and the permission that each needs. */
const PROFILE: Readonly<Record<string, string>> = {
  open_id: 'user.info.basic',
  union_id: 'user.info.basic',
  avatar_url: 'user.info.basic',
  display_name: 'user.info.basic',
  username: 'user.info.profile',
  follower_count: 'user.info.stats',
  following_count: 'user.info.stats',
  likes_count: 'user.info.stats',
  video_count: 'user.info.stats',
};

/** Who the token is for, and what that person lets be posted. */
export function creatorOperations(state: TiktokState): Operation[] {
  return [
    apiOperation(state, {
      name: 'user.info',
      method: 'GET',
      path: '/v2/user/info/',
      query: ['fields'],
      limit: 'readsPerMinute',
      run: (call) => userInfo(state, call),
    }),
    apiOperation(state, {
      name: 'creator.info',
      path: '/v2/post/publish/creator_info/query/',
      scope: 'video.publish',
      limit: 'creatorInfoPerMinute',
      run: ({ person }) => {
        checkCreator(state, person);
        return readAnswer(creatorView(state, person));
      },
    }),
  ];
}

function userInfo(state: TiktokState, { request, person, need }: ApiCall): SandboxResponse {
  const names = (request.query.get('fields') ?? '').split(',').filter((name) => name !== '');
  if (names.length === 0) throw invalid('The parameter fields is required');
  const known = profileOf(state, person);
  const user: JsonObject = {};
  for (const name of names) {
    const scope = PROFILE[name];
    if (scope === undefined) throw invalid(`The field ${name} is not known`);
    need(scope);
    user[name] = known[name] ?? null;
  }
  return success({ user });
}

function profileOf(state: TiktokState, { id, username, name }: Person): JsonObject {
  const videos = state.posted().filter((share) => share.accountId === id && state.isPublic(share));
  return {
    open_id: id,
    union_id: `union-${username}`,
    avatar_url: avatarOf(state, username),
    display_name: name,
    username,
    follower_count: 120,
    following_count: 40,
    likes_count: 900,
    video_count: videos.length,
  };
}

function creatorView(state: TiktokState, person: Person): JsonObject {
  return {
    creator_avatar_url: avatarOf(state, person.username),
    creator_username: person.username,
    creator_nickname: person.name,
    privacy_level_options: privacyOptions(person),
    comment_disabled: person.commentDisabled,
    duet_disabled: person.duetDisabled,
    stitch_disabled: person.stitchDisabled,
    max_video_post_duration_sec: person.maxDurationSec,
  };
}

function avatarOf({ environment }: TiktokState, username: string): string {
  return `${environment.url('AUTH')}/avatars/${username}.jpeg`;
}
