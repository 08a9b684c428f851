import type { Limit, Profile } from '../profile.js';
import { googleBusinessErrorSamples } from './google-business.errors.js';
import { googleBusinessKinds } from './google-business.kinds.js';
import { noise, plainPicture } from './google-business.samples.js';
import { webFaults } from './web-faults.js';

const dates = { startsAt: '2026-12-01T09:00', endsAt: '2026-12-02T09:00' };
const pauseMs = 60_000;

const limits: readonly Limit[] = [
  {
    name: '1,500 characters',
    longest: { text: 'é'.repeat(1500) },
    tooLong: { text: 'é'.repeat(1501) },
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '58 characters of a title',
    longest: { text: 'Long', settings: { format: 'event', title: 'x'.repeat(58), ...dates } },
    tooLong: { text: 'Longer', settings: { format: 'event', title: 'x'.repeat(59), ...dates } },
    rule: 'maxLength',
    enforcedByPlatform: false,
  },
  {
    name: 'one photo',
    longest: { text: 'One', media: [noise()] },
    tooLong: { text: 'Two', media: [noise(), noise(300, 400)] },
    rule: 'too_many_media',
    enforcedByPlatform: false,
  },
  {
    name: '250 pixels a side',
    longest: { text: 'Small', media: [noise(250, 250)] },
    tooLong: { text: 'Smaller', media: [noise(249, 250)] },
    rule: 'media_too_narrow',
    enforcedByPlatform: false,
  },
  {
    name: '10 KB of a photo',
    longest: { text: 'Noise', media: [noise(250, 250)] },
    tooLong: { text: 'Silence', media: [plainPicture()] },
    rule: 'media_too_few_bytes',
    enforcedByPlatform: false,
  },
  {
    name: 'phone numbers in the text',
    longest: { text: 'Since 1998, open 9-12 and 14-18' },
    tooLong: { text: 'Ring +1 650 555 0100' },
    rule: 'phone_number_in_text',
    enforcedByPlatform: true,
  },
  {
    name: 'what an event needs',
    longest: { text: 'Whole', settings: { format: 'event', title: 'Whole', ...dates } },
    tooLong: { text: 'Half', settings: { format: 'event', title: 'Half' } },
    rule: 'setting_required',
    enforcedByPlatform: true,
  },
];

export const profile: Profile = {
  simulator: { reviewMs: 0, rejects: false, lateRejectionMs: 0, readLagMs: 0, withoutSearchUrl: false },
  newAccount: (control, no) => control.createAccount('google-business', { name: `Shop no ${no}` }),
  // Going through the consent page once more gives new tokens.
  renewAccount: (_control, account) => account,
  connect: ({ credentials }) => ({ method: 'oauth', fields: {}, person: credentials['login'] ?? '' }),
  postIdOf: ({ extra }) => String(extra['name']),
  kinds: googleBusinessKinds,
  limits,
  faults: webFaults(true),
  rateLimit: {
    // Google names no time.
    arm: (control, _now, count = 1) => {
      const error = { code: 429, message: 'Quota exceeded.', status: 'RESOURCE_EXHAUSTED' };
      control.addFault({
        ...{ platform: 'google-business', visible: true, count },
        action: { kind: 'status', status: 429, body: { error } },
      });
      return pauseMs;
    },
  },
  auth: [
    {
      name: 'access expired',
      end: (control, account) => {
        control.endTokens('google-business', account, 'expire');
      },
      then: 'renewed',
    },
    {
      name: 'access revoked',
      end: (control, account) => {
        control.endTokens('google-business', account, 'revoke');
      },
      then: 'expired',
    },
  ],
  lateCalls: 'beyond_telling',
  refusal: 400,
  several: null,
  deletion: { operation: 'localPosts.delete' },
  errors: googleBusinessErrorSamples,
  longest: {
    draft: { text: 'The longest way', media: [noise()] },
    operations: ['localPosts.create'],
  },
};
