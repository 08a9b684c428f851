import type { PlatformAccount, SandboxControl } from '../../../../src/sandbox/control/sandbox.control.js';
import type { Kind, Limit, Profile } from '../profile.js';
import { errors } from './bluesky.errors.js';
import { image, video } from '../samples.js';
import { webFaults } from './web-faults.js';

/** 25 bytes, one grapheme. */
const family = '👨‍👩‍👧‍👦';
/** After it the AppView shows what was written. */
const appViewLagMs = 2_000;
const alt = 'A harbour at dawn';

const labelled = ['porn', 'sexual', 'nudity', 'graphic-media'].map((label): Kind => ({
  name: `with the label ${label}`,
  keeps: [`labels=${label}`],
  draft: { text: 'Look twice', settings: { labels: [label] } },
  seen: [{ text: 'Look twice', spoiler: label }],
}));

const kinds: readonly Kind[] = [
  {
    name: 'text with links, tags and mentions',
    keeps: ['text'],
    draft: { text: 'Grüße 👋 @alice.test, see https://example.org/a #news' },
    seen: [
      {
        text: 'Grüße 👋 @alice.test, see https://example.org/a #news',
        media: [],
        linkCard: null,
        replyTo: null,
        visibility: 'public',
        spoiler: null,
        raw: {
          facets: [
            {
              index: { byteStart: 13, byteEnd: 24 },
              features: [{ did: expect.stringMatching(/^did:plc:/) }],
            },
            { index: { byteStart: 30, byteEnd: 51 }, features: [{ uri: 'https://example.org/a' }] },
            { index: { byteStart: 52, byteEnd: 57 }, features: [{ tag: 'news' }] },
          ],
        },
      },
    ],
  },
  {
    name: 'link card',
    keeps: ['link', 'linkCard.title', 'linkCard.description'],
    draft: {
      text: 'Read this',
      link: 'https://www.example.org/page',
      settings: { linkCard: { title: 'A page', description: 'About pages' } },
    },
    seen: [
      {
        text: 'Read this',
        linkCard: {
          url: 'https://www.example.org/page',
          title: 'A page',
          description: 'About pages',
          image: null,
        },
      },
    ],
  },
  {
    name: 'picture with alternative text and a link',
    keeps: ['image', 'alt text of image', 'link and media'],
    draft: { text: 'Morning', link: 'https://example.org/m', media: [image(1, alt)] },
    seen: [
      {
        text: 'Morning\n\nhttps://example.org/m',
        linkCard: null,
        media: [{ kind: 'image', mimeType: 'image/png', alt, width: 64, height: 48 }],
      },
    ],
  },
  {
    name: 'four pictures and no text',
    keeps: ['several images', 'media alone'],
    draft: { media: [image(1, 'one'), image(2, 'two'), image(3), image(4, 'four')] },
    seen: [{ text: '', media: [{ alt: 'one' }, { alt: 'two' }, { alt: '' }, { alt: 'four' }] }],
  },
  {
    name: 'video with alternative text',
    keeps: ['video', 'alt text of video'],
    draft: { text: 'Moving', media: [video(1, alt)] },
    seen: [{ text: 'Moving', media: [{ kind: 'video', mimeType: 'video/mp4', alt }] }],
  },
  {
    name: 'thread with a picture in its second part',
    keeps: ['thread', 'media in a thread'],
    draft: { text: 'First', thread: [{ text: 'Second', media: [image(2, alt)] }, { text: 'Third' }] },
    seen: [
      { text: 'First', replyTo: null, media: [] },
      { text: 'Second', replyTo: expect.stringMatching(/^at:/), media: [{ alt }] },
      { text: 'Third', replyTo: expect.stringMatching(/^at:/) },
    ],
  },
  ...labelled,
  {
    name: 'with languages',
    keeps: ['langs'],
    draft: { text: 'Zweisprachig', settings: { langs: ['de', 'en-GB'] } },
    seen: [{ extra: { langs: ['de', 'en-GB'] } }],
  },
  {
    name: 'with hidden tags',
    keeps: ['tags'],
    draft: { text: 'Found by search', settings: { tags: ['fanfare', 'brass'] } },
    seen: [{ text: 'Found by search', extra: { tags: ['fanfare', 'brass'] } }],
  },
];

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
