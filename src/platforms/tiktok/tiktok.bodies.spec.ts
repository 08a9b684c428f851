import type { MediaItem, TargetContent } from '../core/index.js';
import { checkSettings } from '../core/settings.js';
import { photoBody, videoBody } from './tiktok.bodies.js';
import { planChunks } from './tiktok.chunks.js';
import { checkCreator } from './tiktok.creator.js';
import { checkTiktok } from './tiktok.preflight.js';
import { tiktokSettings } from './tiktok.settings.js';

const item = (kind: 'video' | 'image'): MediaItem => ({
  ...{ id: 'm', kind, mimeType: 'video/mp4', bytes: 25_000_000, sha256: 'a'.repeat(64) },
  ...{ width: 720, height: 1280, durationMs: 5000, altText: null, fileName: 'f' },
});
const content = (kind: 'video' | 'image', settings: TargetContent['settings']): TargetContent => {
  const checked = checkSettings(tiktokSettings, { privacyLevel: 'SELF_ONLY', ...settings });
  if (!checked.ok) throw new Error('the settings are wrong');
  return { text: 'Words', link: null, media: [item(kind)], thread: [], settings: checked.settings };
};
const creator = {
  ...{ username: 'anna', nickname: 'Anna', privacyLevels: ['SELF_ONLY'], maxVideoSec: 60 },
  ...{ commentDisabled: true, duetDisabled: true, stitchDisabled: true },
};

describe('what TikTok is told', () => {
  it('of a video: everything is off that is not switched on, and the label is inside', () => {
    expect(videoBody(content('video', { aiGenerated: true }), item('video'), planChunks(25_000_000))).toEqual(
      {
        post_info: {
          ...{ title: 'Words', privacy_level: 'SELF_ONLY', disable_comment: true, disable_duet: true },
          ...{
            disable_stitch: true,
            brand_content_toggle: false,
            brand_organic_toggle: false,
            is_aigc: true,
          },
        },
        source_info: {
          ...{ source: 'FILE_UPLOAD', video_size: 25_000_000, chunk_size: 10_000_000, total_chunk_count: 2 },
        },
      },
    );
  });

  it('of photos: the label is outside, and a draft has words only', () => {
    const urls = ['https://files.example/1.jpg'];
    expect(photoBody(content('image', { aiGenerated: true, title: 'T' }), urls)).toMatchObject({
      ...{ media_type: 'PHOTO', post_mode: 'DIRECT_POST', is_aigc: true },
      post_info: { title: 'T', description: 'Words', auto_add_music: false },
    });
    const draft = photoBody(content('image', { format: 'draft' }), urls);
    expect(draft).toMatchObject({ post_mode: 'MEDIA_UPLOAD', post_info: { description: 'Words' } });
    expect(draft).not.toHaveProperty('is_aigc');
    expect(draft).not.toHaveProperty('post_info.privacy_level');
  });
});

describe('what is refused before', () => {
  it.each([
    ['image', { allowDuet: true }, '/settings/allowDuet', 'needs_video'],
    ['image', { coverTimestampMs: 1 }, '/settings/coverTimestampMs', 'needs_video'],
    ['video', { title: 'T' }, '/settings/title', 'needs_photos'],
    ['video', { autoAddMusic: true }, '/settings/autoAddMusic', 'needs_photos'],
    ['video', { coverTimestampMs: 5001 }, '/settings/coverTimestampMs', 'cover_missing'],
    ['image', { coverIndex: 1 }, '/settings/coverIndex', 'cover_missing'],
    ['video', { brandedContent: true }, '/settings/brandedContent', 'excludes_each_other'],
  ] as const)('%s with %j', (kind, settings, pointer, rule) => {
    expect(checkTiktok(content(kind, settings))).toMatchObject([{ pointer, rule }]);
  });

  it('is nothing of what fits', () => {
    expect(checkTiktok(content('video', { coverTimestampMs: 5000 }))).toEqual([]);
    expect(checkTiktok(content('image', { title: 'T', coverIndex: 0, autoAddMusic: true }))).toEqual([]);
  });
});

describe('what the account may not do at the moment', () => {
  const check =
    (settings: TargetContent['settings'], about = creator) =>
    () => {
      checkCreator(about, content('video', settings));
    };
  it.each([
    [{ privacyLevel: 'PUBLIC_TO_EVERYONE' }, creator, 'tiktok.privacy_not_offered'],
    [{ allowComment: true }, creator, 'tiktok.interaction_switched_off'],
    [{ allowStitch: true }, creator, 'tiktok.interaction_switched_off'],
    [{}, { ...creator, maxVideoSec: 4 }, 'tiktok.video_too_long'],
  ])('%j', (settings, about, code) => {
    expect(check(settings, about)).toThrow(expect.objectContaining({ code, kind: 'content_refused' }));
  });

  it('is asked for, and nothing else keeps the post back', () => {
    expect(check({})).not.toThrow();
    expect(check({}, { ...creator, maxVideoSec: 5 })).not.toThrow();
  });
});
