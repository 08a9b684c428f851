import type { BlobLimits } from './blob.references.js';
import { integer, list, object, oneOf, text, union, type Check } from './lexicon.checks.js';
import { atUri, cid, datetime, did, language, uri } from './lexicon.formats.js';

const hashtag = text({ maxGraphemes: 64, maxBytes: 640 });
const strongRef = object({ required: { uri: atUri, cid } });
const aspectRatio = object({ required: { width: integer(1), height: integer(1) } });

const IMAGE_TYPES = ['image/*'];
const MAX_THUMB_BYTES = 1_000_000;
const MAX_VIDEO_BYTES = 300_000_000;
const MAX_CAPTION_BYTES = 20_000;

const facet = object({
  required: {
    index: object({ required: { byteStart: integer(0), byteEnd: integer(0) } }),
    features: list(
      union({
        'app.bsky.richtext.facet#link': object({ required: { uri } }),
        'app.bsky.richtext.facet#mention': object({ required: { did } }),
        'app.bsky.richtext.facet#tag': object({ required: { tag: hashtag } }),
      }),
    ),
  },
});

/** Makes the check of a blob reference: it must name an uploaded blob that keeps to the limits. */
export type BlobCheck = (limits: BlobLimits) => Check;

export function postRecord(blob: BlobCheck, maxImageBytes: number): Check {
  const image = blob({ types: IMAGE_TYPES, maxBytes: maxImageBytes });
  const media = mediaEmbeds(blob, image);
  const record = object({ required: { record: strongRef } });
  return object({
    required: {
      $type: oneOf('app.bsky.feed.post'),
      text: text({ maxGraphemes: 300, maxBytes: 3000 }),
      createdAt: datetime,
    },
    optional: {
      facets: list(facet),
      reply: object({ required: { root: strongRef, parent: strongRef } }),
      embed: union({
        ...media,
        'app.bsky.embed.record': record,
        'app.bsky.embed.recordWithMedia': object({ required: { record, media: union(media) } }),
      }),
      langs: list(language, { max: 3 }),
      labels: union({
        'com.atproto.label.defs#selfLabels': object({
          required: { values: list(object({ required: { val: text({ maxBytes: 128 }) } }), { max: 10 }) },
        }),
      }),
      tags: list(hashtag, { max: 8 }),
    },
  });
}

function mediaEmbeds(blob: BlobCheck, image: Check): Record<string, Check> {
  const picture = object({ required: { image, alt: text() }, optional: { aspectRatio } });
  const thumb = blob({ types: IMAGE_TYPES, maxBytes: MAX_THUMB_BYTES });
  const caption = blob({ types: ['text/vtt'], maxBytes: MAX_CAPTION_BYTES });
  return {
    'app.bsky.embed.images': object({ required: { images: list(picture, { max: 4 }) } }),
    'app.bsky.embed.gallery': object({
      required: { items: list(union({ 'app.bsky.embed.gallery#image': picture }), { max: 20 }) },
    }),
    'app.bsky.embed.external': object({
      required: {
        external: object({ required: { uri, title: text(), description: text() }, optional: { thumb } }),
      },
    }),
    'app.bsky.embed.video': object({
      required: { video: blob({ types: ['video/mp4'], maxBytes: MAX_VIDEO_BYTES }) },
      optional: {
        alt: text(),
        aspectRatio,
        captions: list(object({ required: { lang: language, file: caption } }), { max: 20 }),
        presentation: oneOf('default', 'gif'),
      },
    }),
  };
}
