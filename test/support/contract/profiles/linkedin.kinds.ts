import type { Kind } from '../profile.js';
import { document, gif, image } from '../samples.js';
import { asPerson } from './linkedin.accounts.js';
import { slowVideo } from './linkedin.samples.js';

const alt = 'A harbour at dawn';
const link = 'https://example.org/a_page?b=(c)#d';
/** Of somebody else. */
const reshared = 'urn:li:share:6000000000000000001';
const words = 'Grüße 👋 (all) of_you [now] <b>@home</b> \\ {x|y} *~ #News #two_words';

const audiences = ['public', 'logged_in'].map((visibility): Kind => ({
  name: `for ${visibility}`,
  keeps: [`visibility=${visibility}`],
  draft: { text: `For ${visibility}`, settings: { visibility } },
  seen: [{ text: `For ${visibility}`, visibility }],
}));

const polls = ['one_day', 'three_days', 'seven_days', 'fourteen_days'].map((duration): Kind => ({
  name: `poll of ${duration}`,
  keeps: ['poll.question', 'poll.options', `poll.duration=${duration}`],
  draft: {
    text: 'Your turn',
    settings: { poll: { question: 'Tea_or (coffee)?', options: ['Tea', 'Coffee', 'Water'], duration } },
  },
  seen: [
    {
      text: 'Your turn',
      extra: {
        poll: {
          question: 'Tea_or (coffee)?',
          options: [{ text: 'Tea' }, { text: 'Coffee' }, { text: 'Water' }],
          settings: { duration: duration.toUpperCase() },
        },
      },
    },
  ],
}));

export const linkedinKinds: readonly Kind[] = [
  {
    name: 'text with reserved characters, a mention and hashtags',
    keeps: ['text'],
    draft: { text: `${words} @[Sandbox Works](urn:li:organization:5000001)` },
    seen: [{ text: `${words} @Sandbox Works`, media: [], linkCard: null, visibility: 'public' }],
  },
  {
    name: 'link with what its card says',
    keeps: ['link', 'linkTitle', 'linkDescription'],
    draft: { text: 'Read this', link, settings: { linkTitle: 'A page', linkDescription: 'All of it' } },
    seen: [
      { text: 'Read this', linkCard: { url: link, title: 'A page', description: 'All of it', image: null } },
    ],
  },
  {
    name: 'link whose card has a picture',
    keeps: ['variant link_card', 'linkThumbnail'],
    draft: {
      text: 'Look inside',
      link,
      media: [image(3)],
      settings: { linkThumbnail: true, linkTitle: 'A page' },
    },
    seen: [
      {
        text: 'Look inside',
        media: [],
        linkCard: expect.objectContaining({ url: link, image: expect.objectContaining({ kind: 'image' }) }),
      },
    ],
  },
  {
    name: 'picture with alternative text and a link',
    keeps: ['image', 'alt text of image', 'link and media'],
    draft: { text: 'Morning', link, media: [image(1, alt)] },
    seen: [{ text: `Morning\n\n${link}`, linkCard: null, media: [{ kind: 'image', alt }] }],
  },
  {
    name: 'pictures without a text',
    keeps: ['several images', 'media alone'],
    draft: { media: [image(1, 'one'), image(2), image(3, 'three')] },
    seen: [{ text: '', media: [{ alt: 'one' }, { alt: null }, { alt: 'three' }] }],
  },
  {
    name: 'moving picture',
    keeps: ['gif', 'alt text of gif'],
    draft: { text: 'It moves', media: [gif(alt)] },
    seen: [{ text: 'It moves', media: [{ mimeType: 'image/gif', alt }] }],
  },
  {
    name: 'moving pictures among others',
    keeps: ['several gifs', 'mix of image, gif'],
    draft: { text: 'Some move', media: [image(1), gif('first'), gif('second')] },
    seen: [{ text: 'Some move', media: [{ alt: null }, { alt: 'first' }, { alt: 'second' }] }],
  },
  {
    name: 'video in parts, with a title',
    keeps: ['video', 'title'],
    draft: { text: 'Moving', media: [slowVideo(1)], settings: { title: 'The film' } },
    seen: [{ text: 'Moving', media: [{ kind: 'video' }], extra: { title: 'The film' } }],
  },
  {
    name: 'document, by its file name',
    keeps: ['document'],
    draft: { text: 'Leaf through it', media: [document(1)] },
    seen: [{ text: 'Leaf through it', media: [{ kind: 'file' }], extra: { title: 'paper-1' } }],
  },
  ...audiences,
  {
    name: 'for the connections of a member',
    keeps: ['visibility=connections'],
    prepare: asPerson,
    draft: { text: 'Among us', settings: { visibility: 'connections' } },
    seen: [{ text: 'Among us', visibility: 'connections' }],
  },
  {
    name: 'picture of a member, whose state cannot be asked for',
    keeps: ['image'],
    prepare: asPerson,
    draft: { text: 'Mine', media: [image(4, alt)] },
    seen: [{ text: 'Mine', media: [{ kind: 'image', alt }] }],
  },
  {
    name: 'that others cannot share',
    keeps: ['disableReshare'],
    draft: { text: 'Stays here', settings: { disableReshare: true } },
    seen: [{ text: 'Stays here', extra: { resharable: false } }],
  },
  ...polls,
  {
    name: 'of a post of somebody else',
    keeps: ['reshareOf'],
    prepare: (control) =>
      control.createAccount('linkedin', { name: 'Wanda', posts: [{ urn: reshared, text: 'Share me' }] }),
    draft: { text: 'Have you seen this?', settings: { reshareOf: reshared } },
    seen: [{ text: 'Have you seen this?', extra: { reshareOf: reshared } }],
  },
  {
    name: 'of a post that is not there',
    keeps: ['reshareOf'],
    draft: { text: 'Have you seen this?', settings: { reshareOf: 'urn:li:share:1' } },
    seen: [],
    refusedWith: 'linkedin.not_found',
  },
  {
    name: 'with a first comment',
    keeps: ['firstComment'],
    draft: { text: 'The post', settings: { firstComment: 'More at (link) #later' } },
    seen: [
      { text: 'The post', replyTo: null },
      { text: 'More at (link) #later', replyTo: expect.stringMatching(/^urn:li:/) },
    ],
  },
];
