import { didOf } from '../../../../src/sandbox/bluesky/bluesky.account.js';
import type { SandboxControl } from '../../../../src/sandbox/control/sandbox.control.js';
import type { Kind } from '../profile.js';
import { image, movingGif, video } from '../samples.js';

/** After it the AppView shows what was written. */
export const appViewLagMs = 2_000;
const alt = 'A harbour at dawn';

/** A post of somebody else. */
const quoted = { handle: 'quoted.test', rkey: '3kquotedpost2' };
const quotedPost = `at://${didOf(quoted.handle)}/app.bsky.feed.post/${quoted.rkey}`;
const quotedInBrowser = `https://bsky.app/profile/${quoted.handle}/post/${quoted.rkey}`;

function withQuoted(control: SandboxControl): void {
  control.createAccount('bluesky', {
    handle: quoted.handle,
    posts: [{ rkey: quoted.rkey, text: 'Quote me' }],
  });
  control.advanceClock(appViewLagMs);
}

const labelled = ['porn', 'sexual', 'nudity', 'graphic-media'].map((label): Kind => ({
  name: `with the label ${label}`,
  keeps: [`labels=${label}`],
  draft: { text: 'Look twice', settings: { labels: [label] } },
  seen: [{ text: 'Look twice', spoiler: label }],
}));

const repliers = [
  ['nobody', []],
  ['mentioned', ['mentionRule']],
  ['following', ['followingRule']],
  ['followers', ['followerRule']],
] as const;
const gated = repliers.map(([who, rules]): Kind => ({
  name: `that may be replied to by ${who}`,
  keeps: [`whoMayReply=${who}`],
  draft: { text: 'Not for everybody', settings: { whoMayReply: [who] } },
  seen: [{ text: 'Not for everybody', extra: { whoMayReply: rules, quotable: true } }],
}));

/** Every kind of post that is promised. */
export const kinds: readonly Kind[] = [
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
    name: 'link card with a picture',
    keeps: ['linkCard.picture'],
    draft: {
      text: 'Look and read',
      link: 'https://www.example.org/page',
      media: [image(6)],
      settings: { linkCard: { title: 'A page', picture: true } },
    },
    seen: [
      {
        text: 'Look and read',
        media: [],
        linkCard: {
          url: 'https://www.example.org/page',
          title: 'A page',
          image: { kind: 'image', mimeType: 'image/png', width: 64, height: 48 },
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
    name: 'GIF that moves, as a silent video',
    keeps: ['video', 'alt text of video'],
    draft: { text: 'It moves', media: [movingGif(alt)] },
    seen: [
      {
        text: 'It moves',
        media: [{ kind: 'gif', mimeType: 'video/mp4', alt }],
        raw: { embed: { presentation: 'gif' } },
      },
    ],
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
    name: 'quote of a post, by its address in a browser',
    keeps: ['quote'],
    prepare: withQuoted,
    draft: { text: 'What she says', settings: { quote: quotedInBrowser } },
    seen: [{ text: 'What she says', media: [], extra: { quote: quotedPost } }],
  },
  {
    name: 'quote of a post, by the address of its record, with pictures and without words',
    keeps: ['quote'],
    prepare: withQuoted,
    draft: { media: [image(1, alt), image(2)], settings: { quote: quotedPost } },
    seen: [{ text: '', media: [{ alt }, { alt: '' }], extra: { quote: quotedPost } }],
  },
  {
    name: 'quote of a post below a link card',
    keeps: ['quote'],
    prepare: withQuoted,
    draft: { text: 'Both', link: 'https://www.example.org/page', settings: { quote: quotedPost } },
    seen: [
      {
        text: 'Both',
        linkCard: { url: 'https://www.example.org/page' },
        extra: { quote: quotedPost },
      },
    ],
  },
  {
    name: 'quote of a post that is not there',
    keeps: ['quote'],
    draft: { text: 'Who?', settings: { quote: `${quotedInBrowser.slice(0, -1)}3` } },
    seen: [],
    refusedWith: 'bluesky.quote_missing',
  },
  ...gated,
  {
    name: 'thread that some may reply to and nobody may quote',
    keeps: ['whoMayReply=mentioned', 'whoMayReply=following', 'whoMayQuote=nobody'],
    draft: {
      text: 'First',
      thread: [{ text: 'Second' }],
      settings: { whoMayReply: ['following', 'mentioned'], whoMayQuote: 'nobody' },
    },
    seen: [
      { text: 'First', extra: { whoMayReply: ['mentionRule', 'followingRule'], quotable: false } },
      { text: 'Second', extra: { whoMayReply: 'everybody', quotable: false } },
    ],
  },
  {
    name: 'that everybody may quote',
    keeps: ['whoMayQuote=everybody'],
    draft: { text: 'Quote me', settings: { whoMayQuote: 'everybody' } },
    seen: [{ text: 'Quote me', extra: { whoMayReply: 'everybody', quotable: true } }],
  },
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
