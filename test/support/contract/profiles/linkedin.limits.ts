import type { Limit } from '../profile.js';
import { image } from '../samples.js';

const pictures = (count: number): ReturnType<typeof image>[] =>
  Array.from({ length: count }, (_, index) => image(index + 1));

export const linkedinLimits: readonly Limit[] = [
  {
    name: '3,000 characters, counted before they are escaped',
    longest: { text: `${'#a '.repeat(20)}${'a'.repeat(2_840)}${'_'.repeat(100)}` },
    tooLong: { text: `${'#a '.repeat(20)}${'a'.repeat(2_841)}${'_'.repeat(100)}` },
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '4,000 characters with those that escape others',
    longest: { text: `${'_'.repeat(1_000)}${'a'.repeat(2_000)}` },
    tooLong: { text: `${'_'.repeat(1_001)}${'a'.repeat(1_999)}` },
    rule: 'text_too_long',
    enforcedByPlatform: false,
  },
  {
    name: '20 pictures',
    longest: { text: 'Twenty', media: pictures(20) },
    tooLong: { text: 'Twenty-one', media: pictures(21) },
    rule: 'too_many_media',
    enforcedByPlatform: true,
  },
  {
    name: '4,086 characters of alternative text',
    longest: { text: 'Described', media: [image(1, 'a'.repeat(4_086))] },
    tooLong: { text: 'Described at length', media: [image(1, 'a'.repeat(4_087))] },
    rule: 'alt_text_too_long',
    enforcedByPlatform: true,
  },
];
