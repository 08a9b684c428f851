import type { Limit, Profile } from '../profile.js';
import { image, video } from '../samples.js';
import { errors } from './telegram.errors.js';
import { telegramKinds } from './telegram.kinds.js';
import { telegramPollLimits } from './telegram.polls.js';
import { webFaults } from './web-faults.js';

const long = `${'Longer than a caption. '.repeat(50)}End`;
const waitSeconds = 35;
const link = { text: 'Here', url: 'https://example.org/page' };

const limits: readonly Limit[] = [
  {
    name: '4,096 UTF-16 units',
    longest: { text: 'a'.repeat(4096) },
    tooLong: { text: 'a'.repeat(4097) },
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '4,096 UTF-16 units in emoji, which count two',
    longest: { text: '🎺'.repeat(2048) },
    tooLong: { text: `${'🎺'.repeat(2048)}a` },
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '4,096 UTF-16 units after the markup is read',
    longest: { text: `<b>${'a'.repeat(4094)}</b>&amp;!`, settings: { parseMode: 'HTML' } },
    tooLong: { text: `<b>${'a'.repeat(4094)}</b>&amp;!!`, settings: { parseMode: 'HTML' } },
    rule: 'text_too_long',
    enforcedByPlatform: true,
  },
  {
    name: '10 pictures',
    longest: { text: 'Ten', media: pictures(10) },
    tooLong: { text: 'Eleven', media: pictures(11) },
    rule: 'too_many_media',
    enforcedByPlatform: true,
  },
  {
    name: 'buttons under one file, not under an album',
    longest: { text: 'One', media: pictures(1), settings: { buttons: [link] } },
    tooLong: { text: 'Two', media: pictures(2), settings: { buttons: [link] } },
    rule: 'buttons_with_album',
    // The client leaves them out where an album has no room for them.
    enforcedByPlatform: false,
  },
  {
    name: 'one cover for a video',
    longest: { text: 'One', media: [image(), video()], settings: { pictureAsCover: true } },
    tooLong: { text: 'Two', media: [image(1), image(2), video()], settings: { pictureAsCover: true } },
    rule: 'too_many_media',
    enforcedByPlatform: false,
  },
  ...telegramPollLimits,
];

export const profile: Profile = {
  simulator: {},
  // Public and private channels in turn: their links differ.
  newAccount: (control, no) =>
    control.createAccount('telegram', {
      title: `Channel ${no}`,
      newBot: true,
      ...(no % 2 === 0 ? { username: `channel_${no}` } : {}),
    }),
  renewAccount: (control, { id }) => control.createAccount('telegram', { chat: id }),
  connect: ({ credentials }) => ({
    method: 'form',
    credentials: { botToken: credentials['botToken'] ?? '', chat: credentials['chat'] ?? '' },
  }),
  postIdOf: ({ postId }) => postId,
  kinds: telegramKinds,
  limits,
  faults: webFaults(false),
  rateLimit: {
    arm: (control, _now, count = 1) => {
      control.addFault({
        platform: 'telegram',
        visible: true,
        count,
        action: {
          kind: 'status',
          status: 429,
          body: {
            ok: false,
            error_code: 429,
            description: `Too Many Requests: retry after ${waitSeconds}`,
            parameters: { retry_after: waitSeconds },
          },
        },
      });
      return waitSeconds * 1000;
    },
  },
  auth: [
    {
      name: 'access revoked',
      end: (control, account) => control.endTokens('telegram', account, 'revoke'),
      then: 'expired',
    },
  ],
  refusal: 400,
  errors,
  deletion: { operation: 'deleteMessage' },
  several: { draft: { text: long, media: [image()] }, texts: ['', long] },
};

function pictures(count: number): ReturnType<typeof image>[] {
  return Array.from({ length: count }, (_, index) => image(index + 1));
}
