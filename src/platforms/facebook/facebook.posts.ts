import { listAt, textAt } from '../core/index.js';
import { readListing, wordAt, type Listing } from '../families/meta/index.js';

/** A post, reel, story or comment as a list tells it. */
export interface FacebookPost {
  /** A video of the feed goes by its own id, as when it was made. */
  readonly id: string;
  readonly message: string;
  readonly createdAt: Date;
  readonly permalink: string | null;
  /** The app that made it; null where Facebook does not say. */
  readonly appId: string | null;
  /** Who wrote a comment; null where Facebook does not say. */
  readonly fromId: string | null;
  /** Photos and videos that it shows. */
  readonly mediaIds: readonly string[];
  readonly hasVideo: boolean;
}

export function readPosts(body: unknown): Listing<FacebookPost> | null {
  return readListing(body, readPost);
}

function readPost(item: unknown): FacebookPost | null {
  const id = wordAt(item, 'post_id') ?? wordAt(item, 'id');
  const createdAt = timeOf(item);
  if (id === null || createdAt === null) return null;
  const attachments = listAt(item, 'attachments', 'data') ?? [];
  const below = attachments.flatMap((one) => listAt(one, 'subattachments', 'data') ?? []);
  const targets = [...attachments, ...below].flatMap((one) => wordAt(one, 'target', 'id') ?? []);
  const hasVideo = attachments.some((one) => (textAt(one, 'media_type') ?? '').startsWith('video'));
  return {
    id: (hasVideo ? targets[0] : null) ?? id,
    message: textAt(item, 'message') ?? textAt(item, 'description') ?? '',
    createdAt,
    permalink: textAt(item, 'permalink_url') ?? textAt(item, 'url'),
    appId: wordAt(item, 'application', 'id'),
    fromId: wordAt(item, 'from', 'id'),
    mediaIds: [...targets, ...(wordAt(item, 'media_id') === null ? [] : [wordAt(item, 'media_id') ?? ''])],
    hasVideo,
  };
}

/** `2026-11-22T05:50:00+0000`, or the seconds since 1970. */
function timeOf(item: unknown): Date | null {
  const given = wordAt(item, 'created_time') ?? wordAt(item, 'creation_time');
  if (given === null) return null;
  const time = new Date(
    /^\d+$/.test(given) ? Number(given) * 1000 : given.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'),
  );
  return Number.isNaN(time.getTime()) ? null : time;
}
