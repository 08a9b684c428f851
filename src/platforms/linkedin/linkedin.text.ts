import type { TargetContent } from '../core/index.js';
import { readLinkedinSettings } from './linkedin.settings.js';

/** A card of its own, unless media, a poll or another post take its place: then the link stands in the text. */
export function hasCard({ link, media, settings }: TargetContent): boolean {
  const { linkThumbnail, poll, reshareOf } = readLinkedinSettings(settings);
  return link !== null && poll === null && reshareOf === null && (media.length === 0 || linkThumbnail);
}

/** Before it is escaped. */
export function composeText(content: TargetContent): string {
  const { text, link } = content;
  if (link === null || text.includes(link)) return text;
  if (text.trim() === '') return content.media.length > 0 && hasCard(content) ? text : link;
  return hasCard(content) ? text : `${text}\n\n${link}`;
}
