import type { Kind } from '../profile.js';
import { image, uprightVideo, video } from '../samples.js';

const alt = 'A loaf of bread';

export const facebookKinds: readonly Kind[] = [
  {
    name: 'text',
    keeps: ['text', 'format=post'],
    draft: { text: 'Grüße 👋 <b>& co.</b> #bread', settings: { format: 'post' } },
    seen: [{ text: 'Grüße 👋 <b>& co.</b> #bread', media: [], linkCard: null, replyTo: null }],
  },
  {
    name: 'link',
    keeps: ['link'],
    draft: { text: 'Read this', link: 'https://example.org/page' },
    seen: [{ text: 'Read this', linkCard: { url: 'https://example.org/page' } }],
  },
  {
    name: 'link alone',
    keeps: ['link'],
    draft: { link: 'https://example.org/alone' },
    seen: [{ text: '', linkCard: { url: 'https://example.org/alone' } }],
  },
  {
    name: 'picture with alternative text and a link',
    keeps: ['image', 'alt text of image', 'link and media'],
    draft: { text: 'Fresh', link: 'https://example.org/b', media: [image(1, alt)] },
    seen: [{ text: 'Fresh\n\nhttps://example.org/b', linkCard: null, media: [{ kind: 'image', alt }] }],
  },
  {
    name: 'three pictures and no text',
    keeps: ['several images', 'media alone'],
    draft: { media: [image(1, 'one'), image(2), image(3, 'three')] },
    seen: [{ text: '', media: [{ alt: 'one' }, { alt: null }, { alt: 'three' }] }],
  },
  {
    name: 'video with a title',
    keeps: ['video', 'title'],
    draft: { text: 'In the oven', media: [video(1)], settings: { title: 'Baking' } },
    seen: [{ text: 'In the oven', media: [{ kind: 'video' }], extra: { kind: 'video', title: 'Baking' } }],
  },
  {
    name: 'reel',
    keeps: ['variant reel', 'format=reel'],
    draft: { text: 'Quick', media: [uprightVideo(1)], settings: { format: 'reel' } },
    seen: [{ text: 'Quick', media: [{ kind: 'video' }], extra: { kind: 'reel' } }],
  },
  {
    name: 'story of a picture',
    keeps: ['variant story', 'format=story'],
    draft: { media: [image(4)], settings: { format: 'story' } },
    seen: [{ text: '', media: [{ kind: 'image' }], extra: { kind: 'story' } }],
  },
  {
    name: 'story of a video',
    keeps: ['variant story', 'format=story'],
    draft: { media: [uprightVideo(2)], settings: { format: 'story' } },
    seen: [{ text: '', media: [{ kind: 'video' }], extra: { kind: 'story' } }],
  },
  {
    name: 'with a first comment',
    keeps: ['firstComment'],
    draft: { text: 'Ask us', settings: { firstComment: 'Until six.' } },
    seen: [
      { text: 'Ask us', replyTo: null },
      { text: 'Until six.', replyTo: expect.stringMatching(/^\d+_\d+$/), extra: { kind: 'comment' } },
    ],
  },
  {
    name: 'reel with a first comment',
    keeps: ['firstComment', 'variant reel'],
    draft: {
      text: 'Quicker',
      media: [uprightVideo(3)],
      settings: { format: 'reel', firstComment: 'How it is done.' },
    },
    seen: [{ text: 'Quicker' }, { text: 'How it is done.', extra: { kind: 'comment' } }],
  },
  {
    name: 'at a place',
    keeps: ['place'],
    draft: { text: 'Here', settings: { place: '106078429431815' } },
    seen: [{ text: 'Here', extra: { place: '106078429431815' } }],
  },
];
