import { arrayAt, isJsonObject, numberAt, stringAt, type JsonObject } from '../core/json.js';
import type { ApiCall } from './api.operation.js';
import { statusOf } from './media.operations.js';
import { invalid } from './pinterest.errors.js';
import type { Cover, PinImage, PinMedia } from './pinterest.model.js';
import { inlineImage, pulledImage } from './pin.images.js';
import type { PinterestState } from './pinterest.state.js';

export interface GivenMedia {
  readonly source: JsonObject;
  readonly altText: string | null;
}

/** The fields of each kind of source beside `source_type`; what belongs to another is refused. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  image_url: ['url'],
  image_base64: ['content_type', 'data'],
  multiple_image_urls: ['items', 'index'],
  multiple_image_base64: ['items', 'index'],
  video_id: [
    'media_id',
    'cover_image_url',
    'cover_image_content_type',
    'cover_image_data',
    'cover_image_key_frame_time',
  ],
};
const CAROUSEL = { least: 2, most: 5 };

export async function readMedia(
  state: PinterestState,
  call: ApiCall,
  { source, altText }: GivenMedia,
): Promise<PinMedia> {
  const type = stringAt(source, 'source_type') ?? '';
  const fields = FIELDS[type];
  if (fields === undefined) throw invalid(`media_source: '${type}' is no source_type`);
  const strange = Object.keys(source).find((name) => name !== 'source_type' && !fields.includes(name));
  if (strange !== undefined) throw invalid(`media_source: ${strange} does not belong to ${type}`);
  switch (type) {
    case 'image_url':
    case 'image_base64':
      return { type: 'image', image: await imageOf(state, call, { source, altText }) };
    case 'video_id':
      return videoOf(state, call, { source, altText });
    default:
      return carouselOf(state, call, { source, altText });
  }
}

async function imageOf(
  state: PinterestState,
  call: ApiCall,
  { source, altText }: GivenMedia,
): Promise<PinImage> {
  const url = stringAt(source, 'url');
  const found =
    url === undefined ? await inlineImage(state, source) : await pulledImage(state, url, call.gone);
  const words = {
    title: stringAt(source, 'title') ?? null,
    description: stringAt(source, 'description') ?? null,
    link: stringAt(source, 'link') ?? null,
  };
  return { media: { ...found, alt: altText }, ...words };
}

async function carouselOf(
  state: PinterestState,
  call: ApiCall,
  { source, altText }: GivenMedia,
): Promise<PinMedia> {
  const items = (arrayAt(source, 'items') ?? []).filter(isJsonObject);
  if (items.length < CAROUSEL.least)
    throw invalid(`media_source.items: constraint: minItems=${CAROUSEL.least}`);
  if (items.length > CAROUSEL.most)
    throw invalid(`media_source.items: constraint: maxItems=${CAROUSEL.most}`);
  const byUrl = stringAt(source, 'source_type') === 'multiple_image_urls';
  if (items.some((item) => (stringAt(item, 'url') !== undefined) !== byUrl)) {
    throw invalid('media_source.items: they have to be all addresses or all data, as the source_type says');
  }
  const images = await Promise.all(items.map((item) => imageOf(state, call, { source: item, altText })));
  const sizes = new Set(images.map(({ media }) => `${media.width ?? 0}x${media.height ?? 0}`));
  if (sizes.size > 1) throw invalid('media_source.items: all images of a carousel need the same size');
  const index = numberAt(source, 'index') ?? 0;
  if (!Number.isInteger(index) || index < 0 || index >= images.length) throw invalid('media_source.index');
  return { type: 'multiple_images', items: images, index };
}

async function videoOf(
  state: PinterestState,
  call: ApiCall,
  { source, altText }: GivenMedia,
): Promise<PinMedia> {
  const id = stringAt(source, 'media_id') ?? '';
  const upload = state.uploads.find((candidate) => candidate.id === id);
  if (upload?.ownerId !== call.person.id) throw invalid(`media_id: there is no media ${id}`);
  const status = statusOf(state, upload);
  if (upload.file === null || status !== 'succeeded') throw invalid(`media_id: ${id} is ${status}`);
  const cover = await coverOf(state, call, source);
  return { type: 'video', video: { ...upload.file, alt: altText }, cover };
}

async function coverOf(state: PinterestState, call: ApiCall, source: JsonObject): Promise<Cover> {
  const url = stringAt(source, 'cover_image_url');
  if (url !== undefined) return { image: await pulledImage(state, url, call.gone) };
  const content_type = stringAt(source, 'cover_image_content_type');
  if (content_type !== undefined) {
    const data = stringAt(source, 'cover_image_data') ?? '';
    return { image: await inlineImage(state, { content_type, data }) };
  }
  const keyFrameTime = numberAt(source, 'cover_image_key_frame_time');
  if (keyFrameTime === undefined) {
    throw invalid(
      'media_source: cover_image_url or cover_image_content_type and cover_image_data is required',
    );
  }
  if (!Number.isInteger(keyFrameTime) || keyFrameTime < 0) throw invalid('cover_image_key_frame_time');
  return { keyFrameTime };
}
