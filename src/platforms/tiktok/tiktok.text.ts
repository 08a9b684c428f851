import type { TargetContent } from '../core/index.js';
import { readTiktokSettings } from './tiktok.settings.js';

/** The caption: the link stands in the text, where nobody can click it. */
export function captionOf({ text, link }: Pick<TargetContent, 'text' | 'link'>): string {
  if (link === null || text.includes(link)) return text;
  return text.trim() === '' ? link : `${text}\n\n${link}`;
}

export function showsPhotos({ media }: Pick<TargetContent, 'media'>): boolean {
  return media[0]?.kind === 'image';
}

/** A draft of a video has no caption: the person writes it in the app. */
export function losesCaption(content: TargetContent): boolean {
  return readTiktokSettings(content.settings).isDraft && !showsPhotos(content);
}
