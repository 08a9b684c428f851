import type { SandboxControl } from '../../../../src/sandbox/control/sandbox.control.js';
import { textAt } from '../../../../src/platforms/core/index.js';
import type { Kind } from '../profile.js';
import { image, uprightVideo, video } from '../samples.js';

const media = [video()];

function setting(name: string, value: string | boolean | readonly string[], extra: object): Kind {
  const given = typeof value === 'object' ? [...value] : value;
  return {
    name: `${name}: ${String(value)}`,
    keeps: [typeof value === 'string' && isChoice(name) ? `${name}=${value}` : name],
    draft: { text: 'With a setting', media, settings: { [name]: given } },
    seen: [{ text: 'With a setting', extra }],
  };
}

function isChoice(name: string): boolean {
  return ['format', 'license'].includes(name);
}

const slowly = (control: SandboxControl): void => {
  control.configure('youtube', { processingPolls: 2 });
};

/** Playlists have ids that nobody knows before there is a channel. */
let control: SandboxControl | null = null;

function newestPlaylist(): string {
  const details = control?.accounts('youtube').at(-1)?.details ?? {};
  return textAt(details, 'playlists', 0, 'id') ?? '';
}

/** What the capabilities and settings of YouTube promise. */
export const kinds: readonly Kind[] = [
  {
    name: 'video',
    keeps: ['video'],
    draft: { text: 'Grüße 👋 an alle\n\nund mehr', media },
    seen: [
      {
        text: 'Grüße 👋 an alle\n\nund mehr',
        visibility: 'public',
        media: [{ kind: 'video' }],
        extra: { title: 'Grüße 👋 an alle', categoryId: '22', notifiesSubscribers: true, short: false },
      },
    ],
    prepare: slowly,
  },
  {
    name: 'link',
    keeps: ['link and media'],
    draft: { text: 'Read this', link: 'https://example.org/page', media },
    seen: [{ text: 'Read this\n\nhttps://example.org/page', extra: { title: 'Read this' } }],
  },
  {
    name: 'a title and nothing else',
    keeps: ['media alone', 'title'],
    draft: { text: '', media, settings: { title: 'Only a title' } },
    seen: [{ text: '', extra: { title: 'Only a title' } }],
  },
  {
    name: 'video with a thumbnail',
    keeps: ['image', 'mix of video, image'],
    draft: { text: 'With a picture of its own', media: [video(2), image(3)] },
    seen: [{ media: [{ kind: 'video' }], extra: { thumbnail: expect.stringMatching(/^[0-9a-f]{64}$/) } }],
  },
  {
    name: 'short',
    keeps: ['variant short', 'format=short'],
    draft: { text: 'Upright', media: [uprightVideo()], settings: { format: 'short' } },
    seen: [{ text: 'Upright', extra: { short: true } }],
  },
  setting('format', 'video', { short: false }),
  setting('tags', ['bread', 'sour dough'], { tags: ['bread', 'sour dough'] }),
  setting('categoryId', '26', { categoryId: '26' }),
  ...['public', 'unlisted', 'private'].map((privacy): Kind => ({
    name: `privacy: ${privacy}`,
    keeps: [`privacy=${privacy}`],
    draft: { text: `For ${privacy}`, media, settings: { privacy } },
    seen: [{ text: `For ${privacy}`, visibility: privacy }],
  })),
  setting('madeForKids', true, { madeForKids: true }),
  setting('madeWithAi', true, { syntheticMedia: true }),
  setting('notifySubscribers', false, { notifiesSubscribers: false }),
  setting('language', 'pt-BR', { language: 'pt-BR' }),
  setting('embeddable', false, { embeddable: false }),
  setting('license', 'creativeCommon', { license: 'creativeCommon' }),
  setting('license', 'youtube', { license: 'youtube' }),
  setting('publicStatsViewable', false, { statsVisible: false }),
  {
    name: 'playlist',
    keeps: ['playlist'],
    prepare: (given) => {
      control = given;
    },
    get draft() {
      return { text: 'In a list', media, settings: { playlist: newestPlaylist() } };
    },
    seen: [{ text: 'In a list', extra: { playlists: ['Favourites'] } }],
  },
  {
    name: 'first comment',
    keeps: ['firstComment'],
    draft: { text: 'The video', media, settings: { firstComment: 'The first word' } },
    seen: [{ text: 'The video' }, { text: 'The first word', replyTo: expect.any(String) }],
  },
];
