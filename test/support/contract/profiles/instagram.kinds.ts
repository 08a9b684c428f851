import type { Kind } from '../profile.js';
import { image, uprightVideo } from '../samples.js';
import { photo } from './instagram.samples.js';

const alt = 'A harbour at dawn';
const permalink = expect.stringMatching(/\/p\/[\w-]+\/$/) as unknown;
const numbered = expect.stringMatching(/^\d+$/) as unknown;

export const instagramKinds: readonly Kind[] = [
  {
    name: 'picture with alternative text and a link',
    keeps: ['image', 'alt text of image', 'link and media', 'format=post'],
    draft: {
      text: 'Grüße 👋 <b>& co.</b> #dawn',
      link: 'https://example.org/b',
      media: [photo(1, alt)],
      settings: { format: 'post' },
    },
    seen: [
      {
        text: 'Grüße 👋 <b>& co.</b> #dawn\n\nhttps://example.org/b',
        media: [{ kind: 'image', alt }],
        permalink,
        replyTo: null,
      },
    ],
  },
  {
    name: 'picture of another type',
    keeps: ['image'],
    draft: { text: 'It was a PNG', media: [image(1)] },
    seen: [{ text: 'It was a PNG', media: [{ kind: 'image', mimeType: 'image/jpeg' }] }],
  },
  {
    name: 'carousel of pictures without a text',
    keeps: ['several images', 'media alone'],
    draft: { media: [photo(1, 'one'), photo(2), photo(3, 'three')] },
    seen: [{ text: '', media: [{ alt: 'one' }, { alt: null }, { alt: 'three' }] }],
  },
  {
    name: 'carousel of videos and pictures',
    keeps: ['video', 'several videos', 'mix of image, video'],
    draft: { text: 'Mixed', media: [uprightVideo(1), photo(2), uprightVideo(3)] },
    seen: [{ text: 'Mixed', media: [{ kind: 'video' }, { kind: 'image' }, { kind: 'video' }] }],
  },
  {
    name: 'video alone, which is a reel',
    keeps: ['variant video'],
    draft: { text: 'Moving', media: [uprightVideo(1)] },
    seen: [{ text: 'Moving', media: [{ kind: 'video' }], extra: { kind: 'reel' } }],
  },
  {
    name: 'reel with a cover out of it, a name for its sound, outside the feed',
    keeps: ['variant reel', 'format=reel', 'coverOffsetMs', 'audioName', 'shareToFeed'],
    draft: {
      text: 'A reel',
      media: [uprightVideo(2)],
      settings: { format: 'reel', coverOffsetMs: 1000, audioName: 'Waves', shareToFeed: false },
    },
    seen: [
      {
        text: 'A reel',
        media: [{ kind: 'video' }],
        extra: { kind: 'reel', thumbOffset: 1000, audioName: 'Waves', shareToFeed: false },
      },
    ],
  },
  ...(['manual', 'performance'] as const).map((trial): Kind => ({
    name: `trial reel, made public by ${trial === 'manual' ? 'hand' : 'itself'}`,
    keeps: [`trial=${trial}`],
    draft: { text: 'A trial', media: [uprightVideo(3)], settings: { format: 'reel', trial } },
    seen: [
      { text: 'A trial', extra: { kind: 'reel', trial: trial === 'manual' ? 'MANUAL' : 'SS_PERFORMANCE' } },
    ],
    prepare: (control) => {
      control.configure('instagram', { trialReels: true });
    },
  })),
  {
    name: 'trial reel of an account that has none',
    keeps: ['trial=manual'],
    draft: { text: 'No trial', media: [uprightVideo(4)], settings: { format: 'reel', trial: 'manual' } },
    seen: [],
    refusedWith: 'instagram.trial_reels_unavailable',
    prepare: (control) => {
      control.configure('instagram', { trialReels: false });
    },
  },
  {
    name: 'story of a picture',
    keeps: ['variant story', 'format=story'],
    draft: { media: [photo(4)], settings: { format: 'story' } },
    seen: [{ text: '', media: [{ kind: 'image' }], extra: { kind: 'story' } }],
  },
  {
    name: 'story of a video',
    keeps: ['variant story', 'format=story'],
    draft: { media: [uprightVideo(5)], settings: { format: 'story' } },
    seen: [{ text: '', media: [{ kind: 'video' }], extra: { kind: 'story' } }],
  },
  {
    name: 'post and a first comment',
    keeps: ['firstComment'],
    draft: { text: 'The post', media: [photo(5)], settings: { firstComment: 'The comment' } },
    seen: [{ text: 'The post' }, { text: 'The comment', replyTo: numbered }],
  },
  {
    name: 'post without comments',
    keeps: ['commentsOff'],
    draft: { text: 'No words', media: [photo(6)], settings: { commentsOff: true } },
    seen: [{ text: 'No words', extra: { commentsEnabled: false } }],
  },
  {
    name: 'with a place, people and others whose post it is too, made by a machine',
    keeps: ['locationId', 'collaborators', 'userTags', 'aiGenerated'],
    draft: {
      text: 'Together',
      media: [photo(7)],
      settings: {
        locationId: '7640348500',
        collaborators: ['@ann', 'bob.b'],
        userTags: [{ username: '@carl', x: 0.5, y: 0.25 }],
        aiGenerated: true,
      },
    },
    seen: [
      {
        text: 'Together',
        extra: {
          location: '7640348500',
          collaborators: ['ann', 'bob.b'],
          userTags: [expect.objectContaining({ username: 'carl', x: 0.5, y: 0.25 })],
          aiGenerated: true,
        },
      },
    ],
  },
  {
    name: 'post whose container is not found at first',
    keeps: ['image'],
    draft: { text: 'A race', media: [photo(8)] },
    seen: [{ text: 'A race' }],
    prepare: (control) => {
      control.configure('instagram', { publishRaces: 2 });
    },
  },
  {
    name: 'reel whose cover cannot be fetched',
    keeps: ['coverUrl'],
    draft: {
      text: 'No cover',
      media: [uprightVideo(6)],
      settings: { format: 'reel', coverUrl: 'http://127.0.0.1:1/cover.jpg' },
    },
    seen: [],
    refusedWith: 'instagram.media_unreachable',
  },
];
