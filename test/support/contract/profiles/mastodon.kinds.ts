import type { Kind } from '../profile.js';
import { audio, gif, image, video } from '../samples.js';

const alt = 'A harbour at dawn';
/** A post of somebody else. */
const quoted = { username: 'quoted', post: '109999999999999998' };
const visibilities = ['public', 'unlisted', 'private', 'direct'];

const seenBy = visibilities.map((visibility): Kind => ({
  name: `with the visibility ${visibility}`,
  keeps: [`visibility=${visibility}`],
  draft: { text: 'For whom', settings: { visibility } },
  seen: [{ text: 'For whom', visibility }],
}));

const laterSeenBy = visibilities.map((threadVisibility): Kind => ({
  name: `thread whose later parts are ${threadVisibility}`,
  keeps: [`threadVisibility=${threadVisibility}`],
  draft: {
    text: 'First',
    thread: [{ text: 'Second' }],
    settings: { visibility: 'public', threadVisibility },
  },
  seen: [
    { text: 'First', visibility: 'public' },
    { text: 'Second', visibility: threadVisibility },
  ],
}));

export const mastodonKinds: readonly Kind[] = [
  {
    name: 'text',
    keeps: ['text'],
    draft: { text: 'Grüße 👋 <b>& co.</b> #news' },
    seen: [
      {
        text: 'Grüße 👋 <b>& co.</b> #news',
        media: [],
        replyTo: null,
        visibility: 'public',
        spoiler: null,
        extra: { sensitive: false },
      },
    ],
  },
  {
    name: 'link',
    keeps: ['link'],
    draft: { text: 'Read this', link: 'https://example.org/page' },
    seen: [{ text: 'Read this\n\nhttps://example.org/page' }],
  },
  {
    name: 'picture with alternative text and a link',
    keeps: ['image', 'alt text of image', 'link and media'],
    draft: { text: 'Morning', link: 'https://example.org/m', media: [image(1, alt)] },
    seen: [
      {
        text: 'Morning\n\nhttps://example.org/m',
        media: [{ kind: 'image', mimeType: 'image/png', alt, width: 64, height: 48 }],
      },
    ],
  },
  {
    name: 'four pictures and no text',
    keeps: ['several images', 'media alone'],
    draft: { media: [image(1, 'one'), image(2, 'two'), image(3), image(4, 'four')] },
    seen: [{ text: '', media: [{ alt: 'one' }, { alt: 'two' }, { alt: null }, { alt: 'four' }] }],
  },
  {
    name: 'moving picture',
    keeps: ['gif', 'alt text of gif'],
    draft: { text: 'It moves', media: [gif(alt)] },
    seen: [{ text: 'It moves', media: [{ kind: 'gif', mimeType: 'image/gif', alt }] }],
  },
  {
    name: 'video',
    keeps: ['video', 'alt text of video'],
    draft: { text: 'Moving', media: [video(1, alt)] },
    seen: [{ text: 'Moving', media: [{ kind: 'video', mimeType: 'video/mp4', alt }] }],
  },
  {
    name: 'audio',
    keeps: ['audio', 'alt text of audio'],
    draft: { text: 'Listen', media: [audio(1, alt)] },
    seen: [{ text: 'Listen', media: [{ kind: 'audio', mimeType: 'audio/mpeg', alt }] }],
  },
  {
    name: 'thread with a picture in its second part',
    keeps: ['thread', 'media in a thread'],
    draft: { text: 'First', thread: [{ text: 'Second', media: [image(2, alt)] }, { text: 'Third' }] },
    seen: [
      { text: 'First', replyTo: null, media: [] },
      { text: 'Second', replyTo: expect.stringMatching(/^\d+$/), media: [{ alt }] },
      { text: 'Third', replyTo: expect.stringMatching(/^\d+$/) },
    ],
  },
  ...seenBy,
  ...laterSeenBy,
  {
    name: 'with a content warning',
    keeps: ['spoilerText'],
    draft: { text: 'The butler did it', settings: { spoilerText: 'The end of the film' } },
    seen: [{ text: 'The butler did it', spoiler: 'The end of the film', extra: { sensitive: true } }],
  },
  {
    name: 'with a sensitive picture',
    keeps: ['sensitive'],
    draft: { text: 'Look twice', media: [image()], settings: { sensitive: true } },
    seen: [{ text: 'Look twice', spoiler: null, extra: { sensitive: true } }],
  },
  {
    name: 'with a language',
    keeps: ['language'],
    draft: { text: 'Guten Morgen', settings: { language: 'de' } },
    seen: [{ text: 'Guten Morgen', extra: { language: 'de' } }],
  },
  {
    name: 'two pictures, each with the point that stays in sight',
    keeps: ['focus'],
    draft: {
      text: 'Look here',
      media: [image(1), image(2)],
      settings: {
        focus: [
          { x: -0.5, y: 1 },
          { x: 0, y: -0.25 },
        ],
      },
    },
    seen: [
      {
        media: [{ kind: 'image' }, { kind: 'image' }],
        raw: {
          media_attachments: [
            { meta: { focus: { x: -0.5, y: 1 } } },
            { meta: { focus: { x: 0, y: -0.25 } } },
          ],
        },
      },
    ],
  },
  {
    name: 'video with a cover',
    keeps: ['variant with_cover', 'pictureAsCover'],
    draft: { text: 'Moving', media: [image(), video(1, alt)], settings: { pictureAsCover: true } },
    seen: [
      {
        media: [{ kind: 'video', alt }],
        raw: { media_attachments: [{ preview_url: expect.stringMatching(/\/thumbnail$/) }] },
      },
    ],
  },
  {
    name: 'sound with a cover',
    keeps: [],
    draft: { text: 'Listen', media: [audio(), image()], settings: { pictureAsCover: true } },
    seen: [
      {
        media: [{ kind: 'audio' }],
        raw: { media_attachments: [{ preview_url: expect.stringMatching(/\/thumbnail$/) }] },
      },
    ],
  },
  {
    name: 'quote of a post',
    keeps: ['quote'],
    prepare: (control) =>
      control.createAccount('mastodon', {
        username: quoted.username,
        posts: [{ id: quoted.post, text: 'Quote me' }],
      }),
    draft: { text: 'What she says', settings: { quote: quoted.post } },
    seen: [{ text: 'What she says', extra: { quote: quoted.post } }],
  },
  {
    name: 'quote of a post that is gone',
    keeps: ['quote'],
    draft: { text: 'As they say', settings: { quote: '109999999999999999' } },
    seen: [],
    refusedWith: 'mastodon.target_gone',
  },
  ...['public', 'followers', 'nobody'].map((quotePolicy): Kind => ({
    name: `to be quoted by ${quotePolicy}`,
    keeps: [`quotePolicy=${quotePolicy}`],
    draft: { text: 'Quote me', settings: { quotePolicy } },
    seen: [{ text: 'Quote me', extra: { quotePolicy } }],
  })),
  {
    name: 'poll',
    keeps: ['poll.options', 'poll.durationMinutes'],
    draft: { text: 'Which?', settings: { poll: { options: ['this', 'that'], durationMinutes: 60 } } },
    seen: [
      {
        text: 'Which?',
        extra: { poll: { options: ['this', 'that'], multiple: false, hideTotals: false } },
        raw: { poll: { options: [{ title: 'this', votes_count: 0 }, { title: 'that' }] } },
      },
    ],
  },
  {
    name: 'poll with several answers and hidden totals, in the first part of a thread',
    keeps: ['poll.multiple', 'poll.hideTotals'],
    draft: {
      text: 'Which of these?',
      thread: [{ text: 'Say why' }],
      settings: {
        poll: {
          options: [' <b>this</b> ', 'that', 'both'],
          durationMinutes: 5,
          multiple: true,
          hideTotals: true,
        },
      },
    },
    seen: [
      {
        text: 'Which of these?',
        extra: { poll: { options: ['<b>this</b>', 'that', 'both'], multiple: true, hideTotals: true } },
      },
      { text: 'Say why', extra: { poll: null } },
    ],
  },
];
