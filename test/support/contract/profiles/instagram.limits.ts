import type { Limit } from '../profile.js';
import { uprightVideo } from '../samples.js';
import { photo } from './instagram.samples.js';

const tags = (count: number): string => Array.from({ length: count }, (_, no) => `#tag${no}`).join(' ');
const people = (count: number): string => Array.from({ length: count }, (_, no) => `@person${no}`).join(' ');
const one = (text: string) => ({ text, media: [photo(1)] });

export const instagramLimits: readonly Limit[] = [
  {
    name: '2,200 characters',
    longest: one('a'.repeat(2200)),
    tooLong: one('a'.repeat(2201)),
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '2,200 characters together with the link',
    longest: { ...one('a'.repeat(2174)), link: 'https://example.org/page' },
    tooLong: { ...one('a'.repeat(2175)), link: 'https://example.org/page' },
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '30 hashtags',
    longest: one(tags(30)),
    tooLong: one(tags(31)),
    rule: 'too_many_hashtags',
    enforcedByPlatform: true,
  },
  {
    name: '20 mentions',
    longest: one(people(20)),
    tooLong: one(people(21)),
    rule: 'too_many_mentions',
    enforcedByPlatform: true,
  },
  {
    name: '10 pictures in a carousel',
    longest: { text: 'Ten', media: Array.from({ length: 10 }, (_, no) => photo(no + 1)) },
    tooLong: { text: 'Eleven', media: Array.from({ length: 11 }, (_, no) => photo(no + 1)) },
    rule: 'too_many_media',
    enforcedByPlatform: true,
  },
  {
    name: 'alternative text of 1,000 characters',
    longest: { text: 'Described', media: [photo(1, 'd'.repeat(1000))] },
    tooLong: { text: 'Described at length', media: [photo(1, 'd'.repeat(1001))] },
    rule: 'alt_text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: 'three collaborators',
    longest: { ...one('Three'), settings: { collaborators: ['a', 'b', 'c'] } },
    tooLong: { ...one('Four'), settings: { collaborators: ['a', 'b', 'c', 'd'] } },
    rule: 'maxItems',
    enforcedByPlatform: false,
  },
  {
    name: 'a file at least',
    longest: one('With a picture'),
    tooLong: { text: 'Words alone' },
    rule: 'media_required',
    enforcedByPlatform: false,
  },
  {
    name: 'no text in a story',
    longest: { media: [photo(1)], settings: { format: 'story' } },
    tooLong: { text: 'a', media: [photo(1)], settings: { format: 'story' } },
    rule: 'text_too_long',
    enforcedByPlatform: false,
  },
  {
    name: 'no place in a reel',
    longest: { text: 'A reel', media: [uprightVideo(1)] },
    tooLong: { text: 'A reel', media: [uprightVideo(1)], settings: { locationId: '1' } },
    rule: 'setting_not_applicable',
    enforcedByPlatform: false,
  },
  {
    name: 'people on pictures with a place',
    longest: { ...one('Tagged'), settings: { userTags: [{ username: 'ann', x: 0, y: 1 }] } },
    tooLong: { ...one('Tagged'), settings: { userTags: [{ username: 'ann' }] } },
    rule: 'tag_place',
    enforcedByPlatform: false,
  },
  {
    name: 'people on files that are there',
    longest: { ...one('Tagged'), settings: { userTags: [{ username: 'ann', x: 0, y: 1, item: 0 }] } },
    tooLong: { ...one('Tagged'), settings: { userTags: [{ username: 'ann', x: 0, y: 1, item: 1 }] } },
    rule: 'no_such_item',
    enforcedByPlatform: false,
  },
];
