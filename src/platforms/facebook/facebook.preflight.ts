import type { Violation } from '../../common/errors/index.js';
import type { TargetContent } from '../core/index.js';
import { readFacebookSettings } from './facebook.settings.js';

/** Settings that do not go with the kind of post: what Facebook would not take, or would drop without a word. */
export function checkFormat({ media, settings }: TargetContent): Violation[] {
  const { format, firstComment, title, place } = readFacebookSettings(settings);
  const isVideo = media.some(({ kind }) => kind === 'video');
  const refused = (name: string, why: string): Violation => ({
    pointer: `/settings/${name}`,
    rule: 'setting_not_applicable',
    message: why,
    remedy: `Remove "${name}", or choose another format.`,
  });
  return [
    ...(format === 'story' && firstComment !== null
      ? [refused('firstComment', 'Nobody can comment on a story.')]
      : []),
    ...(format === 'story' && place !== null ? [refused('place', 'A story has no place.')] : []),
    ...(title !== null && (!isVideo || format === 'story')
      ? [refused('title', 'Only videos and reels have a title.')]
      : []),
  ];
}
