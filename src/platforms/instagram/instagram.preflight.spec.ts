import type { JsonObject, MediaItem, TargetContent } from '../core/index.js';
import { checkInstagram } from './instagram.preflight.js';

const picture: MediaItem = {
  ...{ id: 'm', kind: 'image', mimeType: 'image/jpeg', bytes: 1, sha256: '00', width: 400, height: 400 },
  ...{ durationMs: null, altText: null, fileName: 'box.jpg' },
};
const film: MediaItem = { ...picture, kind: 'video', mimeType: 'video/mp4' };

function broken(media: readonly MediaItem[], settings: JsonObject, missingScopes: string[] = []) {
  const content: TargetContent = { text: 'Hello', link: null, media, thread: [], settings };
  const account = {
    ...{ id: 'a', platform: 'instagram', externalId: '17', displayName: 'Ann', handle: '@ann' },
    metadata: { login: 'instagram', missingScopes },
  };
  return checkInstagram(content, account).map(({ pointer, rule }) => `${pointer} ${rule}`);
}

describe('what Instagram would refuse', () => {
  it('is a setting that the kind of post does not have', () => {
    const everywhere = { firstComment: 'c', commentsOff: true, collaborators: ['a'], aiGenerated: true };
    expect(broken([picture], everywhere)).toEqual([]);
    expect(broken([film], { ...everywhere, shareToFeed: true, trial: 'manual' })).toEqual([]);
    expect(broken([picture, film], { ...everywhere, shareToFeed: false, locationId: '1' })).toEqual([]);
    expect(
      broken([picture], { shareToFeed: true, coverUrl: 'https://example.org/', trial: 'manual' }),
    ).toEqual([
      '/settings/shareToFeed setting_not_applicable',
      '/settings/coverUrl setting_not_applicable',
      '/settings/trial setting_not_applicable',
    ]);
    expect(broken([film], { locationId: '1' })).toEqual(['/settings/locationId setting_not_applicable']);
    expect(broken([picture], { format: 'story', firstComment: 'c', commentsOff: false })).toEqual([
      '/settings/firstComment setting_not_applicable',
    ]);
  });

  it('is a person without a place on a picture, with one on a video, or on a file that is not there', () => {
    const tags = (...userTags: JsonObject[]) => ({ userTags });
    expect(broken([picture], tags({ username: 'ann', x: 0, y: 1 }))).toEqual([]);
    expect(broken([picture], tags({ username: 'ann', x: 0 }))).toEqual(['/settings/userTags/0 tag_place']);
    expect(broken([film], tags({ username: 'ann' }))).toEqual([]);
    expect(broken([film], tags({ username: 'ann', x: 0, y: 1 }))).toEqual(['/settings/userTags/0 tag_place']);
    expect(broken([picture], tags({ username: 'ann', x: 0, y: 0, item: 1 }))).toEqual([
      '/settings/userTags/0/item no_such_item',
    ]);
  });

  it('is a comment without the permission for it', () => {
    const missing = ['instagram_business_manage_comments'];
    expect(broken([picture], { firstComment: 'c', commentsOff: true }, missing)).toEqual([
      '/settings/firstComment permission_missing',
      '/settings/commentsOff permission_missing',
    ]);
    expect(broken([picture], {}, missing)).toEqual([]);
  });
});
