import type { InboxEntry, InboxLinkCard, InboxMedia } from '../core/inbox.js';
import {
  arrayAt,
  isJsonObject,
  numberAt,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from '../core/json.js';
import type { BlueskyAccount, StoredBlob, StoredRecord } from './bluesky.account.js';
import { renderFacets } from './facet.markup.js';
import { gatesOf } from './post.gates.js';
import { quotedBy } from './quoted.record.js';

/** The posts of an account as its readers see them. */
export function inboxOf(account: BlueskyAccount): InboxEntry[] {
  const posts = [...account.records.values()].filter(({ collection }) => collection === 'app.bsky.feed.post');
  return posts.map((record) => entryOf(account, record));
}

function entryOf(account: BlueskyAccount, record: StoredRecord): InboxEntry {
  const { value, uri, rkey, cid } = record;
  const { replies, quotes } = gatesOf(account, record);
  const embed = objectAt(value, 'embed') ?? {};
  const media = objectAt(embed, 'media') ?? embed;
  const labels = (arrayAt(objectAt(value, 'labels') ?? {}, 'values') ?? []).map(labelOf);
  return {
    platform: 'bluesky',
    account: account.did,
    postId: uri,
    permalink: `https://bsky.app/profile/${account.did}/post/${rkey}`,
    text: stringAt(value, 'text') ?? '',
    media: mediaOf(account, media),
    linkCard: linkCardOf(account, objectAt(media, 'external')),
    replyTo: stringAt(objectAt(objectAt(value, 'reply') ?? {}, 'parent') ?? {}, 'uri') ?? null,
    visibility: 'public',
    spoiler: labels.length === 0 ? null : labels.join(', '),
    createdAt: stringAt(value, 'createdAt') ?? record.indexedAt,
    extra: {
      author: account.displayName,
      handle: account.handle,
      rkey,
      cid,
      quote: quotedBy(value) ?? null,
      langs: value['langs'] ?? [],
      tags: value['tags'] ?? [],
      whoMayReply: replies === null ? 'everybody' : [...replies],
      quotable: quotes,
    },
    raw: value,
    display: { html: `<p>${renderFacets(value)}</p>`, isolated: false },
  };
}

function labelOf(value: JsonValue): string {
  return isJsonObject(value) ? (stringAt(value, 'val') ?? '') : '';
}

function mediaOf(account: BlueskyAccount, embed: JsonObject): InboxMedia[] {
  const pictures = [...(arrayAt(embed, 'images') ?? []), ...(arrayAt(embed, 'items') ?? [])].filter(
    isJsonObject,
  );
  const images = pictures.map((picture) =>
    mediumOf(account, picture, { blob: picture['image'], kind: 'image' }),
  );
  const kind = stringAt(embed, 'presentation') === 'gif' ? 'gif' : 'video';
  const video =
    embed['video'] === undefined ? [] : [mediumOf(account, embed, { blob: embed['video'], kind })];
  return [...images, ...video].filter((medium) => medium !== null);
}

function mediumOf(
  account: BlueskyAccount,
  holder: JsonObject,
  { blob, kind }: { blob: JsonValue | undefined; kind: 'image' | 'gif' | 'video' },
): InboxMedia | null {
  const stored = storedOf(account, blob);
  if (!stored) return null;
  const ratio = objectAt(holder, 'aspectRatio') ?? {};
  const width = stored.width ?? numberAt(ratio, 'width');
  const height = stored.height ?? numberAt(ratio, 'height');
  const size = width === undefined || height === undefined ? {} : { width, height };
  const { mimeType, sha256 } = stored;
  return { kind, mimeType, bytes: stored.size, alt: stringAt(holder, 'alt') ?? null, ...size, sha256 };
}

function storedOf(account: BlueskyAccount, blob: JsonValue | undefined): StoredBlob | undefined {
  if (!isJsonObject(blob)) return undefined;
  return account.blobs.get(stringAt(objectAt(blob, 'ref') ?? {}, '$link') ?? '');
}

function linkCardOf(account: BlueskyAccount, external: JsonObject | undefined): InboxLinkCard | null {
  if (!external) return null;
  return {
    url: stringAt(external, 'uri') ?? '',
    title: stringAt(external, 'title') ?? null,
    description: stringAt(external, 'description') ?? null,
    image: mediumOf(account, external, { blob: external['thumb'], kind: 'image' }),
  };
}
