import type { Kind } from '../profile.js';
import { image } from '../samples.js';
import { slowVideo } from './linkedin.samples.js';
import { boardId, pinned, sectionId } from './pinterest.samples.js';

const carousel = [1, 2, 3].map((seed) => image(seed));

/** What the capabilities and settings of Pinterest promise. */
export const kinds: readonly Kind[] = [
  {
    name: 'image',
    keeps: ['image', 'alt text of image', 'boardId'],
    draft: pinned({ text: 'Grüße 👋', media: [image(1, 'Purple noise')] }),
    seen: [{ text: 'Grüße 👋', media: [{ kind: 'image', alt: 'Purple noise' }], extra: { boardId } }],
  },
  {
    name: 'media alone',
    keeps: ['media alone'],
    draft: pinned({ text: '', media: [image(7)] }),
    seen: [{ text: '', media: [{ kind: 'image' }], extra: { title: null, altText: null } }],
  },
  {
    name: 'title and colour',
    keeps: ['title', 'dominantColor'],
    draft: pinned({
      text: 'Below',
      media: [image(2)],
      settings: { title: 'Above', dominantColor: '#6E7874' },
    }),
    seen: [{ text: 'Below', extra: { title: 'Above', dominantColor: '#6E7874' } }],
  },
  {
    name: 'link and media',
    keeps: ['link and media'],
    draft: pinned({ text: 'Read this', link: 'https://example.org/page?a=b#part', media: [image(3)] }),
    seen: [
      {
        text: 'Read this',
        linkCard: {
          url: expect.stringMatching(/^https:\/\/example\.org\/page\?a=b&post=[0-9a-f]{15}#part$/),
        },
      },
    ],
  },
  {
    name: 'section',
    keeps: ['sectionId'],
    draft: pinned({ text: 'Soup', media: [image(4)], settings: { sectionId } }),
    seen: [{ text: 'Soup', extra: { boardId, section: 'Soups' } }],
  },
  {
    name: 'several images',
    keeps: ['several images', 'coverIndex'],
    draft: pinned({
      text: 'Three',
      media: [image(1, 'One'), image(2), image(3, 'Three')],
      settings: { coverIndex: 2 },
    }),
    seen: [
      {
        text: 'Three',
        media: carousel.map(() => ({ kind: 'image' })),
        extra: { index: 2, altText: 'One\nThree' },
      },
    ],
  },
  {
    name: 'slides',
    keeps: ['slides'],
    draft: pinned({
      text: 'With words each',
      media: carousel,
      settings: { slides: [{ title: 'One', link: 'https://example.org/1' }, { description: 'Two' }] },
    }),
    seen: [
      {
        extra: {
          items: [
            { title: 'One', description: null, link: 'https://example.org/1' },
            { title: null, description: 'Two', link: null },
            { title: null, description: null, link: null },
          ],
        },
      },
    ],
  },
  {
    name: 'video',
    keeps: ['video', 'alt text of video', 'coverSeconds'],
    draft: pinned({
      text: 'A clip',
      media: [slowVideo(1).then((clip) => ({ ...clip, altText: 'Something that moves' }))],
      settings: { coverSeconds: 2 },
    }),
    seen: [
      {
        text: 'A clip',
        media: [{ kind: 'video', alt: 'Something that moves' }],
        extra: { cover: { keyFrameTime: 2 } },
      },
    ],
  },
];
