import { mediaKinds, type MediaKind } from '../../../../src/platforms/core/index.js';
import type { Kind } from '../profile.js';
import { sampleOf } from '../samples.js';

const page = 'https://example.org/page';
const alt = 'A harbour at dawn';

/** How the inbox names a kind of file. */
const shown: Readonly<Record<MediaKind, string>> = {
  image: 'image',
  gif: 'gif',
  video: 'video',
  audio: 'audio',
  document: 'file',
};
const pictures: readonly MediaKind[] = ['image', 'gif'];

const files = mediaKinds.map((kind): Kind => {
  const isPicture = pictures.includes(kind);
  return {
    name: isPicture ? `${kind} with alternative text, inside the mail` : `${kind} as an attachment`,
    keeps: [kind, ...(isPicture ? [`alt text of ${kind}`] : [])],
    draft: { text: 'See the file', media: [sampleOf(kind, 1, isPicture ? alt : null)] },
    seen: [
      {
        text: 'See the file',
        media: [{ kind: shown[kind], alt: isPicture ? alt : null }],
        extra: { attachments: [{ inline: isPicture }] },
      },
    ],
  };
});

const several = mediaKinds.map((kind): Kind => ({
  name: `several files of the kind ${kind}`,
  keeps: [`several ${kind}s`],
  draft: { text: 'Two of them', media: [sampleOf(kind, 1), sampleOf(kind, 2)] },
  seen: [{ text: 'Two of them', media: [{ kind: shown[kind] }, { kind: shown[kind] }] }],
}));

export const emailKinds: readonly Kind[] = [
  {
    name: 'text, as plain text and as HTML',
    keeps: ['text'],
    draft: { text: 'Grüße 👋\n\n<b>& co.</b>, see https://example.org/a.' },
    seen: [
      {
        text: 'Grüße 👋\n\n<b>& co.</b>, see https://example.org/a.',
        media: [],
        raw: { html: expect.stringContaining('<a href="https://example.org/a">https://example.org/a</a>.') },
        extra: { subject: 'Grüße 👋', to: expect.stringMatching(/@readers\.example$/) },
      },
    ],
  },
  {
    name: 'link as a button',
    keeps: ['link', 'linkLabel'],
    draft: { text: 'Read this', link: page, settings: { linkLabel: 'To the page' } },
    seen: [
      {
        text: `Read this\n\n${page}`,
        raw: { html: expect.stringMatching(/href="https:\/\/example\.org\/page"[^>]*>To the page</) },
      },
    ],
  },
  {
    name: 'link and a picture',
    keeps: ['link and media'],
    draft: { text: 'Morning', link: page, media: [sampleOf('image', 1, alt)] },
    seen: [{ text: `Morning\n\n${page}`, media: [{ kind: 'image', alt }] }],
  },
  {
    name: 'picture alone, with a subject',
    keeps: ['media alone', 'subject'],
    draft: { media: [sampleOf('image', 1, alt)], settings: { subject: 'Nothing but a picture' } },
    seen: [{ text: '', media: [{ kind: 'image', alt }], extra: { subject: 'Nothing but a picture' } }],
  },
  {
    name: 'files of every kind',
    keeps: [`mix of ${mediaKinds.join(', ')}`],
    draft: { text: 'All of it', media: mediaKinds.map((kind) => sampleOf(kind)) },
    seen: [{ text: 'All of it', media: mediaKinds.map((kind) => ({ kind: shown[kind] })) }],
  },
  ...files,
  ...several,
];
