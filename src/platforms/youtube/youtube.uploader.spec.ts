import { sourceOf } from '../../common/http/index.js';
import {
  PublishError,
  type CommitResult,
  type JsonValue,
  type MediaItem,
  type PublishContext,
} from '../core/index.js';
import type { YoutubeVideo } from './youtube.answers.js';
import type { NewUpload, Piece, SessionState, YoutubeSessions } from './youtube.sessions.js';
import { lastPieceAt, pieceUnit, YoutubeUploader } from './youtube.uploader.js';

const total = 40 * pieceUnit + 100;
const item: MediaItem = {
  ...{ id: 'm', kind: 'video', mimeType: 'video/mp4', bytes: total, sha256: 'x', fileName: 'clip.mp4' },
  ...{ width: 64, height: 48, durationMs: 1000, altText: null },
};
const video: YoutubeVideo = {
  ...{ id: 'v1', title: 'A', description: '', publishedAt: null, privacy: 'private' },
  ...{ uploadStatus: 'uploaded', reason: null, fileBytes: null },
};

/** What is remembered from one run to the next. */
interface Ledger {
  readonly steps: Map<string, { readonly value: JsonValue; readonly isShort: boolean }>;
  readonly commits: Map<string, CommitResult>;
}

function contextOf({ steps, commits }: Ledger): PublishContext {
  const source = sourceOf(Buffer.alloc(total, 1));
  const unused = (): never => {
    throw new Error('not used here');
  };
  return {
    ...{ publicationId: 'p', contentRevision: 1, signal: new AbortController().signal },
    account: {
      id: 'a',
      platform: 'youtube',
      externalId: 'UC1',
      displayName: 'A',
      handle: null,
      metadata: {},
    },
    content: { text: 'Words', link: null, media: [item], thread: [], settings: {} },
    credentials: () => Promise.resolve({ values: { accessToken: 't' }, version: 1 }),
    media: () => source,
    step: async <T extends JsonValue>(key: string, fn: () => Promise<T>, options = {}) => {
      const known = steps.get(key);
      if (known !== undefined) return known.value as T;
      const value = await fn();
      steps.set(key, { value, isShort: 'validForMs' in options });
      return value;
    },
    async commit(key, fn) {
      const result = commits.get(key) ?? (await fn());
      commits.set(key, result);
      return result;
    },
    committed: (key) => Promise.resolve(commits.get(key)),
    ...{ mediaUrl: unused, waitFor: unused, commitKey: unused, warn: unused, drop: unused },
    ...{ mayDrop: () => false, isDropped: () => false },
  };
}

/** Sessions that keep bytes as they are told to. */
class FakeSessions {
  readonly calls: string[] = [];
  readonly sizes = new Map<string, number>();
  readonly gone = new Set<string>();
  /** Of each piece so many bytes are kept. */
  keeps = Infinity;

  async open(_token: string, { bytes }: NewUpload): Promise<string> {
    const url = `https://up.test/?upload_id=${this.sizes.size}`;
    this.calls.push(`open ${bytes}`);
    this.sizes.set(url, 0);
    return Promise.resolve(url);
  }

  async send(_token: string, url: string, piece: Piece): Promise<SessionState> {
    this.calls.push(`send ${piece.first}-${piece.last}`);
    return Promise.resolve({ video: null, received: this.keep(url, piece) });
  }

  async finish(_token: string, url: string, piece: Piece): Promise<YoutubeVideo> {
    this.calls.push(`finish ${piece.first}-${piece.last}`);
    this.keep(url, piece);
    return Promise.resolve(video);
  }

  async probe(_token: string, url: string): Promise<SessionState> {
    this.calls.push('probe');
    if (this.gone.has(url)) throw lost();
    return Promise.resolve({ video: null, received: this.sizes.get(url) ?? 0 });
  }

  private keep(url: string, { first, last }: Piece): number {
    if (this.gone.has(url)) throw lost();
    if (first !== this.sizes.get(url)) throw new Error(`${first} is not where the session stands`);
    const received = Math.min(last + 1, first + this.keeps);
    this.sizes.set(url, received);
    return received;
  }
}

function lost(): PublishError {
  return new PublishError({ kind: 'transient', code: 'youtube.session_gone', message: 'gone', remedy: '' });
}

function setUp() {
  const sessions = new FakeSessions();
  const ledger: Ledger = { steps: new Map(), commits: new Map() };
  const calls: Pick<YoutubeSessions, 'open' | 'send' | 'finish' | 'probe'> = sessions;
  const uploader = new YoutubeUploader(calls as YoutubeSessions);
  return { sessions, ledger, run: () => uploader.upload(contextOf(ledger), item) };
}

/** The next run comes when what was valid for a short time is not any more. */
function later({ steps }: Ledger): void {
  for (const [key, { isShort }] of steps) if (isShort) steps.delete(key);
}

const last = `finish ${40 * pieceUnit}-${total - 1}`;

describe('where the last piece begins', () => {
  it.each([
    [1, 0, 0],
    [pieceUnit, 0, 0],
    [pieceUnit + 1, 0, pieceUnit],
    [total, 0, 40 * pieceUnit],
    [total, 1000, 1000 + 39 * pieceUnit],
  ])('of %i bytes with %i there it is %i', (bytes, received, expected) => {
    expect(lastPieceAt(bytes, received)).toBe(expected);
  });
});

describe('an upload', () => {
  it('goes up in pieces, the last of them as the commit', async () => {
    const { sessions, run } = setUp();
    await expect(run()).resolves.toMatchObject({ platformPostId: 'v1', details: { privacy: 'private' } });
    expect(sessions.calls).toEqual([
      `open ${total}`,
      `send 0-${32 * pieceUnit - 1}`,
      `send ${32 * pieceUnit}-${40 * pieceUnit - 1}`,
      last,
    ]);
  });

  it('goes on where the session stands when it keeps less than was sent', async () => {
    const { sessions, run } = setUp();
    sessions.keeps = 20 * pieceUnit;
    await run();
    expect(sessions.calls.slice(1)).toEqual([
      `send 0-${32 * pieceUnit - 1}`,
      `send ${20 * pieceUnit}-${40 * pieceUnit - 1}`,
      last,
    ]);
  });

  it('is tried again later when nothing is kept', async () => {
    const { sessions, run } = setUp();
    sessions.keeps = 0;
    await expect(run()).rejects.toMatchObject({ kind: 'transient', code: 'youtube.nothing_kept' });
  });

  it('asks the session in the next run, which may know more than the ledger', async () => {
    const { sessions, ledger, run } = setUp();
    const url = await sessions.open('t', {
      metadata: {},
      bytes: total,
      mimeType: '',
      notifySubscribers: true,
    });
    ledger.steps.set('session:0', { value: url, isShort: false });
    sessions.sizes.set(url, 32 * pieceUnit);
    sessions.calls.length = 0;
    await run();
    expect(sessions.calls).toEqual(['probe', `send ${32 * pieceUnit}-${40 * pieceUnit - 1}`, last]);
  });

  it('sends the last piece once more when the session has made the video already', async () => {
    const { sessions, ledger, run } = setUp();
    const url = await sessions.open('t', {
      metadata: {},
      bytes: total,
      mimeType: '',
      notifySubscribers: true,
    });
    ledger.steps.set('session:0', { value: url, isShort: false });
    sessions.sizes.set(url, 40 * pieceUnit);
    sessions.probe = () => Promise.resolve({ video, received: null });
    sessions.calls.length = 0;
    await expect(run()).resolves.toMatchObject({ platformPostId: 'v1' });
    expect(sessions.calls).toEqual([last]);
  });

  it('begins another session when the first is lost, before a piece or before the last one', async () => {
    const { sessions, ledger, run } = setUp();
    sessions.keeps = 0;
    await expect(run()).rejects.toThrow();
    sessions.keeps = Infinity;
    for (const url of sessions.sizes.keys()) sessions.gone.add(url);
    later(ledger);
    sessions.calls.length = 0;
    await run();
    expect(sessions.calls.slice(0, 3)).toEqual(['probe', `open ${total}`, `send 0-${32 * pieceUnit - 1}`]);
    expect(sessions.calls.at(-1)).toBe(last);
  });

  it('begins another session when this one has kept a part of the last piece', async () => {
    const { sessions, ledger, run } = setUp();
    const url = await sessions.open('t', {
      metadata: {},
      bytes: total,
      mimeType: '',
      notifySubscribers: true,
    });
    ledger.steps.set('session:0', { value: url, isShort: false });
    sessions.sizes.set(url, total - 1);
    sessions.calls.length = 0;
    await run();
    expect(sessions.calls.slice(0, 2)).toEqual(['probe', `open ${total}`]);
    expect(sessions.calls.at(-1)).toBe(last);
  });

  it('begins no other session while this one has the whole file: its video may still come', async () => {
    const { sessions, ledger, run } = setUp();
    const url = 'https://up.test/?upload_id=0';
    ledger.steps.set('session:0', { value: url, isShort: false });
    sessions.sizes.set(url, total);
    await expect(run()).rejects.toMatchObject({ code: 'youtube.upload_ending', kind: 'outcome_unknown' });
    expect(sessions.calls).toEqual(['probe']);
  });
});
