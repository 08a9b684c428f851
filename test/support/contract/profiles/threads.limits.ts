import type { Limit } from '../profile.js';
import { image } from '../samples.js';

const text = (name: string, longest: string, tooLong: string): Limit => ({
  name,
  longest: { text: longest },
  tooLong: { text: tooLong },
  rule: 'text_too_long',
  enforcedByPlatform: true,
});

const links = (count: number): string =>
  Array.from({ length: count }, (_, no) => `https://example.org/${no}`).join(' ');

export const threadsLimits: readonly Limit[] = [
  text('500 characters', 'ä'.repeat(500), 'ä'.repeat(501)),
  text('500 where an emoji counts its bytes', '😀'.repeat(125), `${'😀'.repeat(125)}a`),
  text(
    '500 where a family counts 25',
    `${'👨‍👩‍👧‍👦'.repeat(19)}${'a'.repeat(25)}`,
    `${'👨‍👩‍👧‍👦'.repeat(19)}${'a'.repeat(26)}`,
  ),
  {
    name: '5 links',
    longest: { text: links(5) },
    tooLong: { text: links(6) },
    rule: 'too_many_links',
    enforcedByPlatform: true,
  },
  {
    name: '5 links, of which the card is one',
    longest: { text: links(4), link: 'https://example.org/card' },
    tooLong: { text: links(5), link: 'https://example.org/card' },
    rule: 'too_many_links',
    enforcedByPlatform: true,
  },
  {
    name: '20 pictures in a carousel',
    longest: { text: 'Twenty', media: Array.from({ length: 20 }, (_, no) => image(no + 1)) },
    tooLong: { text: 'One more', media: Array.from({ length: 21 }, (_, no) => image(no + 1)) },
    rule: 'too_many_media',
    enforcedByPlatform: true,
  },
  {
    name: 'a first comment of 500 characters',
    longest: { text: 'With a word', settings: { firstComment: 'c'.repeat(500) } },
    tooLong: { text: 'With a word more', settings: { firstComment: 'c'.repeat(501) } },
    rule: 'text_too_long',
    // The post itself is out by then.
    enforcedByPlatform: false,
  },
  {
    name: 'alternative text of 1000 characters',
    longest: { text: 'Described', media: [image(1, 'd'.repeat(1000))] },
    tooLong: { text: 'Described at length', media: [image(1, 'd'.repeat(1001))] },
    rule: 'alt_text_too_long',
    enforcedByPlatform: true,
  },
];
