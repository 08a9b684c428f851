import type { Limit } from '../profile.js';
import { audio, image, video } from '../samples.js';

const pictures = (count: number) => Array.from({ length: count }, (_, no) => image(no + 1));
const tunes = (count: number) => Array.from({ length: count }, (_, no) => audio(no + 1));
const paragraphs = (count: number): string => Array.from({ length: count }, (_, no) => `P${no}`).join('\n\n');
const tags = (count: number): string[] => Array.from({ length: count }, (_, no) => `tag ${no}`);

export const tumblrLimits: readonly Limit[] = [
  {
    name: '500,000 bytes of text, in blocks of 4,096 code points',
    longest: { text: 'é'.repeat(250_000) },
    tooLong: { text: `${'é'.repeat(250_000)}e` },
    rule: 'text_too_long',
    // Tumblr's megabyte is that of the whole stored post.
    enforcedByPlatform: false,
  },
  {
    name: '1,000 blocks',
    longest: { text: paragraphs(1000) },
    tooLong: { text: paragraphs(1001) },
    rule: 'too_many_paragraphs',
    enforcedByPlatform: true,
  },
  {
    name: '30 pictures',
    longest: { text: 'Thirty', media: pictures(30) },
    tooLong: { text: 'One more', media: pictures(31) },
    rule: 'too_many_media',
    enforcedByPlatform: true,
  },
  {
    name: '1 video',
    longest: { text: 'One', media: [video(1)] },
    tooLong: { text: 'Two', media: [video(1), video(2)] },
    rule: 'too_many_media',
    enforcedByPlatform: true,
  },
  {
    name: '10 tunes',
    longest: { text: 'Ten', media: tunes(10) },
    tooLong: { text: 'Eleven', media: tunes(11) },
    rule: 'too_many_media',
    enforcedByPlatform: true,
  },
  {
    name: '4,096 characters of alternative text',
    longest: { text: 'Told', media: [image(1, 'a'.repeat(4096))] },
    tooLong: { text: 'Told', media: [image(1, 'a'.repeat(4097))] },
    rule: 'alt_text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '30 tags',
    longest: { text: 'Tagged', settings: { tags: tags(30) } },
    tooLong: { text: 'Tagged', settings: { tags: tags(31) } },
    rule: 'maxItems',
    // What nobody has tried on Tumblr itself.
    enforcedByPlatform: false,
  },
];
