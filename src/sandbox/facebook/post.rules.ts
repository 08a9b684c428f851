import { isJsonObject, stringAt, type JsonObject } from '../core/json.js';
import { invalid, refuse } from './facebook.errors.js';
import type { Page, Photo, Post, PostState } from './facebook.model.js';
import type { FacebookState } from './facebook.state.js';
import { flagOf, listOf, textOf, timeOf } from './graph.values.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export const TEXT_LIMIT = 63_206;
export const COMMENT_LIMIT = 8000;

/** What a post may carry beside its content. */
export const TIMING = ['published', 'scheduled_publish_time', 'unpublished_content_type'];

export function checkText(text: string, limit: number, name = 'message'): string {
  if (text.length > limit) throw invalid(`Param ${name} must be at most ${limit} characters long.`);
  return text;
}

export function checkLink(link: string): string {
  if (!URL.canParse(link) || !/^https?:/.test(link)) {
    throw invalid('The url you supplied is invalid', 2061006, 'This link is not a valid address.');
  }
  if (/(^|\.)(facebook\.com|fb\.com)$/.test(new URL(link).hostname)) {
    throw invalid(
      'The post contains a facebook.com link.',
      1609008,
      'You cannot share this facebook.com link.',
    );
  }
  return link;
}

/** The same text twice in a row; pictures are told apart by themselves. */
export function checkRepeated(state: FacebookState, { id }: Page, message: string): void {
  const latest = state.published.all().find(({ pageId, kind }) => pageId === id && kind !== 'story');
  if (message === '' || latest?.message !== message || latest.mediaIds.length > 0) return;
  throw refuse({
    code: 506,
    message: '(#506) Duplicate status message',
    userMessage: 'Your update is the same as your last one.',
  });
}

/** Photos that were uploaded unpublished for this post: of this page, and each used once. */
export function attachedPhotos(state: FacebookState, page: Page, given: JsonObject): Photo[] {
  return listOf(given, 'attached_media').map((item) => {
    const id = isJsonObject(item) ? stringAt(item, 'media_fbid') : undefined;
    if (id === undefined) throw invalid('Param attached_media[0] must have media_fbid.');
    return unusedPhoto(state, page, id);
  });
}

export function unusedPhoto(state: FacebookState, page: Page, id: string): Photo {
  const photo = state.photos.get(id);
  if (photo === undefined || photo.pageId !== page.id) {
    throw invalid(`Photo ${id} does not exist, or is no photo of this page.`, 33);
  }
  if (photo.postId !== null) {
    throw invalid('Photos were already posted.', 1366051, 'These photos were already posted.');
  }
  return photo;
}

export interface Timing {
  readonly state: PostState;
  readonly publishAt: number | null;
}

/** Out now, at a time between ten minutes and a month from now, or never by itself. */
export function timingOf(state: FacebookState, given: JsonObject): Timing {
  if (flagOf(given, 'published', true)) {
    if (given['scheduled_publish_time'] !== undefined) {
      throw invalid('You cannot specify a scheduled publish time on a published post.');
    }
    return { state: 'published', publishAt: null };
  }
  const publishAt = timeOf(given, 'scheduled_publish_time');
  if (publishAt !== undefined) checkSchedule(state, publishAt);
  const draft = textOf(given, 'unpublished_content_type') === 'DRAFT' || publishAt === undefined;
  return draft ? { state: 'draft', publishAt: null } : { state: 'scheduled', publishAt };
}

export function checkSchedule(state: FacebookState, publishAt: number, mostDays = 30): void {
  const ahead = publishAt - state.environment.clock.now();
  if (ahead >= 10 * MINUTE_MS && ahead <= mostDays * DAY_MS) return;
  throw invalid(
    'The specified scheduled publish time is invalid.',
    undefined,
    `It has to be between 10 minutes and ${mostDays} days from now.`,
  );
}

export interface NewPost extends Timing {
  readonly kind: Post['kind'];
  readonly message: string;
  readonly link?: string | null;
  readonly mediaIds?: readonly string[];
  readonly appId: string;
  readonly extra?: JsonObject;
}

/** Makes the post, and shows it when its time is now. */
export function addPost(state: FacebookState, page: Page, wanted: NewPost): Post {
  const { link = null, mediaIds = [], extra = {}, ...rest } = wanted;
  const post: Post = {
    ...{ ...rest, link, mediaIds, extra },
    id: `${page.id}_${state.nextId()}`,
    no: state.nextNo(),
    pageId: page.id,
    createdAt: state.environment.clock.iso(),
    editedAt: null,
  };
  state.posts.set(post.id, post);
  for (const id of mediaIds) {
    const medium = state.medium(id);
    if (medium !== undefined) medium.postId = post.id;
  }
  if (post.state === 'published') state.publish(post);
  return post;
}
