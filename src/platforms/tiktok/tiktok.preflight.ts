import type { Violation } from '../../common/errors/index.js';
import type { TargetContent } from '../core/index.js';
import { readTiktokSettings, type TiktokSettings } from './tiktok.settings.js';
import { showsPhotos } from './tiktok.text.js';

/** What TikTok refuses beside lengths and files. Pointers are relative to the target. */
export function checkTiktok(content: TargetContent): Violation[] {
  const settings = readTiktokSettings(content.settings);
  return [
    ...(settings.isDraft ? [] : checkAudience(settings)),
    ...(content.media.length === 0 ? [] : checkForKind(content, settings)),
    ...checkCover(content, settings),
  ];
}

function checkAudience({ privacyLevel, brandedContent }: TiktokSettings): Violation[] {
  if (!brandedContent || privacyLevel !== 'SELF_ONLY') return [];
  return [
    {
      pointer: '/settings/brandedContent',
      rule: 'excludes_each_other',
      message: 'Branded content cannot be for oneself only.',
      actual: privacyLevel,
      remedy: 'Choose another privacyLevel, or leave brandedContent out.',
    },
  ];
}

/** What only a video, or only photos, can have. */
function checkForKind(content: TargetContent, settings: TiktokSettings): Violation[] {
  const photos = showsPhotos(content);
  const { allowDuet, allowStitch, coverTimestampMs, title, coverIndex, autoAddMusic } = settings;
  const given: Readonly<Record<string, boolean>> = photos
    ? { allowDuet, allowStitch, coverTimestampMs: coverTimestampMs !== null }
    : { title: title !== null, coverIndex: coverIndex !== null, autoAddMusic };
  return Object.entries(given)
    .filter(([, isGiven]) => isGiven)
    .map(([name]) => ({
      pointer: `/settings/${name}`,
      rule: photos ? 'needs_video' : 'needs_photos',
      message: `On TikTok only ${photos ? 'a video has' : 'photos have'} "${name}".`,
      remedy: 'Leave it out for this target.',
    }));
}

function checkCover({ media }: TargetContent, { coverIndex, coverTimestampMs }: TiktokSettings): Violation[] {
  const violations: Violation[] = [];
  if (coverIndex !== null && media.length > 0 && coverIndex >= media.length) {
    violations.push({
      pointer: '/settings/coverIndex',
      rule: 'cover_missing',
      message: `There is no photo ${coverIndex}, counted from 0.`,
      limit: media.length - 1,
      actual: coverIndex,
      remedy: 'Name one of the photos of this target.',
    });
  }
  const durationMs = media[0]?.durationMs ?? null;
  if (coverTimestampMs !== null && durationMs !== null && coverTimestampMs > durationMs) {
    violations.push({
      pointer: '/settings/coverTimestampMs',
      rule: 'cover_missing',
      message: 'The video is over before the moment that is to become its cover.',
      limit: durationMs,
      actual: coverTimestampMs,
      remedy: 'Name a moment within the video.',
    });
  }
  return violations;
}
