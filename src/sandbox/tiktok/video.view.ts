import { numberAt, type JsonObject } from '../core/json.js';
import type { SandboxRequest } from '../core/request.js';
import type { Share } from './share.js';
import { invalid } from './tiktok.errors.js';
import type { TiktokState } from './tiktok.state.js';

const SHOWN = 150;
const SHARED = '?utm_campaign=tt4d_open_api&utm_source=tiktok-app';
const FIGURES = ['view_count', 'like_count', 'comment_count', 'share_count'];
const FIELDS = [
  ...['id', 'title', 'video_description', 'create_time', 'duration', 'share_url', 'cover_image_url'],
  ...FIGURES,
];

/** Fields are named one by one; without any there is no answer. */
export function fieldsOfQuery({ query }: SandboxRequest): readonly string[] {
  const names = (query.get('fields') ?? '').split(',').filter((name) => name !== '');
  if (names.length === 0) throw invalid('The parameter fields is required');
  const strange = names.find((name) => !FIELDS.includes(name));
  if (strange !== undefined) throw invalid(`The field ${strange} is not known`);
  return names;
}

export function videoView(state: TiktokState, share: Share, names: readonly string[]): JsonObject {
  const all = viewOf(state, share);
  return Object.fromEntries(names.map((name) => [name, all[name] ?? null]));
}

export function permalinkOf({ environment, people }: TiktokState, share: Share): string {
  const person = people.find(({ id }) => id === share.accountId);
  return `${environment.url('AUTH')}/@${person?.username ?? ''}/${share.kind}/${share.itemId}`;
}

/** Pictures have a heading and a text, a video has one for both. */
function viewOf(state: TiktokState, share: Share): JsonObject {
  const { itemId, kind, post, content } = share;
  const description = kind === 'video' ? post.title : post.description;
  const { figures } = state.settings;
  return {
    id: itemId,
    title: post.title.slice(0, SHOWN),
    video_description: description.slice(0, SHOWN),
    create_time: Math.floor(state.postedAt(share) / 1000),
    duration: Math.round(content?.durationSec ?? 0),
    share_url: `${permalinkOf(state, share)}${SHARED}`,
    cover_image_url: `${state.environment.url('AUTH')}/covers/${itemId}.jpeg`,
    ...Object.fromEntries(FIGURES.map((name) => [name, numberAt(figures, name) ?? 0])),
  };
}
