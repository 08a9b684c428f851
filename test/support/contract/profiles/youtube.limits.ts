import type { Limit } from '../profile.js';
import { image, uprightVideo, video } from '../samples.js';

const media = [video()];
const titled = { title: 'A title' };

/** Each limit from both sides. */
export const limits: readonly Limit[] = [
  {
    name: '5,000 bytes of description',
    longest: { text: 'ä'.repeat(2_500), media, settings: titled },
    tooLong: { text: `${'ä'.repeat(2_500)}a`, media, settings: titled },
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '100 characters of title',
    longest: { text: 'Words', media, settings: { title: '😀'.repeat(100) } },
    tooLong: { text: 'Words', media, settings: { title: '😀'.repeat(101) } },
    rule: 'maxLength',
    enforcedByPlatform: false,
  },
  {
    name: 'a title',
    longest: { text: 'The first line\nand more', media },
    tooLong: { text: '', media },
    rule: 'title_required',
    enforcedByPlatform: true,
  },
  {
    name: 'a description without brackets',
    longest: { text: 'One is more than two', media },
    tooLong: { text: '1 > 2', media },
    rule: 'forbidden_characters',
    enforcedByPlatform: true,
  },
  {
    name: '500 characters of tags',
    longest: { text: 'Words', media, settings: { tags: ['a'.repeat(247), `b ${'c'.repeat(248)}`] } },
    tooLong: { text: 'Words', media, settings: { tags: ['a'.repeat(248), `b ${'c'.repeat(248)}`] } },
    rule: 'tags_too_long',
    enforcedByPlatform: true,
  },
  {
    name: 'one video',
    longest: { text: 'One', media },
    tooLong: { text: 'Two', media: [video(1), video(2)] },
    rule: 'too_many_media',
    enforcedByPlatform: false,
  },
  {
    name: 'a video, not only a picture',
    longest: { text: 'Both', media: [image(), video()] },
    tooLong: { text: 'No video', media: [image()] },
    rule: 'video_required',
    enforcedByPlatform: false,
  },
  {
    name: 'an upright or square short',
    longest: { text: 'Upright', media: [uprightVideo()], settings: { format: 'short' } },
    tooLong: { text: 'Wide', media, settings: { format: 'short' } },
    rule: 'media_ratio',
    enforcedByPlatform: false,
  },
  {
    name: 'comments, except on a video for children',
    longest: { text: 'For children', media, settings: { madeForKids: true } },
    tooLong: { text: 'For children', media, settings: { madeForKids: true, firstComment: 'First' } },
    rule: 'comment_on_video_for_kids',
    enforcedByPlatform: false,
  },
];
