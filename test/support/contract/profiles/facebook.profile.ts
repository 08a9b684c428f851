import type { Profile } from '../profile.js';
import { image, uprightVideo } from '../samples.js';
import { facebookErrorSamples } from './facebook.errors.js';
import { facebookKinds } from './facebook.kinds.js';
import { webFaults } from './web-faults.js';

/** The platform says minutes. */
const regainMinutes = 2;
const byVideo = ['video', 'reel'];

export const profile: Profile = {
  simulator: {
    readLagMs: 0,
    mediaViews: 0,
    uniqueViews: 0,
    clicks: 0,
    likes: 0,
    shares: 0,
    revokedSubcode: 458,
  },
  newAccount: (control, no) => control.createAccount('facebook', { name: `Bakery ${no}` }),
  // Going through the consent page once more gives new tokens.
  renewAccount: (_control, account) => account,
  connect: ({ id }) => ({ method: 'oauth', fields: {}, person: id }),
  // Videos and reels go by the id of the video.
  postIdOf: ({ postId, extra, raw }) => {
    const media = (raw as { media?: string[] }).media ?? [];
    return byVideo.includes(String(extra['kind'])) ? (media[0] ?? postId) : postId;
  },
  kinds: facebookKinds,
  limits: [
    {
      name: '63,206 characters in UTF-16',
      longest: { text: `${'😀'.repeat(31_600)}abcdef` },
      tooLong: { text: `${'😀'.repeat(31_600)}abcdefg` },
      rule: 'text_too_long',
      enforcedByPlatform: true,
    },
    {
      name: '63,206 together with the link that is appended',
      longest: { text: 'a'.repeat(63_180), link: 'https://example.org/page', media: [image(1)] },
      tooLong: { text: 'a'.repeat(63_181), link: 'https://example.org/page', media: [image(1)] },
      rule: 'text_too_long',
      enforcedByPlatform: true,
    },
    {
      name: '10 photos',
      longest: { text: 'Ten', media: Array.from({ length: 10 }, (_, seed) => image(seed + 1)) },
      tooLong: { text: 'Eleven', media: Array.from({ length: 11 }, (_, seed) => image(seed + 1)) },
      rule: 'too_many_media',
      enforcedByPlatform: false,
    },
    {
      name: '8,000 characters of the first comment',
      longest: { text: 'Much to say', settings: { firstComment: 'c'.repeat(8_000) } },
      tooLong: { text: 'Too much to say', settings: { firstComment: 'c'.repeat(8_001) } },
      rule: 'maxLength',
      enforcedByPlatform: false,
    },
    {
      name: 'no text in a story',
      longest: { media: [image(1)], settings: { format: 'story' } },
      tooLong: { text: 'a', media: [image(1)], settings: { format: 'story' } },
      rule: 'text_too_long',
      enforcedByPlatform: false,
    },
    {
      name: 'no comment below a story',
      longest: { media: [image(1)], settings: { format: 'story' } },
      tooLong: { media: [image(1)], settings: { format: 'story', firstComment: 'Hello' } },
      rule: 'setting_not_applicable',
      enforcedByPlatform: false,
    },
  ],
  faults: webFaults(true),
  rateLimit: {
    arm: (control, _now, count = 1) => {
      const usage = {
        '1': [{ type: 'pages', call_count: 100, estimated_time_to_regain_access: regainMinutes }],
      };
      control.addFault({
        platform: 'facebook',
        visible: true,
        count,
        action: {
          kind: 'status',
          status: 400,
          headers: { 'x-business-use-case-usage': JSON.stringify(usage) },
          body: {
            error: { message: '(#80001) Too many calls to this page.', type: 'OAuthException', code: 80001 },
          },
        },
      });
      return regainMinutes * 60_000;
    },
  },
  auth: [
    {
      name: 'access expired',
      end: (control, account) => {
        control.endTokens('facebook', account, 'expire');
      },
      then: 'expired',
    },
    {
      name: 'app removed by the person',
      end: (control, account) => {
        control.endTokens('facebook', account, 'revoke');
      },
      then: 'expired',
    },
    {
      name: 'password changed',
      end: (control, account) => {
        control.configure('facebook', { revokedSubcode: 460 });
        control.endTokens('facebook', account, 'revoke');
      },
      then: 'expired',
    },
  ],
  lateCalls: 'beyond_telling',
  refusal: 400,
  several: {
    draft: { text: 'The post', settings: { firstComment: 'The comment' } },
    texts: ['The post', 'The comment'],
  },
  deletion: { operation: 'post.delete' },
  metrics: {
    operation: 'post.insights',
    prepare: (control) => {
      control.configure('facebook', { mediaViews: 40, uniqueViews: 30, clicks: 5, likes: 7, shares: 2 });
    },
    values: { views: 40, reach: 30, clicks: 5, likes: 7, comments: 0, shares: 2 },
  },
  longest: {
    draft: { text: 'The longest way', media: [uprightVideo(5)], settings: { format: 'reel' } },
    operations: ['reels.start', 'videos.bytes', 'reels.finish'],
  },
  errors: facebookErrorSamples,
};
