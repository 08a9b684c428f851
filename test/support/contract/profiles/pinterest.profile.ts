import type { SandboxControl } from '../../../../src/sandbox/control/sandbox.control.js';
import type { Limit, Profile } from '../profile.js';
import { image } from '../samples.js';
import { slowVideo } from './linkedin.samples.js';
import { errors } from './pinterest.errors.js';
import { kinds } from './pinterest.kinds.js';
import { boardId, boards, pinned, plain, sectionId, wideImage } from './pinterest.samples.js';
import { webFaults } from './web-faults.js';

const pictures = (count: number) => Array.from({ length: count }, (_, index) => image(index + 1));
const address = (length: number): string => 'https://example.org/'.padEnd(length, 'a');

const limits: readonly Limit[] = [
  {
    name: '800 characters',
    longest: plain('😀'.repeat(800)),
    tooLong: plain('😀'.repeat(801)),
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '5 pictures',
    longest: pinned({ text: 'Five', media: pictures(5) }),
    tooLong: pinned({ text: 'Six', media: pictures(6) }),
    rule: 'too_many_media',
    enforcedByPlatform: true,
  },
  {
    name: 'pictures of one size',
    longest: pinned({ text: 'Alike', media: pictures(2) }),
    tooLong: pinned({ text: 'Unlike', media: [image(), wideImage()] }),
    rule: 'sizes_differ',
    enforcedByPlatform: true,
  },
  {
    name: '500 characters of alternative text',
    longest: pinned({ text: 'Described', media: [image(1, 'a'.repeat(500))] }),
    tooLong: pinned({ text: 'Described at length', media: [image(1, 'a'.repeat(501))] }),
    rule: 'alt_text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '500 characters of alternative text for a carousel',
    longest: pinned({ text: 'Described', media: [image(1, 'a'.repeat(250)), image(2, 'b'.repeat(249))] }),
    tooLong: pinned({ text: 'At length', media: [image(1, 'a'.repeat(250)), image(2, 'b'.repeat(250))] }),
    rule: 'alt_text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '2,048 characters of a link with its mark',
    longest: pinned({ text: 'Far', link: address(2027), media: [image()] }),
    tooLong: pinned({ text: 'Too far', link: address(2028), media: [image()] }),
    rule: 'link_too_long',
    enforcedByPlatform: true,
  },
  {
    name: 'a title of 100 characters',
    longest: pinned({ text: 'Below', media: [image()], settings: { title: 'a'.repeat(100) } }),
    tooLong: pinned({ text: 'Below', media: [image()], settings: { title: 'a'.repeat(101) } }),
    rule: 'maxLength',
    enforcedByPlatform: false,
  },
  {
    name: 'the pictures that are there',
    longest: pinned({ text: 'The second', media: pictures(2), settings: { coverIndex: 1 } }),
    tooLong: pinned({ text: 'The third', media: pictures(2), settings: { coverIndex: 2 } }),
    rule: 'beyond_carousel',
    enforcedByPlatform: true,
  },
];

export const profile: Profile = {
  simulator: { readLagMs: 0, rateLimits: false },
  newAccount: (control, no) =>
    control.createAccount('pinterest', { name: `Person ${no}`, username: `person_${no}`, boards }),
  // Going through the consent page once more gives new tokens.
  renewAccount: (_control, account) => account,
  connect: ({ id }) => ({ method: 'oauth', fields: {}, person: id }),
  postIdOf: ({ postId }) => postId,
  kinds,
  limits,
  plain,
  faults: webFaults(true),
  rateLimit: {
    arm: (control, _now, count = 1) => {
      control.addFault({
        platform: 'pinterest',
        visible: true,
        count,
        action: {
          kind: 'status',
          status: 429,
          headers: {
            'x-ratelimit-limit': '100, 100;w=60',
            'x-ratelimit-remaining': '0',
            'x-ratelimit-reset': '90',
          },
          body: { code: 8, message: 'You have exceeded your rate limit. Try again later.' },
        },
      });
      return 90_000;
    },
  },
  auth: [
    { name: 'access expired', end: end('expire'), then: 'renewed' },
    { name: 'access revoked', end: end('revoke'), then: 'expired' },
  ],
  lateCalls: 'beyond_telling',
  refusal: 400,
  several: null,
  deletion: { operation: 'pins.delete' },
  metrics: {
    operation: 'pins.get',
    prepare: (control) => {
      const figures = { impressions: 90, outboundClicks: 7, reactions: 5, comments: 2, saves: 4 };
      control.configure('pinterest', figures);
    },
    values: { views: 90, clicks: 7, likes: 5, comments: 2, saves: 4 },
  },
  options: [
    { setting: 'boardId', options: [{ value: boardId, label: 'Recipes' }] },
    { setting: 'sectionId', options: [{ value: sectionId, label: 'Recipes: Soups' }] },
  ],
  official: [
    {
      file: /^pinterest-v5\..*\.publishing-subset\.openapi\.json$/,
      host: 'API',
      besides: [],
      // What is refused for its length is not as it is described.
      leavesOutRefusals: true,
      // Live answers give times without a zone.
      livesOtherwise: [/created_at must match format "date-time"/],
    },
  ],
  longest: {
    draft: pinned({ text: 'The longest way', media: [slowVideo(9)] }),
    operations: ['media.create', 'media.upload', 'media.get', 'pins.create'],
  },
  errors,
};

function end(action: 'expire' | 'revoke') {
  return (control: SandboxControl, account: string): void => {
    control.endTokens('pinterest', account, action);
  };
}
