import type { Kind } from '../profile.js';
import { audio, document, gif, image, video } from '../samples.js';

const page = 'https://example.org/page';

/** Posts with files. */
export const telegramMedia: readonly Kind[] = [
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
  {
    name: 'blurred album',
    keeps: ['spoilerMedia'],
    draft: { text: 'Look twice', media: [image(1), video(1)], settings: { spoilerMedia: true } },
    seen: [{ text: 'Look twice', extra: { mediaSpoiler: true } }],
  },
  {
    name: 'blurred moving picture',
    keeps: [],
    draft: { text: 'Look twice', media: [gif()], settings: { spoilerMedia: true } },
    seen: [{ text: 'Look twice', raw: { has_media_spoiler: true } }],
  },
  {
    name: 'video with a cover',
    keeps: ['variant with_cover', 'pictureAsCover'],
    draft: { text: 'Moving', media: [image(), video()], settings: { pictureAsCover: true } },
    seen: [
      {
        text: 'Moving',
        media: [{ kind: 'video' }],
        raw: { video: { cover: [{ width: 64, height: 48 }] } },
      },
    ],
  },
  {
    name: 'pictures and a video as files',
    keeps: ['variant as_files', 'asFiles'],
    draft: { text: 'Not compressed', media: [image(1), video(1), gif()], settings: { asFiles: true } },
    seen: [
      {
        text: 'Not compressed',
        media: [
          { kind: 'file', filename: 'picture-1.png' },
          { kind: 'file', filename: 'clip-1.mp4' },
          { kind: 'file', filename: 'moving.gif' },
        ],
      },
    ],
  },
];
