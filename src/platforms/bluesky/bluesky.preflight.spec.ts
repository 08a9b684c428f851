import type { MediaItem, TargetContent } from '../core/index.js';
import { post } from '../core/publisher.rig.js';
import { checkPost } from './bluesky.preflight.js';
import { media } from './bluesky.rig.js';

function rules(change: Partial<TargetContent>): string[] {
  return checkPost(post(change)).map(({ pointer, rule }) => `${pointer} ${rule}`);
}

describe('checkPost', () => {
  const settings = { linkCard: { picture: true } };
  const link = 'https://example.org/page';
  const refused = ['/settings/linkCard/picture card_picture'];

  it.each<[string, MediaItem[], string[]]>([
    ['one picture', [media('image', 'a')], []],
    ['none', [], refused],
    ['two pictures', [media('image', 'a'), media('image', 'b')], refused],
    ['a video', [media('video', 'v')], refused],
  ])('of a card that is to have a picture: %s', (_name, items, expected) => {
    expect(rules({ link, settings, media: items })).toEqual(expected);
  });

  it('wants a link for the picture of a card', () => {
    expect(rules({ settings, media: [media('image', 'a')] })).toEqual([
      '/settings/linkCard/picture link_required',
    ]);
    expect(rules({ media: [media('image', 'a')] })).toEqual([]);
  });

  it('wants nobody alone, or some', () => {
    const refused = ['/settings/whoMayReply nobody_or_some'];
    expect(rules({ settings: { whoMayReply: ['nobody'] } })).toEqual([]);
    expect(rules({ settings: { whoMayReply: ['mentioned', 'followers'] } })).toEqual([]);
    expect(rules({ settings: { whoMayReply: ['mentioned', 'nobody'] } })).toEqual(refused);
  });
});
