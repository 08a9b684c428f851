import type { Kind, Seen } from '../profile.js';
import { image } from '../samples.js';
import { telegramMedia } from './telegram.media.js';
import { telegramPolls } from './telegram.polls.js';

const page = 'https://example.org/page';

/** A text with a link, under one setting of its preview. */
const preview = (name: string, keeps: string, settings: object, seen: Seen): Kind => ({
  name,
  keeps: [`linkPreview.${keeps}`],
  draft: { text: 'Read this', link: page, settings: { linkPreview: { ...settings } } },
  seen: [{ text: `Read this\n\n${page}`, ...seen }],
});

const texts: readonly Kind[] = [
  {
    name: 'text without markup',
    keeps: ['text', 'parseMode=none'],
    draft: { text: 'Grüße 👋 <b>& co.</b> *all* of you.' },
    seen: [
      {
        text: 'Grüße 👋 <b>& co.</b> *all* of you.',
        media: [],
        linkCard: null,
        extra: { silent: false, entities: [] },
      },
    ],
  },
  {
    name: 'text with HTML',
    keeps: ['parseMode=HTML'],
    draft: { text: 'Very <b>bold</b> &amp; <i>fine</i>', settings: { parseMode: 'HTML' } },
    seen: [
      {
        text: 'Very bold & fine',
        extra: {
          entities: [
            { type: 'bold', offset: 5, length: 4 },
            { type: 'italic', offset: 12, length: 4 },
          ],
        },
      },
    ],
  },
  {
    name: 'text with MarkdownV2 and a link that has to be escaped',
    keeps: ['parseMode=MarkdownV2'],
    draft: {
      text: 'Very *bold*\\.',
      link: 'https://example.org/a_b-c',
      settings: { parseMode: 'MarkdownV2' },
    },
    seen: [{ text: 'Very bold.\n\nhttps://example.org/a_b-c', extra: { entities: [{ type: 'bold' }] } }],
  },
  {
    name: 'silent',
    keeps: ['silent'],
    draft: { text: 'Hush', settings: { silent: true } },
    seen: [{ text: 'Hush', extra: { silent: true } }],
  },
  {
    name: 'protected',
    keeps: ['protectContent'],
    draft: { text: 'Not to be forwarded', settings: { protectContent: true } },
    seen: [{ text: 'Not to be forwarded', raw: { has_protected_content: true } }],
  },
  {
    // No chat of the sandbox is a forum; the answer is the one that a real chat gives as well.
    name: 'into a topic that is not there',
    keeps: ['messageThreadId'],
    draft: { text: 'Into the forum', settings: { messageThreadId: 7 } },
    seen: [],
    refusedWith: 'telegram.topic_not_found',
  },
  {
    // Nobody knows the id of a message before there is one; the answer is the one that a real chat gives as well.
    name: 'answer to a message that is gone',
    keeps: ['replyTo'],
    draft: { text: 'As they say', settings: { replyTo: 999 } },
    seen: [],
    refusedWith: 'telegram.reply_target_gone',
  },
  {
    name: 'with buttons',
    keeps: ['buttons'],
    draft: {
      text: 'Two ways',
      settings: {
        buttons: [
          { text: 'Here', url: `${page}/1` },
          { text: 'There', url: `${page}/2` },
        ],
      },
    },
    seen: [
      {
        text: 'Two ways',
        raw: {
          reply_markup: {
            inline_keyboard: [[{ text: 'Here', url: `${page}/1` }], [{ text: 'There', url: `${page}/2` }]],
          },
        },
      },
    ],
  },
  {
    name: 'picture with a button under its caption',
    keeps: [],
    draft: {
      text: 'One way',
      media: [image()],
      settings: { buttons: [{ text: 'Here', url: page }] },
    },
    seen: [{ text: 'One way', raw: { reply_markup: { inline_keyboard: [[{ text: 'Here', url: page }]] } } }],
  },
];

const previews: readonly Kind[] = [
  preview('link', 'size=auto', { size: 'auto' }, { linkCard: { url: page } }),
  preview('link without a card', 'disabled', { disabled: true }, { linkCard: null }),
  preview(
    'link with the card of another page',
    'url',
    { url: 'https://example.org/other' },
    { linkCard: { url: 'https://example.org/other' } },
  ),
  preview('link with a small card', 'size=small', { size: 'small' }, shown({ prefer_small_media: true })),
  preview('link with a large card', 'size=large', { size: 'large' }, shown({ prefer_large_media: true })),
  preview('link with the card above', 'aboveText', { aboveText: true }, shown({ show_above_text: true })),
];

function shown(linkPreview: object): Seen {
  return { linkCard: { url: page }, extra: { linkPreview } };
}

export const telegramKinds: readonly Kind[] = [
  ...texts,
  ...previews.map((kind, index) => (index === 0 ? { ...kind, keeps: [...kind.keeps, 'link'] } : kind)),
  ...telegramMedia,
  ...telegramPolls,
];
