import type { Kind } from '../profile.js';
import { gif, image, video } from '../samples.js';

const member = { text: 'With a setting' };

/** What the capabilities and settings of X promise. */
export const kinds: readonly Kind[] = [
  {
    name: 'text',
    keeps: ['text'],
    draft: { text: 'Grüße 👋 an < & > alle' },
    seen: [{ text: 'Grüße 👋 an < & > alle' }],
  },
  {
    name: 'link',
    keeps: ['link'],
    draft: { text: 'Read this', link: 'https://example.org/page' },
    seen: [{ text: 'Read this\n\nhttps://example.org/page' }],
  },
  {
    name: 'link and media',
    keeps: ['link and media'],
    draft: { text: 'Look and read', link: 'https://example.org/page', media: [image()] },
    seen: [{ text: 'Look and read\n\nhttps://example.org/page', media: [{ kind: 'image' }] }],
  },
  {
    name: 'image',
    keeps: ['image', 'alt text of image'],
    draft: { text: 'One picture', media: [image(1, 'Purple noise')] },
    seen: [{ text: 'One picture', media: [{ kind: 'image', alt: 'Purple noise' }] }],
  },
  {
    name: 'several images',
    keeps: ['several images'],
    draft: { text: 'Four pictures', media: [1, 2, 3, 4].map((seed) => image(seed)) },
    seen: [{ media: [1, 2, 3, 4].map(() => ({ kind: 'image' })) }],
  },
  {
    name: 'gif',
    keeps: ['gif', 'alt text of gif'],
    draft: { text: 'It moves', media: [gif('Something that moves')] },
    seen: [{ text: 'It moves', media: [{ kind: 'gif', alt: 'Something that moves' }] }],
  },
  {
    name: 'video',
    keeps: ['video'],
    draft: { text: 'A clip', media: [video()] },
    seen: [{ text: 'A clip', media: [{ kind: 'video' }] }],
  },
  {
    name: 'media alone',
    keeps: ['media alone'],
    draft: { text: '', media: [image(7)] },
    seen: [{ text: '', media: [{ kind: 'image' }] }],
  },
  {
    name: 'thread',
    keeps: ['thread'],
    draft: { text: 'One', thread: [{ text: 'Two' }, { text: 'Three' }] },
    seen: [{ text: 'One' }, { text: 'Two' }, { text: 'Three' }],
  },
  {
    name: 'media in a thread',
    keeps: ['media in a thread'],
    draft: { text: 'First', media: [image(2)], thread: [{ text: 'Second', media: [video(3)] }] },
    seen: [
      { text: 'First', media: [{ kind: 'image' }] },
      { text: 'Second', media: [{ kind: 'video' }] },
    ],
  },
  {
    name: 'first comment',
    keeps: ['firstComment'],
    draft: { text: 'The post', settings: { firstComment: 'The first word' } },
    seen: [{ text: 'The post' }, { text: 'The first word', replyTo: expect.stringMatching(/^\d+$/) }],
  },
  {
    name: 'poll',
    keeps: ['poll.options', 'poll.durationMinutes'],
    draft: { text: 'Which?', settings: { poll: { options: ['this', 'that'], durationMinutes: 60 } } },
    seen: [{ text: 'Which?', extra: { poll: { options: ['this', 'that'], minutes: 60 } } }],
  },
  ...['following', 'mentionedUsers', 'subscribers', 'verified'].map((who): Kind => ({
    name: `replies: ${who}`,
    keeps: [`replySettings=${who}`],
    draft: { text: `Replies by ${who}`, settings: { replySettings: who } },
    seen: [{ text: `Replies by ${who}`, extra: { replySettings: who } }],
  })),
  {
    name: 'labels',
    keeps: ['madeWithAi', 'paidPartnership'],
    draft: { ...member, settings: { madeWithAi: true, paidPartnership: true } },
    seen: [{ text: 'With a setting', extra: { madeWithAi: true, paidPartnership: true } }],
  },
  {
    name: 'community',
    keeps: ['communityId', 'shareWithFollowers'],
    draft: { ...member, settings: { communityId: '1488888888888888888', shareWithFollowers: true } },
    seen: [{ extra: { community: '1488888888888888888', sharedWithFollowers: true } }],
  },
  {
    name: 'subscribers only',
    keeps: ['superFollowersOnly'],
    draft: { ...member, settings: { superFollowersOnly: true } },
    seen: [{ text: 'With a setting', extra: { subscribersOnly: true } }],
  },
  {
    name: 'place',
    keeps: ['placeId'],
    draft: { ...member, settings: { placeId: '01a9a39529b27f36' } },
    seen: [{ text: 'With a setting', extra: { place: '01a9a39529b27f36' } }],
  },
  {
    name: 'tagged people',
    keeps: ['taggedUserIds'],
    draft: { text: 'With a friend', media: [image(4)], settings: { taggedUserIds: ['2244994945'] } },
    seen: [{ text: 'With a friend', extra: { tagged: ['2244994945'] } }],
  },
  {
    name: 'quote',
    keeps: ['quote'],
    draft: { text: 'As they say', settings: { quote: '1488888888888888888' } },
    seen: [],
    refusedWith: 'x.not_permitted',
  },
];
