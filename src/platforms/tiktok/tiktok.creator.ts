import { PublishError, type MediaItem, type TargetContent } from '../core/index.js';
import type { CreatorInfo } from './tiktok.answers.js';
import { readTiktokSettings } from './tiktok.settings.js';
import { showsPhotos } from './tiktok.text.js';

/** What was composed against what the account may do at this moment: TikTok wants it asked before every post. */
export function checkCreator(creator: CreatorInfo, content: TargetContent): void {
  const { privacyLevel, allowComment, allowDuet, allowStitch } = readTiktokSettings(content.settings);
  if (!creator.privacyLevels.includes(privacyLevel ?? '')) {
    throw refused({
      code: 'privacy_not_offered',
      message: `The account may not choose ${privacyLevel ?? 'nothing'} now, only ${creator.privacyLevels.join(', ')}.`,
      remedy: 'Set privacyLevel to one of these.',
    });
  }
  const video = showsPhotos(content) ? undefined : content.media[0];
  const off = [
    ...(allowComment && creator.commentDisabled ? ['allowComment'] : []),
    ...(allowDuet && creator.duetDisabled ? ['allowDuet'] : []),
    ...(allowStitch && creator.stitchDisabled ? ['allowStitch'] : []),
  ];
  if (off.length > 0) {
    throw refused({
      code: 'interaction_switched_off',
      message: `The account has switched off what the post is to allow: ${off.join(', ')}.`,
      remedy: 'Leave it out, or switch it on in the privacy settings of the TikTok app.',
    });
  }
  checkLength(creator, video);
}

function checkLength({ maxVideoSec }: CreatorInfo, video: MediaItem | undefined): void {
  const durationMs = video?.durationMs ?? null;
  if (maxVideoSec === null || durationMs === null || durationMs <= maxVideoSec * 1000) return;
  throw refused({
    code: 'video_too_long',
    message: `The account may post videos of ${maxVideoSec} seconds now; this one has ${Math.ceil(durationMs / 1000)}.`,
    remedy: 'Shorten the video.',
  });
}

function refused({ code, message, remedy }: { code: string; message: string; remedy: string }): PublishError {
  return new PublishError({ kind: 'content_refused', code: `tiktok.${code}`, message, remedy });
}
