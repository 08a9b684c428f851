import {
  PublishError,
  type JsonValue,
  type MediaItem,
  type OpenCommit,
  type PublishContext,
  type ReconcileContext,
  type TargetContent,
} from '../core/index.js';
import { sourceOf } from '../../common/http/index.js';
import { ManualClock } from '../../common/clock/index.js';
import type { PublishStatus, VideoPage } from './tiktok.answers.js';
import type { TiktokClient } from './tiktok.client.js';
import { TiktokLookup } from './tiktok.lookup.js';
import { TiktokSender } from './tiktok.sender.js';

const startedAt = new Date('2026-11-01T12:00:00Z');
const deadlineAt = new Date('2026-11-01T12:02:00Z');
const commit: OpenCommit = {
  ...{ key: 'part:0', firstStartedAt: startedAt, lastStartedAt: startedAt, deadlineAt },
  ...{ calls: 1, forgotten: false },
};
const bytes = 21_000_000;

/** One publication: a ledger of steps, and what TikTok says. */
class Rig {
  readonly steps = new Map<string, JsonValue>();
  readonly calls: string[] = [];
  readonly statuses = new Map<string, Partial<PublishStatus>>();
  /** Uploads that TikTok does not know any more. */
  readonly forgotten = new Set<string>();
  readonly clock = new ManualClock(startedAt);
  page: VideoPage = { videos: [], next: null };
  lost = false;
  private made = 0;

  private readonly client: Pick<
    TiktokClient,
    'initVideo' | 'upload' | 'initPhotos' | 'status' | 'listVideos'
  > = {
    initVideo: () => {
      this.made += 1;
      this.calls.push(`init ${this.made}`);
      return Promise.resolve({
        publishId: `p${this.made}`,
        uploadUrl: `https://up.example/?id=${this.made}`,
      });
    },
    upload: (url, { offset }) => {
      this.calls.push(`piece ${offset} to ${url.slice(-1)}`);
      return Promise.resolve(0);
    },
    initPhotos: () => {
      this.made += 1;
      this.calls.push(`photos ${this.made}`);
      return this.lost ? Promise.reject(new Error('reset')) : Promise.resolve(`p${this.made}`);
    },
    status: (_token, id) => {
      if (this.forgotten.has(id)) return Promise.reject(unknownTo('TikTok'));
      return Promise.resolve({
        ...{ status: '', failReason: null, uploadedBytes: null, postIds: [] },
        ...this.statuses.get(id),
      });
    },
    listVideos: () => Promise.resolve(this.page),
  };

  constructor(readonly kind: 'video' | 'image') {}

  get item(): MediaItem {
    return {
      ...{ id: 'm', kind: this.kind, mimeType: 'video/mp4', bytes, sha256: 'a'.repeat(64) },
      ...{ width: 1, height: 1, durationMs: 1, altText: null, fileName: 'f' },
    };
  }

  get content(): TargetContent {
    const settings = { privacyLevel: 'PUBLIC_TO_EVERYONE' };
    return { text: 'Words', link: null, media: [this.item], thread: [], settings };
  }

  /** One run of the publisher; answers the failure that it ends with. */
  async run(): Promise<unknown> {
    const sender = new TiktokSender(this.client as TiktokClient, this.lookup);
    const ctx = this.ctx as PublishContext;
    const sent = this.kind === 'video' ? sender.video(ctx, this.item) : sender.photos(ctx);
    return sent.catch((error: unknown) => error);
  }

  look(): Promise<unknown> {
    return this.lookup.look(this.ctx as ReconcileContext, commit).catch((error: unknown) => error);
  }

  private get lookup(): TiktokLookup {
    return new TiktokLookup(this.client as TiktokClient, this.clock);
  }

  private get ctx(): Partial<PublishContext & ReconcileContext> {
    return {
      content: this.content,
      credentials: () => Promise.resolve({ values: { accessToken: 't' }, version: 1 }),
      media: () => sourceOf(Buffer.alloc(bytes)),
      mediaUrl: () => Promise.resolve('https://files.example/1.jpg'),
      step: async <T extends JsonValue>(key: string, fn: () => Promise<T>) => {
        const known = this.steps.get(key) ?? (await fn());
        this.steps.set(key, known);
        return known as T;
      },
      remembered: (key) => Promise.resolve(this.steps.get(key)),
      isTaken: () => Promise.resolve(false),
      commit: (_key, fn) => fn(),
    };
  }
}

function unknownTo(name: string): PublishError {
  const message = `${name} knows no such upload.`;
  return new PublishError({ kind: 'content_refused', code: 'tiktok.publish_unknown', message, remedy: '' });
}

describe('a video on its way to TikTok', () => {
  it('is not out when TikTok has its last byte', async () => {
    const rig = new Rig('video');
    expect(await rig.run()).toMatchObject({
      kind: 'outcome_unknown',
      code: 'tiktok.processing',
      outage: false,
    });
    expect(rig.calls).toEqual(['init 1', 'piece 0 to 1', 'piece 10000000 to 1']);
    rig.statuses.set('p1', { status: 'PROCESSING_UPLOAD', uploadedBytes: bytes });
    expect(await rig.look()).toMatchObject({ code: 'tiktok.processing' });
    rig.statuses.set('p1', { status: 'PUBLISH_COMPLETE' });
    expect(await rig.look()).toMatchObject({ verdict: 'found', result: { platformPostId: 'p1' } });
  });

  it('whose last piece has not arrived is sent again, to the same address', async () => {
    const rig = new Rig('video');
    await rig.run();
    rig.statuses.set('p1', { status: 'PROCESSING_UPLOAD', uploadedBytes: 10_000_000 });
    expect(await rig.look()).toMatchObject({ verdict: 'absent' });
    await rig.run();
    expect(rig.calls.slice(3)).toEqual(['piece 10000000 to 1']);
  });

  it('that has failed for a reason that may pass gets a new upload, which is looked at from then on', async () => {
    const rig = new Rig('video');
    await rig.run();
    rig.statuses.set('p1', { status: 'FAILED', failReason: 'internal' });
    expect(await rig.look()).toMatchObject({ verdict: 'absent', evidence: { failReason: 'internal' } });
    await rig.run();
    expect(rig.calls.slice(3)).toEqual(['init 2', 'piece 0 to 2', 'piece 10000000 to 2']);
    rig.statuses.set('p2', { status: 'PUBLISH_COMPLETE' });
    expect(await rig.look()).toMatchObject({ verdict: 'found', result: { platformPostId: 'p2' } });
  });

  it('that TikTok does not know any more gets a new upload', async () => {
    const rig = new Rig('video');
    await rig.run();
    rig.forgotten.add('p1');
    expect(await rig.look()).toMatchObject({ verdict: 'absent', evidence: { known: false } });
    await rig.run();
    expect(rig.calls.slice(3)).toEqual(['init 2', 'piece 0 to 2', 'piece 10000000 to 2']);
  });

  it("that TikTok refuses ends with TikTok's reason", async () => {
    const rig = new Rig('video');
    await rig.run();
    rig.statuses.set('p1', { status: 'FAILED', failReason: 'spam_risk' });
    expect(await rig.look()).toMatchObject({ verdict: 'absent' });
    expect(await rig.run()).toMatchObject({ kind: 'content_refused', code: 'tiktok.spam_risk' });
    expect(rig.calls).toHaveLength(3);
  });
});

describe('photos on their way to TikTok', () => {
  const video = {
    id: '73',
    words: ['', 'Words'],
    shareUrl: 'https://www.tiktok.com/@a/photo/73?utm_source=open_api',
    figures: {},
  };

  it('are told by the id that came back, and sent once more after a pull that has failed', async () => {
    const rig = new Rig('image');
    await rig.run();
    rig.statuses.set('p1', { status: 'FAILED', failReason: 'photo_pull_failed' });
    expect(await rig.look()).toMatchObject({ verdict: 'absent' });
    await rig.run();
    rig.statuses.set('p2', { status: 'PUBLISH_COMPLETE' });
    expect(await rig.look()).toMatchObject({ verdict: 'found', result: { platformPostId: 'p2' } });
    expect(rig.calls).toEqual(['photos 1', 'photos 2']);
  });

  it('that a person has taken for lost are told by the id of the later call', async () => {
    const rig = new Rig('image');
    await rig.run();
    rig.statuses.set('p1', { status: 'PROCESSING_DOWNLOAD' });
    await rig.run();
    rig.statuses.set('p1', { status: 'FAILED', failReason: 'photo_pull_failed' });
    rig.statuses.set('p2', { status: 'PUBLISH_COMPLETE' });
    expect(await rig.look()).toMatchObject({ verdict: 'found', result: { platformPostId: 'p2' } });
  });

  it('whose answer was lost are looked for among the public posts', async () => {
    const rig = new Rig('image');
    rig.lost = true;
    await rig.run();
    expect(await rig.look()).toMatchObject({ code: 'tiktok.processing' });
    const createdAt = startedAt.getTime() + 30_000;
    rig.page = { videos: [{ ...video, createdAt }], next: null };
    expect(await rig.look()).toMatchObject({
      verdict: 'found',
      result: { platformPostId: '73', permalink: 'https://www.tiktok.com/@a/photo/73' },
    });
  });

  it('are for a person to say when they are not listed: an older post with the same words proves nothing', async () => {
    const rig = new Rig('image');
    rig.lost = true;
    await rig.run();
    rig.page = { videos: [{ ...video, createdAt: startedAt.getTime() - 120_000 }], next: null };
    rig.clock.advance(12 * 60_000);
    expect(await rig.look()).toMatchObject({ verdict: 'cannot_tell' });
  });
});
