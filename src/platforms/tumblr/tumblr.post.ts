import type { JsonObject, MediaItem, TargetContent } from '../core/index.js';
import { readTumblrSettings } from './tumblr.settings.js';
import { slugOf } from './tumblr.slug.js';
import { textBlocks } from './tumblr.text.js';

const pictures: readonly string[] = ['image', 'gif'];

/** The name under which a file of the post goes up. */
export function identifierOf(index: number): string {
  return `m${index}`;
}

/** The body of `POST …/posts`. The same input gives the same bytes. */
export function buildPost(content: TargetContent, mark: string): JsonObject {
  const { tags, visibility, reblogs, sourceUrl, columns } = readTumblrSettings(content.settings);
  const blocks = blocksOf(content);
  const layout = columns > 1 ? layoutOf(blocks, columns) : null;
  return {
    content: blocks,
    ...(layout === null ? {} : { layout }),
    state: visibility === 'private' ? 'private' : 'published',
    ...(tags.length === 0 ? {} : { tags: tags.map((tag) => tag.trim()).join(',') }),
    ...(sourceUrl === null ? {} : { source_url: sourceUrl }),
    slug: slugOf(content, mark),
    ...(reblogs === null ? {} : { interactability_reblog: reblogs }),
  };
}

/** A heading, the media, the words below them, and the card of the link. */
export function blocksOf({ text, link, media, settings }: TargetContent): JsonObject[] {
  const { title } = readTumblrSettings(settings);
  return [
    ...(title === null ? [] : [{ type: 'text', subtype: 'heading1', text: title }]),
    ...media.map(mediaBlock),
    ...textBlocks(text),
    ...(link === null ? [] : [{ type: 'link', url: link }]),
  ];
}

function mediaBlock(item: MediaItem, index: number): JsonObject {
  const { kind, mimeType, width, height, altText } = item;
  const size = width === null || height === null ? {} : { width, height };
  const media = { type: mimeType, identifier: identifierOf(index), ...size };
  if (!pictures.includes(kind)) return { type: kind, media };
  const alt = altText === null || altText === '' ? {} : { alt_text: altText };
  return { type: 'image', media: [media], ...alt };
}

/** Pictures that follow each other share a row; everything else has one of its own. */
function layoutOf(blocks: readonly JsonObject[], columns: number): JsonObject[] {
  const rows: number[][] = [];
  blocks.forEach(({ type }, index) => {
    const last = rows.at(-1);
    const goesOn = type === 'image' && blocks[index - 1]?.['type'] === 'image';
    if (goesOn && last !== undefined && last.length < columns) last.push(index);
    else rows.push([index]);
  });
  return [{ type: 'rows', display: rows.map((row) => ({ blocks: row })) }];
}
