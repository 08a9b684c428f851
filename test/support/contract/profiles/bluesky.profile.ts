import type { PlatformAccount, SandboxControl } from '../../../../src/sandbox/control/sandbox.control.js';
import type { Limit, Profile } from '../profile.js';
import { image, video } from '../samples.js';
import { errors, gates } from './bluesky.errors.js';
import { appViewLagMs, kinds } from './bluesky.kinds.js';
import { webFaults } from './web-faults.js';

/** 25 bytes, one grapheme. */
const family = '👨‍👩‍👧‍👦';

const limits: readonly Limit[] = [
  {
    name: '300 graphemes',
    longest: { text: 'ä'.repeat(300) },
    tooLong: { text: 'ä'.repeat(301) },
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '3,000 bytes',
    longest: { text: family.repeat(120) },
    tooLong: { text: `${family.repeat(120)}a` },
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '4 pictures',
    longest: { text: 'Four', media: [1, 2, 3, 4].map((seed) => image(seed)) },
    tooLong: { text: 'Five', media: [1, 2, 3, 4, 5].map((seed) => image(seed)) },
    rule: 'too_many_media',
    enforcedByPlatform: true,
  },
  {
    name: '2,000 characters of alternative text',
    longest: { text: 'Described', media: [image(1, 'a'.repeat(2000))] },
    tooLong: { text: 'Described at length', media: [image(1, 'a'.repeat(2001))] },
    rule: 'alt_text_too_long',
    enforcedByPlatform: false,
  },
];

export const profile: Profile = {
  simulator: { rateLimits: false },
  newAccount: (control, no) => control.createAccount('bluesky', { handle: `person${no}.test` }),
  renewAccount: (control, account) =>
    control.createAccount('bluesky', { handle: account.credentials['handle'] ?? '' }),
  connect: ({ credentials }) => ({
    method: 'form',
    credentials: { handle: credentials['handle'] ?? '', appPassword: credentials['appPassword'] ?? '' },
  }),
  postIdOf: ({ postId }) => postId,
  deletion: { operation: 'com.atproto.repo.deleteRecord' },
  metrics: {
    operation: 'app.bsky.feed.getPosts',
    prepare: (control) => {
      control.configure('bluesky', { likes: 7, reposts: 3, bookmarks: 1 });
      control.advanceClock(appViewLagMs);
    },
    values: { likes: 7, comments: 0, reposts: 3, quotes: 0, saves: 1 },
  },
  kinds,
  limits,
  faults: webFaults(true),
  rateLimit: {
    arm: (control, now, count = 1) => {
      const reset = Math.ceil((now.getTime() + 90_000) / 1000);
      control.addFault({
        platform: 'bluesky',
        visible: true,
        count,
        action: {
          kind: 'status',
          status: 429,
          headers: { 'RateLimit-Reset': String(reset) },
          body: { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' },
        },
      });
      return reset * 1000 - now.getTime();
    },
  },
  auth: [
    { name: 'access expired', end: end('expire'), then: 'renewed' },
    { name: 'access revoked', end: endForGood, then: 'expired' },
  ],
  refusal: 400,
  errors,
  longest: {
    draft: { text: 'A clip', media: [video()], settings: gates },
    operations: [
      'com.atproto.server.getServiceAuth',
      'app.bsky.video.uploadVideo',
      'app.bsky.video.getJobStatus',
      'com.atproto.repo.applyWrites',
    ],
  },
  several: {
    draft: { text: 'Part one', thread: [{ text: 'Part two' }, { text: 'Part three' }] },
    texts: ['Part one', 'Part two', 'Part three'],
  },
};

function end(action: 'expire' | 'revoke') {
  return (control: SandboxControl, account: PlatformAccount['id']): void =>
    control.endTokens('bluesky', account, action);
}

/** Access tokens outlive a revoked app password, as on the real server; it shows when they end. */
function endForGood(control: SandboxControl, account: PlatformAccount['id']): void {
  end('revoke')(control, account);
  end('expire')(control, account);
}
