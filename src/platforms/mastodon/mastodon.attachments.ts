import type { Violation } from '../../common/errors/index.js';
import type { MediaItem, TargetContent } from '../core/index.js';
import { readMastodonSettings, type FocalPoint } from './mastodon.settings.js';

/** One medium of a status, with what its upload says of it. */
export interface Attachment {
  readonly item: MediaItem;
  /** Its place among the media of the part. */
  readonly mediaIndex: number;
  /** Shown in its place until it is played. */
  readonly cover: MediaItem | null;
  readonly focus: FocalPoint | null;
}

/** What is attached to a part, in its order. Focal points are for the media of the post itself. */
export function attachmentsOf(content: TargetContent, part: number): readonly Attachment[] {
  const { focus, pictureAsCover } = readMastodonSettings(content.settings);
  const media = mediaOfPart(content, part);
  const played = pictureAsCover ? media.find(isPlayed) : undefined;
  const cover = played === undefined ? undefined : media.find(({ kind }) => kind === 'image');
  return media
    .map((item, mediaIndex) => ({ item, mediaIndex }))
    .filter(({ item }) => item !== cover)
    .map(({ item, mediaIndex }, index) => ({
      item,
      mediaIndex,
      cover: item === played ? (cover ?? null) : null,
      focus: part === 0 ? (focus[index] ?? null) : null,
    }));
}

/** What cannot be said of the media of the post. Pointers are relative to the target. */
export function checkAttachments(content: TargetContent): Violation[] {
  const { focus, pictureAsCover } = readMastodonSettings(content.settings);
  const attachments = attachmentsOf(content, 0);
  const violations: Violation[] = [];
  if (focus.length > attachments.length) {
    violations.push({
      pointer: '/settings/focus',
      rule: 'too_many_focal_points',
      message: `The post has ${attachments.length} media to focus; the setting has ${focus.length} points.`,
      limit: attachments.length,
      actual: focus.length,
      remedy: 'Name one point for each of the media, in their order, or leave the last ones out.',
    });
  }
  if (pictureAsCover && !hasCover(content)) {
    violations.push({
      pointer: '/settings/pictureAsCover',
      rule: 'cover_incomplete',
      message: 'A cover needs a picture, and a video or a sound to be shown by it.',
      remedy: 'Add what is missing, or leave the setting out.',
    });
  }
  return violations;
}

/** In any of its parts. */
function hasCover(content: TargetContent): boolean {
  const parts = Array.from({ length: 1 + content.thread.length }, (_, part) => part);
  return parts.some((part) => attachmentsOf(content, part).some(({ cover }) => cover !== null));
}

function mediaOfPart(content: TargetContent, part: number): readonly MediaItem[] {
  return part === 0 ? content.media : (content.thread[part - 1]?.media ?? []);
}

function isPlayed({ kind }: MediaItem): boolean {
  return kind === 'video' || kind === 'audio';
}
