import { withMark, type CommitResult, type MediaItem, type TargetContent } from '../core/index.js';
import type { ByteSource } from '../../common/http/index.js';
import { InlineFile, type InlineJson } from './inline.json.js';
import { readPinterestSettings, type Slide } from './pinterest.settings.js';

/** What a pin needs beside its content. */
export interface PinParts {
  /** Idempotency key of the commit: the mark in the link. */
  readonly commitKey: string;
  /** Of a video that was uploaded; null: the pin has pictures. */
  readonly mediaId: string | null;
  readonly file: (item: MediaItem) => ByteSource;
}

/** The body of `POST /pins`. The same content gives the same bytes. */
export function buildPin(content: TargetContent, parts: PinParts): InlineJson {
  const settings = readPinterestSettings(content.settings);
  const { text, link } = content;
  const altText = altTextOf(content);
  return {
    board_id: settings.boardId,
    ...given('board_section_id', settings.sectionId),
    ...given('title', settings.title),
    ...(text.trim() === '' ? {} : { description: text }),
    ...(altText === '' ? {} : { alt_text: altText }),
    ...(link === null ? {} : { link: withMark(link, parts.commitKey) }),
    ...given('dominant_color', settings.dominantColor),
    media_source: sourceOf(content, parts),
  };
}

/** A pin has one alternative text: of a carousel, those of all pictures, one to a line. */
export function altTextOf({ media }: TargetContent): string {
  return media.flatMap(({ altText }) => (altText === null || altText === '' ? [] : [altText])).join('\n');
}

function sourceOf(content: TargetContent, { mediaId, file }: PinParts): InlineJson {
  const { coverSeconds, coverIndex, slides } = readPinterestSettings(content.settings);
  if (mediaId !== null) {
    const cover_image_key_frame_time = coverSeconds ?? 0;
    return { source_type: 'video_id', media_id: mediaId, cover_image_key_frame_time };
  }
  const [first, ...rest] = content.media.map((item) => ({
    content_type: item.mimeType,
    data: new InlineFile(file(item)),
  }));
  if (first === undefined) throw new Error('a pin has media');
  if (rest.length === 0) return { source_type: 'image_base64', ...first };
  const items = [first, ...rest].map((picture, index) => ({ ...picture, ...wordsOf(slides[index]) }));
  return { source_type: 'multiple_image_base64', items, ...given('index', coverIndex) };
}

function wordsOf(slide: Slide | undefined): Readonly<Record<string, string>> {
  if (slide === undefined) return {};
  const { title, description, link } = slide;
  return { ...given('title', title), ...given('description', description), ...given('link', link) };
}

function given<T extends string | number>(name: string, value: T | null): Readonly<Record<string, T>> {
  return value === null ? {} : { [name]: value };
}

export function resultOf(id: string): CommitResult {
  return { platformPostId: id, permalink: `https://www.pinterest.com/pin/${id}/` };
}
