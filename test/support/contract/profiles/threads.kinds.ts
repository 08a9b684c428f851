import type { Kind } from '../profile.js';
import { image, video } from '../samples.js';

const alt = 'A harbour at dawn';
/** Of somebody else. */
const quotedPost = '17999999999999998';
const replyControls = [
  'everyone',
  'accounts_you_follow',
  'mentioned_only',
  'parent_post_author_only',
  'followers_only',
];

export const threadsKinds: readonly Kind[] = [
  {
    name: 'text',
    keeps: ['text'],
    draft: { text: 'Grüße 👋 <b>& co.</b>' },
    seen: [{ text: 'Grüße 👋 <b>& co.</b>', media: [], replyTo: null, linkCard: null }],
  },
  {
    name: 'link with a card of its own',
    keeps: ['link'],
    draft: { text: 'Read this', link: 'https://example.org/page' },
    seen: [{ text: 'Read this', linkCard: { url: 'https://example.org/page' } }],
  },
  {
    name: 'link in the text',
    keeps: ['linkCard'],
    draft: { text: 'Read this', link: 'https://example.org/page', settings: { linkCard: false } },
    seen: [{ text: 'Read this\n\nhttps://example.org/page' }],
  },
  {
    name: 'link whose card is refused',
    keeps: ['link'],
    draft: { text: 'Too new', link: 'https://example.org/new' },
    seen: [{ text: 'Too new\n\nhttps://example.org/new' }],
    prepare: (control) => {
      control.configure('threads', { refusesLinkCards: true });
    },
  },
  {
    name: 'picture with alternative text and a link',
    keeps: ['image', 'alt text of image', 'link and media'],
    draft: { text: 'Morning', link: 'https://example.org/m', media: [image(1, alt)] },
    seen: [{ text: 'Morning\n\nhttps://example.org/m', media: [{ kind: 'image', alt }], linkCard: null }],
  },
  {
    name: 'carousel of pictures without a text',
    keeps: ['several images', 'media alone'],
    draft: { media: [image(1, 'one'), image(2), image(3, 'three')] },
    seen: [{ text: '', media: [{ alt: 'one' }, { alt: null }, { alt: 'three' }] }],
  },
  {
    name: 'video',
    keeps: ['video', 'alt text of video'],
    draft: { text: 'Moving', media: [video(1, alt)] },
    seen: [{ text: 'Moving', media: [{ kind: 'video', alt }] }],
  },
  {
    name: 'carousel of videos and pictures',
    keeps: ['several videos', 'mix of image, video'],
    draft: { text: 'Mixed', media: [video(1), image(2), video(3)] },
    seen: [{ text: 'Mixed', media: [{ kind: 'video' }, { kind: 'image' }, { kind: 'video' }] }],
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
  {
    name: 'post and a first comment',
    keeps: ['firstComment'],
    draft: { text: 'The post', settings: { firstComment: 'The comment' } },
    seen: [{ text: 'The post' }, { text: 'The comment', replyTo: expect.stringMatching(/^\d+$/) }],
  },
  {
    name: 'post whose container is not found at first',
    keeps: ['text'],
    draft: { text: 'A race' },
    seen: [{ text: 'A race' }],
    prepare: (control) => {
      control.configure('threads', { publishRaces: 3 });
    },
  },
  ...replyControls.map((replyControl): Kind => ({
    name: `with replies from ${replyControl}`,
    keeps: [`replyControl=${replyControl}`],
    draft: { text: 'Who answers', settings: { replyControl } },
    seen: [{ text: 'Who answers', extra: { replyControl } }],
  })),
  {
    name: 'with replies that are approved first',
    keeps: ['replyApprovals'],
    draft: { text: 'Careful', settings: { replyApprovals: true } },
    seen: [{ text: 'Careful', extra: { replyApprovals: true } }],
  },
  {
    name: 'with a topic',
    keeps: ['topicTag'],
    draft: { text: 'About it', settings: { topicTag: 'Film club' } },
    seen: [{ text: 'About it', extra: { topicTag: 'Film club' } }],
  },
  {
    name: 'with a topic that is not allowed',
    keeps: ['topicTag'],
    draft: { text: 'About that', settings: { topicTag: 'Forbidden' } },
    seen: [{ text: 'About that', extra: { topicTag: null } }],
    prepare: (control) => {
      control.configure('threads', { forbiddenTopic: 'Forbidden' });
    },
  },
  {
    name: 'poll',
    keeps: ['poll.options'],
    draft: { text: 'Which?', settings: { poll: { options: ['This', 'That', 'Both'] } } },
    seen: [{ text: 'Which?', extra: { poll: { option_a: 'This', option_b: 'That', option_c: 'Both' } } }],
  },
  {
    name: 'quote of a post',
    keeps: ['quotePostId'],
    prepare: (control) =>
      control.createAccount('threads', { username: 'quoted', posts: [{ id: quotedPost, text: 'Quote me' }] }),
    draft: { text: 'As they say', settings: { quotePostId: quotedPost } },
    seen: [{ text: 'As they say', extra: { quoteOf: quotedPost } }],
  },
  {
    name: 'quote of a post that is not there',
    keeps: ['quotePostId'],
    draft: { text: 'As they say', settings: { quotePostId: '17999999999999999' } },
    seen: [],
    refusedWith: 'threads.validation_failed',
  },
  {
    name: 'with a place',
    keeps: ['locationId'],
    draft: { text: 'Here', settings: { locationId: '123456' } },
    seen: [{ text: 'Here', extra: { location: '123456' } }],
  },
  {
    name: 'for some countries',
    keeps: ['countries'],
    draft: { text: 'For them', settings: { countries: ['DE', 'FR'] } },
    seen: [{ text: 'For them', extra: { replyControl: 'everyone' } }],
  },
  {
    name: 'with a long text and a link behind it',
    keeps: ['textAttachment.text', 'textAttachment.link'],
    draft: {
      text: 'In short',
      settings: { textAttachment: { text: 'l'.repeat(10_000), link: 'https://example.org/long' } },
    },
    seen: [
      { text: 'In short', extra: { textAttachment: { link_attachment_url: 'https://example.org/long' } } },
    ],
  },
  ...['TENOR', 'GIPHY'].map((provider): Kind => ({
    name: `with a GIF of ${provider}`,
    keeps: ['gif.id', `gif.provider=${provider}`],
    draft: { text: 'Moved', settings: { gif: { id: 'abc123', provider } } },
    seen: [{ text: 'Moved', extra: { gif: { gif_id: 'abc123', provider } } }],
  })),
  {
    name: 'with blurred media',
    keeps: ['spoilerMedia'],
    draft: { text: 'Look twice', media: [image(4)], settings: { spoilerMedia: true } },
    seen: [{ text: 'Look twice', spoiler: 'Spoiler' }],
  },
  {
    name: 'with blurred passages',
    keeps: ['spoilers'],
    draft: { text: '😀 The butler did it', settings: { spoilers: ['butler'] } },
    seen: [{ text: '😀 The butler did it', spoiler: null }],
  },
  {
    name: 'that vanishes after a day',
    keeps: ['ghost'],
    draft: { text: 'Boo', settings: { ghost: true } },
    seen: [{ text: 'Boo', extra: { ghost: true } }],
  },
];
