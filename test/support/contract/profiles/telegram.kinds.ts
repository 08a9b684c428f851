import type { Kind, Seen } from '../profile.js';
import { audio, document, gif, image, video } from '../samples.js';
import { telegramPolls } from './telegram.polls.js';

const page = 'https://example.org/page';

/** A text with a link, under one setting of its preview. */
const preview = (name: string, keeps: string, settings: object, seen: Seen): Kind => ({
  name,
  keeps: [`linkPreview.${keeps}`],
  draft: { text: 'Read this', link: page, settings: { linkPreview: { ...settings } } },
  seen: [{ text: `Read this\n\n${page}`, ...seen }],
});

const media: readonly Kind[] = [
  {
    name: 'picture with a link in its caption',
    keeps: ['image', 'link and media'],
    draft: { text: 'Morning', link: page, media: [image(1, 'Telegram knows no alternative text')] },
    seen: [
      {
        text: `Morning\n\n${page}`,
        linkCard: null,
        media: [{ kind: 'image', alt: null, width: 64, height: 48 }],
      },
    ],
  },
  {
    name: 'album of ten pictures',
    keeps: ['several images'],
    draft: { text: 'Ten', media: Array.from({ length: 10 }, (_, index) => image(index + 1)) },
    seen: [{ text: 'Ten', media: Array.from({ length: 10 }, () => ({ kind: 'image' })) }],
  },
  {
    name: 'moving picture',
    keeps: ['gif'],
    draft: { text: 'It moves', media: [gif()] },
    seen: [{ text: 'It moves', media: [{ kind: 'gif' }] }],
  },
  {
    name: 'video',
    keeps: ['video'],
    draft: { text: 'Moving', media: [video()] },
    seen: [{ text: 'Moving', media: [{ kind: 'video', mimeType: 'video/mp4' }] }],
  },
  {
    name: 'album of videos',
    keeps: ['several videos'],
    draft: { text: 'Moving twice', media: [video(1), video(2)] },
    seen: [{ text: 'Moving twice', media: [{ kind: 'video' }, { kind: 'video' }] }],
  },
  {
    name: 'album of pictures and videos, no text',
    keeps: ['mix of image, video', 'media alone'],
    draft: { media: [image(1), video(1), image(2)] },
    seen: [{ text: '', media: [{ kind: 'image' }, { kind: 'video' }, { kind: 'image' }] }],
  },
  {
    name: 'audio',
    keeps: ['audio'],
    draft: { text: 'Listen', media: [audio()] },
    seen: [{ text: 'Listen', media: [{ kind: 'audio', filename: 'tune-1.mp3' }] }],
  },
  {
    name: 'album of audio files',
    keeps: ['several audios'],
    draft: { text: 'Listen twice', media: [audio(1), audio(2)] },
    seen: [{ text: 'Listen twice', media: [{ kind: 'audio' }, { kind: 'audio' }] }],
  },
  {
    name: 'document',
    keeps: ['document'],
    draft: { text: 'A paper', media: [document()] },
    seen: [
      { text: 'A paper', media: [{ kind: 'file', mimeType: 'application/pdf', filename: 'paper-1.pdf' }] },
    ],
  },
  {
    name: 'album of documents',
    keeps: ['several documents'],
    draft: { text: 'Two papers', media: [document(1), document(2)] },
    seen: [{ text: 'Two papers', media: [{ filename: 'paper-1.pdf' }, { filename: 'paper-2.pdf' }] }],
  },
  {
    name: 'longest caption',
    keeps: [],
    draft: { text: 'c'.repeat(1024), media: [image()] },
    seen: [{ text: 'c'.repeat(1024), media: [{ kind: 'image' }] }],
  },
  {
    name: 'text that is one too long for a caption, behind its picture',
    keeps: [],
    draft: { text: 'c'.repeat(1025), media: [image()] },
    seen: [
      { text: '', media: [{ kind: 'image' }] },
      { text: 'c'.repeat(1025), media: [] },
    ],
  },
  {
    name: 'caption above its picture',
    keeps: ['captionAboveMedia'],
    draft: { text: 'From above', media: [image()], settings: { captionAboveMedia: true } },
    seen: [{ text: 'From above', extra: { captionAbove: true } }],
  },
];

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
  ...media,
  ...telegramPolls,
];
