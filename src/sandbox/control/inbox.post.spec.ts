import type { InboxEntry, InboxMedia } from '../core/inbox.js';
import { renderPost } from './inbox.post.js';

function page(media: Pick<InboxMedia, 'kind' | 'mimeType'>): string {
  const entry: InboxEntry = {
    platform: 'bluesky',
    account: 'alice',
    postId: '1',
    permalink: null,
    text: '',
    media: [{ ...media, bytes: 10, alt: 'a "cat"', sha256: 'ab' }],
    linkCard: null,
    replyTo: null,
    visibility: 'public',
    spoiler: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    extra: {},
    raw: {},
  };
  return renderPost(entry);
}

describe('a post on the inbox page', () => {
  it('shows what moves as it moves, whether it is a GIF or a film of one', () => {
    expect(page({ kind: 'gif', mimeType: 'image/gif' })).toContain(
      '<img src="/_sandbox/media/ab" alt="a &quot;cat&quot;"',
    );
    const film = page({ kind: 'gif', mimeType: 'video/mp4' });
    expect(film).toContain('<video src="/_sandbox/media/ab" autoplay loop muted playsinline></video>');
    expect(film).not.toContain('<img');
  });
});
