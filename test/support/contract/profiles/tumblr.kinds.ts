import type { Kind } from '../profile.js';
import { audio, gif, image, video } from '../samples.js';

const alt = 'A harbour at dawn';
const mark = /-[0-9a-f]{10}$/;

export const tumblrKinds: readonly Kind[] = [
  {
    name: 'text of two paragraphs',
    keeps: ['text'],
    draft: { text: 'Grüße 👋 <b>& co.</b>\nby https://example.org/a.\n\nSecond' },
    seen: [
      {
        text: 'Grüße 👋 <b>& co.</b>\nby https://example.org/a.\n\nSecond',
        ...{ media: [], linkCard: null, visibility: 'public' },
        extra: expect.objectContaining({
          slug: expect.stringMatching(/^gru-e-b-co-b-by-second-[0-9a-f]{10}$/),
        }),
      },
    ],
  },
  {
    name: 'link with a card',
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
    draft: { text: 'Morning', link: 'https://example.org/m', media: [image(1, alt)] },
    seen: [{ text: 'Morning', media: [{ kind: 'image', alt }], linkCard: { url: 'https://example.org/m' } }],
  },
  {
    name: 'photoset of pictures without a text',
    keeps: ['several images', 'media alone'],
    draft: { media: [image(1, 'one'), image(2), image(3, 'three')] },
    seen: [{ text: '', media: [{ alt: 'one' }, { alt: null }, { alt: 'three' }] }],
  },
  {
    name: 'photoset in rows',
    keeps: ['columns'],
    draft: { text: 'Rows', media: [image(1), image(2), image(3)], settings: { columns: 2 } },
    seen: [
      {
        text: 'Rows',
        extra: expect.objectContaining({
          layout: [{ type: 'rows', display: [{ blocks: [0, 1] }, { blocks: [2] }, { blocks: [3] }] }],
        }),
      },
    ],
  },
  {
    name: 'gifs',
    keeps: ['gif', 'several gifs', 'alt text of gif'],
    draft: { text: 'Moving', media: [gif(alt), gif()] },
    seen: [{ text: 'Moving', media: [{ kind: 'gif', alt }, { kind: 'gif' }] }],
  },
  {
    name: 'video',
    keeps: ['video'],
    draft: { text: 'A clip', media: [video(1)] },
    seen: [{ text: 'A clip', media: [{ kind: 'video' }] }],
  },
  {
    name: 'audio',
    keeps: ['audio', 'several audios'],
    draft: { text: 'Tunes', media: [audio(1), audio(2)] },
    seen: [{ text: 'Tunes', media: [{ kind: 'audio' }, { kind: 'audio' }] }],
  },
  {
    name: 'everything at once',
    keeps: ['mix of image, gif, video, audio'],
    draft: { text: 'All', media: [image(4), gif(), video(4), audio(4)] },
    seen: [
      { text: 'All', media: [{ kind: 'image' }, { kind: 'gif' }, { kind: 'video' }, { kind: 'audio' }] },
    ],
  },
  {
    name: 'heading and tags',
    keeps: ['title', 'tags', 'slug'],
    draft: { text: 'Below it', settings: { title: 'Above', tags: ['fresh bread', 'rye'], slug: 'of-bread' } },
    seen: [
      {
        text: 'Above\n\nBelow it',
        extra: expect.objectContaining({
          ...{ tags: ['fresh bread', 'rye'], subtypes: ['heading1', null] },
          slug: expect.stringMatching(new RegExp(`^of-bread${mark.source}`)),
        }),
      },
    ],
  },
  {
    name: 'private post',
    keeps: ['visibility=private'],
    draft: { text: 'For members', settings: { visibility: 'private' } },
    seen: [{ text: 'For members', visibility: 'private' }],
  },
  {
    name: 'public post',
    keeps: ['visibility=public'],
    draft: { text: 'For all', settings: { visibility: 'public' } },
    seen: [{ text: 'For all', visibility: 'public' }],
  },
  {
    name: 'not to be reblogged, with its source',
    keeps: ['reblogs=noone', 'sourceUrl'],
    draft: { text: 'Only here', settings: { reblogs: 'noone', sourceUrl: 'https://example.org/source' } },
    seen: [
      {
        text: 'Only here',
        extra: expect.objectContaining({ reblog: 'noone', sourceUrl: 'https://example.org/source' }),
      },
    ],
  },
  {
    name: 'to be reblogged',
    keeps: ['reblogs=everyone'],
    draft: { text: 'Take it', settings: { reblogs: 'everyone' } },
    seen: [{ text: 'Take it', extra: expect.objectContaining({ reblog: 'everyone' }) }],
  },
];
