import type { JsonObject, MediaItem, TargetContent } from '../core/index.js';
import type { Author } from './linkedin.author.js';
import { checkPost } from './linkedin.checks.js';
import { buildPost } from './linkedin.post.js';
import { composeText } from './linkedin.text.js';

const author: Author = {
  ...{ urn: 'urn:li:organization:1', kind: 'organization', readsAssets: true, readsFigures: false },
};
const person: Author = { ...author, urn: 'urn:li:person:1', kind: 'person' };
const link = 'https://example.org/page';
const poll = { question: 'Tea?', options: ['Yes', 'No'], duration: 'one_day' };

const item = (kind: MediaItem['kind'], fileName = 'a.png', altText: string | null = null): MediaItem => ({
  ...{ id: 'm', kind, mimeType: 'x/y', bytes: 1, sha256: 'a', fileName, altText },
  ...{ width: null, height: null, durationMs: null },
});

const content = (fields: Partial<TargetContent>): TargetContent => ({
  ...{ text: 'Hello', link: null, media: [], thread: [], settings: {} },
  ...fields,
});

const contentOf = (fields: Partial<TargetContent>, assets: string[] = []): unknown =>
  buildPost(content(fields), author, assets)['content'];

describe('a post for LinkedIn', () => {
  it('says everything that LinkedIn wants to know', () => {
    const settings: JsonObject = { visibility: 'logged_in', disableReshare: true };
    expect(buildPost(content({ text: 'a_b', settings }), author, [])).toEqual({
      author: 'urn:li:organization:1',
      commentary: String.raw`a\_b`,
      visibility: 'LOGGED_IN',
      distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
      lifecycleState: 'PUBLISHED',
      isReshareDisabledByAuthor: true,
    });
  });

  it('shares another one', () => {
    const settings = { reshareOf: 'urn:li:share:12345678901234567890' };
    expect(buildPost(content({ settings, link }), author, [])).toMatchObject({
      commentary: `Hello\n\n${link}`,
      reshareContext: { parent: 'urn:li:share:12345678901234567890' },
    });
  });

  it.each<[string, Partial<TargetContent>, string[], unknown]>([
    ['a link', { link }, [], { article: { source: link } }],
    [
      'a link with a picture',
      {
        link,
        media: [item('image')],
        settings: { linkThumbnail: true, linkTitle: 'T', linkDescription: 'D' },
      },
      ['urn:li:image:1'],
      { article: { source: link, title: 'T', description: 'D', thumbnail: 'urn:li:image:1' } },
    ],
    [
      'a picture',
      { link, media: [item('image', 'a.png', 'Alt')] },
      ['urn:li:image:1'],
      { media: { id: 'urn:li:image:1', altText: 'Alt' } },
    ],
    [
      'two',
      { media: [item('image', 'a.png', 'Alt'), item('gif')] },
      ['urn:li:image:1', 'urn:li:image:2'],
      { multiImage: { images: [{ id: 'urn:li:image:1', altText: 'Alt' }, { id: 'urn:li:image:2' }] } },
    ],
    ['a video', { media: [item('video')] }, ['urn:li:video:1'], { media: { id: 'urn:li:video:1' } }],
    [
      'a document',
      { media: [item('document', 'Plan 1.0.pdf')] },
      ['urn:li:document:1'],
      { media: { id: 'urn:li:document:1', title: 'Plan 1.0' } },
    ],
    [
      'a poll',
      { link, settings: { poll } },
      [],
      {
        poll: {
          question: 'Tea?',
          options: [{ text: 'Yes' }, { text: 'No' }],
          settings: { duration: 'ONE_DAY' },
        },
      },
    ],
  ])('carries %s', (_name, fields, assets, expected) => {
    expect(contentOf(fields, assets)).toEqual(expected);
  });

  it('has the link in its text where no card shows it, and once', () => {
    expect(composeText(content({ link }))).toBe('Hello');
    expect(composeText(content({ link, text: ' ' }))).toBe(link);
    expect(composeText(content({ link, media: [item('image')] }))).toBe(`Hello\n\n${link}`);
    expect(composeText(content({ link, text: `See ${link}`, settings: { poll } }))).toBe(`See ${link}`);
  });

  it.each<[string, Partial<TargetContent>, Author, string[]]>([
    ['text', {}, author, []],
    ['too many escapes', { text: '_'.repeat(2001) }, author, ['text_too_long']],
    ['a poll with media', { media: [item('image')], settings: { poll } }, author, ['poll_with_media']],
    [
      'a shared post with media and a poll',
      { media: [item('image')], settings: { poll, reshareOf: 'urn:li:share:1' } },
      author,
      ['poll_with_media', 'poll_with_reshare'],
    ],
    ['a picture for no card', { settings: { linkThumbnail: true } }, author, ['link_required']],
    [
      'connections of an organization',
      { settings: { visibility: 'connections' } },
      author,
      ['visibility_for_people'],
    ],
    ['connections of a person', { settings: { visibility: 'connections' } }, person, []],
  ])('with %s is checked before it goes out', (_name, fields, by, rules) => {
    expect(checkPost(content(fields), by).map(({ rule }) => rule)).toEqual(rules);
  });
});
