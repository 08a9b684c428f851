import type { JsonObject, MediaItem, TargetContent } from '../core/index.js';
import { mediaFields, piecesOf, repliesTo } from './threads.container.js';

const picture: MediaItem = {
  id: 'm',
  kind: 'image',
  mimeType: 'image/png',
  bytes: 1,
  sha256: '00',
  width: 400,
  height: 300,
  durationMs: null,
  altText: 'A box',
  fileName: 'box.png',
};

function content(changes: Partial<TargetContent> & { settings?: JsonObject } = {}): TargetContent {
  return { text: 'Hello', link: null, media: [], thread: [], settings: {}, ...changes };
}

const first = (changes: Parameters<typeof content>[0]) => piecesOf(content(changes))[0];

describe('pieces of a post', () => {
  it('are its parts in order, then the first comment, each answering what it belongs to', () => {
    const thread = [{ text: 'Two', media: [] }];
    const pieces = piecesOf(content({ thread, settings: { firstComment: 'Also' } }));
    expect(pieces.map(({ key, text }) => [key, text, repliesTo(key)])).toEqual([
      ['part:0', 'Hello', null],
      ['part:1', 'Two', 'part:0'],
      ['comment', 'Also', 'part:0'],
    ]);
  });

  it('are named after their media', () => {
    const video: MediaItem = { ...picture, kind: 'video' };
    const types = [[], [picture], [video], [picture, video]].map((media) => first({ media })?.mediaType);
    expect(types).toEqual(['TEXT', 'IMAGE', 'VIDEO', 'CAROUSEL']);
    expect(mediaFields(video, 'https://example.org/v')).toEqual({
      media_type: 'VIDEO',
      video_url: 'https://example.org/v',
      alt_text: 'A box',
    });
  });

  it('have a card only with text alone, else the link in the text', () => {
    const link = 'https://example.org/';
    expect(first({ link })).toMatchObject({ text: 'Hello', more: { link_attachment: link } });
    const settings = { linkCard: false };
    for (const changes of [
      { link, media: [picture] },
      { link, settings },
    ]) {
      expect(first(changes)).toMatchObject({ text: `Hello\n\n${link}` });
      expect(first(changes)?.more).not.toHaveProperty('link_attachment');
    }
    expect(first({ link, text: '' })).toMatchObject({ text: link });
  });

  it('carry every setting under the name that Threads gives it, on the post itself only', () => {
    const settings = {
      ...{ replyControl: 'followers_only', replyApprovals: false, topicTag: 'Film', quotePostId: '17' },
      ...{ locationId: '99', countries: ['DE', 'FR'], spoilerMedia: true, ghost: true },
      poll: { options: ['a', 'b'] },
      textAttachment: { text: 'long', link: 'https://example.org/' },
      gif: { id: 'g', provider: 'GIPHY' },
    };
    const [post, second] = piecesOf(content({ settings, thread: [{ text: 'Two', media: [] }] }));
    expect(post?.more).toEqual({
      reply_control: 'followers_only',
      enable_reply_approvals: 'false',
      topic_tag: 'Film',
      quote_post_id: '17',
      location_id: '99',
      allowlisted_country_codes: 'DE,FR',
      is_spoiler_media: 'true',
      is_ghost_post: 'true',
      poll_attachment: '{"option_a":"a","option_b":"b"}',
      text_attachment: '{"plaintext":"long","link_attachment_url":"https://example.org/"}',
      gif_attachment: '{"gif_id":"g","provider":"GIPHY"}',
    });
    expect(second?.more).toEqual({});
  });

  it('say where a blurred passage stands, in code points', () => {
    const settings = { spoilers: ['butler'] };
    const more = first({ text: '😀 The butler', settings })?.more ?? {};
    expect(JSON.parse(more['text_entities'] ?? '[]')).toEqual([
      { entity_type: 'SPOILER', offset: 6, length: 6 },
    ]);
  });
});
