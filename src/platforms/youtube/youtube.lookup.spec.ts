import { ManualClock } from '../../common/clock/index.js';
import {
  PublishError,
  type MediaItem,
  type OpenCommit,
  type ReconcileContext,
  type TargetContent,
} from '../core/index.js';
import type { Page, YoutubeComment, YoutubeVideo } from './youtube.answers.js';
import type { YoutubeClient } from './youtube.client.js';
import { YoutubeLookup } from './youtube.lookup.js';
import type { SessionState, YoutubeSessions } from './youtube.sessions.js';

const startedAt = new Date('2026-11-22T10:00:00Z');
const deadlineAt = new Date('2026-11-22T10:01:00Z');
const item: MediaItem = {
  ...{ id: 'm', kind: 'video', mimeType: 'video/mp4', bytes: 1000, sha256: 'x', fileName: 'clip.mp4' },
  ...{ width: 64, height: 48, durationMs: 1000, altText: null },
};
const content: TargetContent = {
  ...{ text: 'Words\r\nand more \n', link: null, media: [item], thread: [] },
  settings: { title: ' Title', firstComment: 'First! ' },
};
const video: YoutubeVideo = {
  ...{ id: 'v1', title: 'Title', description: 'Words\nand more', publishedAt: startedAt, privacy: 'public' },
  ...{ uploadStatus: 'uploaded', reason: null, fileBytes: 1000 },
};

function minutesLater(minutes: number): Date {
  return new Date(startedAt.getTime() + minutes * 60_000);
}

function comment(change: Partial<YoutubeComment> = {}): YoutubeComment {
  return { id: 'c1', author: 'UC1', text: 'First!', createdAt: startedAt, ...change };
}

/** A look long after the call, at what YouTube says in it. */
function look(
  key: string,
  says: {
    readonly session?: SessionState | PublishError;
    readonly uploads?: readonly YoutubeVideo[];
    readonly comments?: readonly (readonly YoutubeComment[])[];
  },
): Promise<unknown> {
  const { session, uploads = [], comments = [] } = says;
  const client: Pick<YoutubeClient, 'entries' | 'videos' | 'comments'> = {
    entries: () =>
      Promise.resolve({
        items: uploads.map(({ id }) => ({ id: `e${id}`, videoId: id, addedAt: startedAt })),
        next: null,
      }),
    videos: () => Promise.resolve(uploads),
    comments: (_token, _video, token): Promise<Page<YoutubeComment>> => {
      const no = Number(token ?? 0);
      return Promise.resolve({
        items: comments[no] ?? [],
        next: no + 1 < comments.length ? String(no + 1) : null,
      });
    },
  };
  const sessions: Pick<YoutubeSessions, 'probe'> = {
    probe: () => {
      if (session === undefined || session instanceof PublishError)
        return Promise.reject(session ?? new Error('no session'));
      return Promise.resolve(session);
    },
  };
  const ctx: Partial<ReconcileContext> = {
    content,
    account: {
      ...{ id: 'a', platform: 'youtube', externalId: 'UC1', displayName: 'A', handle: null },
      metadata: { uploads: 'UU1' },
    },
    credentials: () => Promise.resolve({ values: { accessToken: 't' }, version: 1 }),
    remembered: (step) => Promise.resolve(step === 'session:0' ? 'https://up.test/?upload_id=0' : undefined),
    committed: () => Promise.resolve({ platformPostId: 'v1', permalink: null }),
    isTaken: () => Promise.resolve(false),
  };
  const commit: OpenCommit = {
    ...{ key, firstStartedAt: startedAt, lastStartedAt: startedAt, deadlineAt, calls: 1, forgotten: false },
  };
  const lookup = new YoutubeLookup(
    client as YoutubeClient,
    sessions as YoutubeSessions,
    new ManualClock(minutesLater(60)),
  );
  return lookup.look(ctx as ReconcileContext, commit).catch((error: unknown) => error);
}

const gone = new PublishError({
  ...{ kind: 'transient', code: 'youtube.session_gone', message: 'gone', remedy: '' },
});

describe('the look for a video', () => {
  it('finds by the session that nothing was made, or what was', async () => {
    expect(await look('part:0', { session: { video: null, received: 744 } })).toMatchObject({
      verdict: 'absent',
    });
    expect(await look('part:0', { session: { video, received: null } })).toMatchObject({
      verdict: 'found',
      result: { platformPostId: 'v1' },
    });
  });

  it('proves nothing by a session that has the whole file and no video', async () => {
    expect(await look('part:0', { session: { video: null, received: 1000 } })).toMatchObject({
      code: 'youtube.upload_ending',
      kind: 'outcome_unknown',
    });
  });

  it('finds it among the uploads when the session is gone, whatever spaces YouTube has taken off', async () => {
    expect(await look('part:0', { session: gone, uploads: [video] })).toMatchObject({
      verdict: 'found',
      evidence: { mark: 'file' },
    });
    const other = { ...video, description: 'Words and more' };
    expect(await look('part:0', { session: gone, uploads: [other] })).toMatchObject({ verdict: 'absent' });
  });
});

describe('the look for a first comment', () => {
  const others = (minutes: number): YoutubeComment[] =>
    Array.from({ length: 50 }, (_, index) =>
      comment({ id: `o${minutes}-${index}`, author: 'UC2', createdAt: minutesLater(minutes) }),
    );

  it('goes on behind the comments that others have written since', async () => {
    expect(await look('comment', { comments: [others(9), [...others(5), comment()]] })).toMatchObject({
      verdict: 'found',
      result: { platformPostId: 'c1' },
    });
    expect(await look('comment', { comments: [others(9), others(5)] })).toMatchObject({ verdict: 'absent' });
  });

  it('cannot tell when there are more of them than are read', async () => {
    const comments = Array.from({ length: 11 }, (_, page) => others(60 - page));
    expect(await look('comment', { comments })).toMatchObject({ verdict: 'cannot_tell' });
  });

  it.each<[string, Partial<YoutubeComment>]>([
    ['of somebody else', { author: 'UC2' }],
    ['with other words', { text: 'Second!' }],
    ['from before the call', { createdAt: minutesLater(-5) }],
  ])('does not take one %s for it', async (_what, change) => {
    expect(await look('comment', { comments: [[comment(change)]] })).toMatchObject({ verdict: 'absent' });
  });
});
