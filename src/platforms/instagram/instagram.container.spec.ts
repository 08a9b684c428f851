import type { JsonObject, MediaItem, TargetContent } from '../core/index.js';
import { carouselFields, childFields, kindOf, singleFields } from './instagram.container.js';

const picture: MediaItem = {
  id: 'm',
  kind: 'image',
  mimeType: 'image/jpeg',
  bytes: 1,
  sha256: '00',
  width: 400,
  height: 400,
  durationMs: null,
  altText: 'A box',
  fileName: 'box.jpg',
};
const film: MediaItem = { ...picture, kind: 'video', mimeType: 'video/mp4' };
const url = 'https://example.org/file?a=1&b=2';

function content(media: readonly MediaItem[], settings: JsonObject = {}): TargetContent {
  return { text: 'Hello', link: null, media, thread: [], settings };
}

describe('containers of Instagram', () => {
  it('are reels for a video alone, carousels for several files, and stories where that is asked for', () => {
    const kinds = [[picture], [film], [picture, film]].map((media) => kindOf(content(media)));
    expect(kinds).toEqual(['image', 'reel', 'carousel']);
    expect(kindOf(content([picture], { format: 'story' }))).toBe('story');
  });

  it('of a picture have caption, alternative text, place and people', () => {
    const settings = {
      locationId: '12',
      collaborators: ['@ann'],
      userTags: [{ username: '@bob', x: 0.5, y: 1 }],
      aiGenerated: true,
    };
    expect(singleFields(content([picture], settings), picture, { url })).toEqual({
      image_url: url,
      caption: 'Hello',
      alt_text: 'A box',
      location_id: '12',
      collaborators: '["ann"]',
      user_tags: '[{"username":"bob","x":0.5,"y":1}]',
      is_ai_generated: 'true',
    });
  });

  it('of a reel take bytes or an address, and its own settings', () => {
    const settings = { shareToFeed: false, coverOffsetMs: 0, audioName: 'Waves', trial: 'performance' };
    expect(singleFields(content([film], settings), film, 'upload')).toEqual({
      media_type: 'REELS',
      upload_type: 'resumable',
      caption: 'Hello',
      share_to_feed: 'false',
      thumb_offset: '0',
      audio_name: 'Waves',
      trial_params: '{"graduation_strategy":"SS_PERFORMANCE"}',
    });
    const covered = { coverUrl: 'https://example.org/c.jpg', coverOffsetMs: 5 };
    const fields = singleFields(content([film], covered), film, { url });
    expect(fields).toMatchObject({ video_url: url, cover_url: 'https://example.org/c.jpg' });
    expect(fields).not.toHaveProperty('thumb_offset');
  });

  it('of a story have nothing but the file', () => {
    const story = content([film], { format: 'story' });
    expect(singleFields(story, film, { url })).toEqual({ media_type: 'STORIES', video_url: url });
  });

  it('of a carousel have the words, those of its files the people', () => {
    const tagged = content([picture, film], { userTags: [{ username: 'bob', item: 1 }], shareToFeed: true });
    expect(childFields(tagged, 0, picture, url)).toEqual({
      is_carousel_item: 'true',
      image_url: url,
      alt_text: 'A box',
    });
    expect(childFields(tagged, 1, film, url)).toEqual({
      is_carousel_item: 'true',
      media_type: 'VIDEO',
      video_url: url,
      user_tags: '[{"username":"bob"}]',
    });
    expect(carouselFields(tagged, ['1', '2'])).toEqual({
      media_type: 'CAROUSEL',
      children: '1,2',
      caption: 'Hello',
      share_to_feed: 'true',
    });
  });
});
