import type { Limit, Profile } from '../profile.js';
import { image } from '../samples.js';
import { newAccount } from './tiktok.accounts.js';
import { tiktokErrorSamples } from './tiktok.errors.js';
import { clip, tiktokKinds } from './tiktok.kinds.js';
import { longVideo } from './tiktok.samples.js';
import { webFaults } from './web-faults.js';

const settings = { privacyLevel: 'PUBLIC_TO_EVERYONE' };
/** One file as often as it is wanted: it is brought into shape once. */
const many = (count: number) => Array.from({ length: count }, () => image(1));

const limits: readonly Limit[] = [
  {
    name: '2200 UTF-16 units below a video',
    longest: clip(`${'ä'.repeat(2198)}😀`),
    tooLong: clip(`${'ä'.repeat(2199)}😀`),
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '4000 UTF-16 units below photos',
    longest: { text: `${'ä'.repeat(3998)}😀`, media: many(1), settings },
    tooLong: { text: `${'ä'.repeat(3999)}😀`, media: many(1), settings },
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '35 photos',
    longest: { text: 'Many', media: many(35), settings },
    tooLong: { text: 'Too many', media: many(36), settings },
    rule: 'too_many_media',
    enforcedByPlatform: true,
  },
  {
    name: 'a title of 90 characters',
    longest: { text: 'Titled', media: many(1), settings: { ...settings, title: 't'.repeat(90) } },
    tooLong: { text: 'Too long a title', media: many(1), settings: { ...settings, title: 't'.repeat(91) } },
    rule: 'maxLength',
    // The settings are checked before anything else.
    enforcedByPlatform: false,
  },
  {
    name: 'a cover that is one of the photos',
    longest: { text: 'The last', media: many(2), settings: { ...settings, coverIndex: 1 } },
    tooLong: { text: 'None', media: many(2), settings: { ...settings, coverIndex: 2 } },
    rule: 'cover_missing',
    enforcedByPlatform: true,
  },
  {
    name: 'a privacy level that is chosen',
    longest: clip('Chosen', { privacyLevel: 'SELF_ONLY' }),
    tooLong: { ...clip('Not chosen'), settings: {} },
    rule: 'required',
    enforcedByPlatform: false,
  },
  {
    name: 'branded content that others see',
    longest: clip('Seen', { brandedContent: true }),
    tooLong: clip('Unseen', { brandedContent: true, privacyLevel: 'SELF_ONLY' }),
    rule: 'excludes_each_other',
    enforcedByPlatform: true,
  },
];

export const profile: Profile = {
  simulator: {
    ...{ uploadMs: 0, downloadMs: 0, moderationMs: 0, readLagMs: 0, failReason: '', audited: true },
    ...{ initsPerMinute: 10_000, statusPerMinute: 10_000, creatorInfoPerMinute: 10_000 },
    ...{ readsPerMinute: 10_000, activeCreators: 10_000 },
  },
  newAccount,
  // Going through the consent page once more gives new tokens.
  renewAccount: (_control, account) => account,
  connect: ({ id }) => ({ method: 'oauth', fields: {}, person: id }),
  // TikTok's own id comes later, and to public posts only.
  postIdOf: ({ extra, postId }) => (typeof extra['publishId'] === 'string' ? extra['publishId'] : postId),
  kinds: tiktokKinds,
  limits,
  faults: webFaults(true),
  rateLimit: {
    arm: (control, _now, count = 1) => {
      control.addFault({
        platform: 'tiktok',
        visible: true,
        count,
        action: {
          kind: 'status',
          status: 429,
          body: { data: {}, error: { code: 'rate_limit_exceeded', message: '', log_id: '1' } },
        },
      });
      return 60_000;
    },
  },
  auth: [
    {
      name: 'access expired',
      end: (control, account) => {
        control.endTokens('tiktok', account, 'expire');
      },
      then: 'renewed',
    },
    {
      name: 'access revoked',
      end: (control, account) => {
        control.endTokens('tiktok', account, 'revoke');
      },
      then: 'expired',
    },
  ],
  plain: (text) => clip(text),
  refusal: 400,
  several: null,
  metrics: {
    operation: 'video.query',
    prepare: (control) => {
      control.configure('tiktok', {
        figures: { view_count: 90, like_count: 5, comment_count: 2, share_count: 1 },
      });
    },
    values: { views: 90, likes: 5, comments: 2, shares: 1 },
  },
  options: [
    {
      setting: 'privacyLevel',
      options: [{ value: 'PUBLIC_TO_EVERYONE', label: 'Everyone' }, { value: 'SELF_ONLY' }],
    },
  ],
  errors: tiktokErrorSamples,
  longest: {
    draft: { text: 'In two pieces', media: [longVideo()], settings },
    operations: ['creator.info', 'video.init', 'upload.chunk', 'upload.last', 'status.fetch', 'video.list'],
  },
};
