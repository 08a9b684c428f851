import type { SandboxControl } from '../../../../src/sandbox/control/sandbox.control.js';
import type { Limit, Profile } from '../profile.js';
import { image, video } from '../samples.js';
import { webFaults } from './web-faults.js';
import { errors } from './x.errors.js';
import { kinds } from './x.kinds.js';

const limits: readonly Limit[] = [
  {
    name: '280 weighted characters',
    longest: { text: '語'.repeat(140) },
    tooLong: { text: `${'語'.repeat(140)}a` },
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '280 with an address that counts 23',
    longest: { text: `${'a'.repeat(256)} https://example.org/${'long/'.repeat(20)}` },
    tooLong: { text: `${'a'.repeat(257)} https://example.org/${'long/'.repeat(20)}` },
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
    name: '1,000 characters of alternative text',
    longest: { text: 'Described', media: [image(1, 'a'.repeat(1000))] },
    tooLong: { text: 'Described at length', media: [image(1, 'a'.repeat(1001))] },
    rule: 'alt_text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: 'a poll of 4 options',
    longest: { text: 'Four', settings: { poll: { options: ['a', 'b', 'c', 'd'], durationMinutes: 5 } } },
    tooLong: { text: 'Five', settings: { poll: { options: ['a', 'b', 'c', 'd', 'e'], durationMinutes: 5 } } },
    rule: 'maxItems',
    enforcedByPlatform: false,
  },
  {
    name: 'one cashtag',
    longest: { text: 'About $ABC' },
    tooLong: { text: 'About $ABC and $DEF' },
    rule: 'too_many_cashtags',
    enforcedByPlatform: true,
  },
  {
    name: 'a poll or media',
    longest: { text: 'A poll', settings: { poll: { options: ['a', 'b'], durationMinutes: 10_080 } } },
    tooLong: {
      text: 'A poll with a picture',
      media: [image()],
      settings: { poll: { options: ['a', 'b'], durationMinutes: 10_080 } },
    },
    rule: 'excludes_each_other',
    enforcedByPlatform: true,
  },
];

export const profile: Profile = {
  simulator: { readLagMs: 0, rateLimits: false },
  newAccount: (control, no) => control.createAccount('x', { name: `Person ${no}`, username: `person${no}` }),
  // Going through the consent page once more gives new tokens.
  renewAccount: (_control, account) => account,
  connect: ({ id }) => ({ method: 'oauth', fields: {}, person: id }),
  postIdOf: ({ postId }) => postId,
  kinds,
  limits,
  faults: webFaults(true),
  rateLimit: {
    arm: (control, now, count = 1) => {
      const reset = Math.ceil((now.getTime() + 90_000) / 1000);
      control.addFault({
        platform: 'x',
        visible: true,
        count,
        action: {
          kind: 'status',
          status: 429,
          headers: {
            'x-rate-limit-limit': '100',
            'x-rate-limit-remaining': '0',
            'x-rate-limit-reset': String(reset),
          },
          body: { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 },
        },
      });
      return reset * 1000 - now.getTime();
    },
  },
  auth: [
    { name: 'access expired', end: end('expire'), then: 'renewed' },
    { name: 'access revoked', end: end('revoke'), then: 'expired' },
  ],
  lateCalls: 'beyond_telling',
  refusal: 403,
  several: {
    draft: { text: 'Part one', thread: [{ text: 'Part two' }, { text: 'Part three' }] },
    texts: ['Part one', 'Part two', 'Part three'],
  },
  deletion: { operation: 'tweets.delete' },
  metrics: {
    operation: 'tweets.lookup',
    prepare: (control) => {
      control.configure('x', { likes: 5, reposts: 3, quotes: 2, bookmarks: 1, impressions: 90 });
    },
    values: { views: 90, likes: 5, comments: 0, reposts: 3, quotes: 2, saves: 1 },
  },
  official: [
    {
      file: /^x-openapi-.*\.json$/,
      host: 'API',
      // Posts are asked for by their older names, which live payloads have and the file has not.
      besides: ['oauth.token', 'oauth.revoke', 'users.tweets', 'tweets.lookup'],
      leavesOutRefusals: true,
    },
  ],
  longest: {
    draft: {
      text: 'The longest way',
      media: [video(9)],
      thread: [{ text: 'And on', media: [image(9, 'Nine')] }],
    },
    operations: [
      'media.initialize',
      'media.append',
      'media.finalize',
      'media.status',
      'media.upload',
      'media.metadata',
      'tweets.create',
    ],
  },
  errors,
};

function end(action: 'expire' | 'revoke') {
  return (control: SandboxControl, account: string): void => {
    control.endTokens('x', account, action);
  };
}
