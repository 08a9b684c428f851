import type { JsonObject } from '../../../../src/platforms/core/index.js';
import type { Draft, Kind } from '../profile.js';
import { image, uprightVideo } from '../samples.js';
import { nextAccountIs } from './tiktok.accounts.js';

const everyone: JsonObject = { privacyLevel: 'PUBLIC_TO_EVERYONE' };

export const clip = (text: string, settings: JsonObject = {}): Draft => ({
  text,
  media: [uprightVideo()],
  settings: { ...everyone, ...settings },
});
const photos = (text: string, settings: JsonObject = {}): Draft => ({
  text,
  media: [image(1), image(2)],
  settings: { ...everyone, ...settings },
});
const draft = { format: 'draft' };

export const tiktokKinds: readonly Kind[] = [
  {
    name: 'video',
    keeps: ['video', 'format=post', 'privacyLevel=PUBLIC_TO_EVERYONE'],
    draft: clip('Grüße 👋 #tag'),
    seen: [
      {
        text: 'Grüße 👋 #tag',
        media: [{ kind: 'video' }],
        visibility: 'public',
        extra: { comments: false, duet: false, stitch: false },
      },
    ],
  },
  {
    name: 'video and a link',
    keeps: ['link and media'],
    draft: { ...clip('Read this'), link: 'https://example.org/page' },
    seen: [{ text: 'Read this\n\nhttps://example.org/page' }],
  },
  {
    name: 'video without a text',
    keeps: ['media alone'],
    draft: clip(''),
    seen: [{ text: '', media: [{ kind: 'video' }] }],
  },
  {
    name: 'photo',
    keeps: ['image'],
    draft: { ...photos('One'), media: [image(1)] },
    seen: [{ media: [{ kind: 'image', mimeType: 'image/jpeg' }] }],
  },
  {
    name: 'photos with a title, a cover and music',
    keeps: ['several images', 'variant photos', 'title', 'coverIndex', 'autoAddMusic'],
    draft: photos('Described', { title: 'Two photos', coverIndex: 1, autoAddMusic: true }),
    seen: [
      {
        text: 'Described',
        media: [{ kind: 'image' }, { kind: 'image' }],
        extra: { title: 'Two photos', cover: 1, music: true },
      },
    ],
  },
  {
    name: 'draft of a video',
    keeps: ['format=draft'],
    draft: clip('Not sent', draft),
    seen: [{ visibility: 'draft', text: '' }],
  },
  {
    name: 'draft of photos',
    keeps: ['format=draft'],
    draft: photos('To be finished', draft),
    seen: [{ visibility: 'draft', media: [{ kind: 'image' }, { kind: 'image' }] }],
  },
  {
    name: 'for friends',
    keeps: ['privacyLevel=MUTUAL_FOLLOW_FRIENDS'],
    draft: clip('Friends', { privacyLevel: 'MUTUAL_FOLLOW_FRIENDS' }),
    seen: [{ text: 'Friends', permalink: null, extra: { privacyLevel: 'MUTUAL_FOLLOW_FRIENDS' } }],
  },
  {
    name: 'for nobody else',
    keeps: ['privacyLevel=SELF_ONLY'],
    draft: clip('Mine', { privacyLevel: 'SELF_ONLY' }),
    seen: [{ text: 'Mine', permalink: null, extra: { privacyLevel: 'SELF_ONLY' } }],
  },
  {
    name: 'for followers of a private account',
    keeps: ['privacyLevel=FOLLOWER_OF_CREATOR'],
    draft: clip('Followers', { privacyLevel: 'FOLLOWER_OF_CREATOR' }),
    seen: [{ text: 'Followers', permalink: null }],
    prepare: () => {
      nextAccountIs({ private: true });
    },
  },
  {
    name: 'that the account may not choose now',
    keeps: ['privacyLevel=FOLLOWER_OF_CREATOR'],
    draft: clip('Followers of a public account', { privacyLevel: 'FOLLOWER_OF_CREATOR' }),
    seen: [],
    refusedWith: 'tiktok.privacy_not_offered',
  },
  {
    name: 'that people may do everything with',
    keeps: ['allowComment', 'allowDuet', 'allowStitch'],
    draft: clip('All yours', { allowComment: true, allowDuet: true, allowStitch: true }),
    seen: [{ text: 'All yours', extra: { comments: true, duet: true, stitch: true } }],
  },
  {
    name: 'with comments that the account has switched off',
    keeps: ['allowComment'],
    draft: clip('Talk to me', { allowComment: true }),
    seen: [],
    refusedWith: 'tiktok.interaction_switched_off',
    prepare: () => {
      nextAccountIs({ commentDisabled: true });
    },
  },
  {
    name: 'for the own brand and another one',
    keeps: ['ownBrand', 'brandedContent'],
    draft: clip('Buy', { ownBrand: true, brandedContent: true }),
    seen: [{ text: 'Buy', extra: { brandOrganic: true, brandContent: true } }],
  },
  {
    name: 'made by AI, with a moment as its cover',
    keeps: ['aiGenerated', 'coverTimestampMs'],
    draft: clip('Dreamt', { aiGenerated: true, coverTimestampMs: 100 }),
    seen: [{ text: 'Dreamt', extra: { aigc: true, cover: 100 } }],
  },
  {
    name: 'photos made by AI',
    keeps: ['aiGenerated'],
    draft: photos('Painted', { aiGenerated: true }),
    seen: [{ text: 'Painted', extra: { aigc: true, cover: 0, music: false } }],
  },
  {
    name: 'that TikTok works on for a while, and shows later still',
    keeps: ['video'],
    draft: clip('Slow'),
    seen: [{ text: 'Slow' }],
    prepare: (control) => {
      control.configure('tiktok', { uploadMs: 90_000, moderationMs: 60_000 });
    },
  },
  {
    name: 'photos that TikTok works on for a while',
    keeps: ['several images'],
    draft: photos('Slow photos'),
    seen: [{ media: [{ kind: 'image' }, { kind: 'image' }] }],
    prepare: (control) => {
      control.configure('tiktok', { downloadMs: 90_000 });
    },
  },
  {
    name: 'video that TikTok takes and refuses later',
    keeps: ['video'],
    draft: clip('Refused for its words'),
    seen: [],
    refusedWith: 'tiktok.spam_risk_text',
    prepare: (control) => {
      control.configure('tiktok', { failReason: 'spam_risk_text' });
    },
  },
  {
    name: 'photos that TikTok takes and refuses later',
    keeps: ['image'],
    draft: photos('Refused photos'),
    seen: [],
    refusedWith: 'tiktok.spam_risk',
    prepare: (control) => {
      control.configure('tiktok', { failReason: 'spam_risk' });
    },
  },
];
