import type { InboxEntry } from '../core/inbox.js';
import { threadsOf } from './inbox.threads.js';

const entry = (postId: string, replyTo: string | null, account = 'alice'): InboxEntry => ({
  platform: 'bluesky',
  account,
  postId,
  permalink: null,
  text: postId,
  media: [],
  linkCard: null,
  replyTo,
  visibility: 'public',
  spoiler: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  extra: {},
  raw: {},
});

describe('threads of the inbox', () => {
  it('shows the newest thread first and each thread from first to last', () => {
    const entries = [
      entry('1', null),
      entry('2', null),
      entry('1a', '1'),
      entry('1b', '1a'),
      entry('3', null),
    ];
    const shown = threadsOf(entries).map((thread) => thread.map(({ postId }) => postId));
    expect(shown).toEqual([['3'], ['2'], ['1', '1a', '1b']]);
  });

  it('leaves a reply to somebody else on its own', () => {
    expect(threadsOf([entry('1', null), entry('2', '1', 'bob'), entry('4', 'elsewhere')])).toHaveLength(3);
  });
});
