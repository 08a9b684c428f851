import { ManualClock } from '../../common/clock/index.js';
import { parseConfig } from '../../common/config/index.js';
import {
  AddressGuard,
  HttpAnswer,
  HttpClient,
  type OutboundRequest,
  sourceOf,
} from '../../common/http/index.js';
import type { JsonObject, MediaItem, PublishContext } from '../core/index.js';
import { InstagramClient } from './instagram.client.js';
import { instagramConfigSpec } from './instagram.config.js';
import { InstagramContainers } from './instagram.containers.js';
import { InstagramGraph } from './instagram.graph.js';

const film: MediaItem = {
  ...{ id: 'm', kind: 'video', mimeType: 'video/mp4', bytes: 3, sha256: '00', width: 540, height: 960 },
  ...{ durationMs: 4_000, altText: null, fileName: 'film.mp4' },
};

type Reply = readonly [status: number, body: JsonObject];

const ready: Reply = [200, { status_code: 'FINISHED', status: '' }];
const failed = (number: string): Reply => [200, { status_code: 'ERROR', status: `error code ${number}` }];
const noUploads: Reply = [400, { error: { message: 'media_type', code: 100, error_subcode: 2207023 } }];
const lost: Reply = [400, { debug_info: { retriable: false, type: 'ProcessingFailedError', message: 'No' } }];

/** Makes containers 1, 2, … unless it is told to refuse one. */
class FakeHttp extends HttpClient {
  readonly made: object[] = [];
  readonly uploaded: string[] = [];
  creations: Reply[] = [];
  uploads: Reply[] = [];
  /** The last one is answered again and again. */
  states: Reply[] = [ready];

  constructor() {
    super({ guard: new AddressGuard(), clock: new ManualClock() });
  }

  override send(request: OutboundRequest): Promise<HttpAnswer> {
    const [status, body] = this.replyTo(request);
    return Promise.resolve(new HttpAnswer(status, {}, Buffer.from(JSON.stringify(body)), request.url));
  }

  private replyTo({ url, body }: OutboundRequest): Reply {
    if (url.includes('rupload')) {
      this.uploaded.push(url);
      return this.uploads.shift() ?? [200, { success: true }];
    }
    if (!url.endsWith('/17/media'))
      return (this.states.length > 1 ? this.states.shift() : this.states[0]) ?? ready;
    this.made.push(body?.kind === 'form' ? body.fields : {});
    return this.creations.shift() ?? [200, { id: String(this.made.length) }];
  }
}

function contextOf(login: string): PublishContext {
  return {
    ...{ publicationId: 'p', contentRevision: 1, signal: new AbortController().signal },
    account: {
      ...{ id: 'a', platform: 'instagram', externalId: '17', displayName: 'Ann', handle: '@ann' },
      metadata: { login },
    },
    content: { text: 'Hello', link: null, media: [film], thread: [], settings: {} },
    credentials: () => Promise.resolve({ values: { login, accessToken: 't' }, version: 1 }),
    media: () => sourceOf(Buffer.from('abc')),
    mediaUrl: () => Promise.resolve('https://example.org/film.mp4'),
    step: (_key, work) => work(),
    waitFor: async (_key, look) => {
      const seen = await look();
      if (!seen.ready) throw new Error('the platform of this test is always ready');
      return seen.value;
    },
    commit: () => Promise.reject(new Error('nothing is published here')),
    committed: () => Promise.resolve(undefined),
    commitKey: (key) => key,
    warn: () => undefined,
    mayDrop: () => false,
    isDropped: () => false,
    drop: () => Promise.reject(new Error('nothing may be left out')),
  };
}

function setUp(replies: Partial<Pick<FakeHttp, 'creations' | 'uploads' | 'states'>> = {}) {
  const http = Object.assign(new FakeHttp(), replies);
  const key = Buffer.alloc(32, 1).toString('base64');
  const keys = { FANFARE_ENCRYPTION_KEYS: `test:${key}`, FANFARE_SIGNING_KEY: key };
  const graph = new InstagramGraph(http, parseConfig(keys, [instagramConfigSpec]));
  const containers = new InstagramContainers(new InstagramClient(graph, new ManualClock()));
  return { http, finished: (login: string) => containers.finished(contextOf(login)) };
}

describe('the container of a reel', () => {
  it.each(['facebook', 'instagram'])('takes its bytes by the login of %s', async (login) => {
    const { http, finished } = setUp();
    await expect(finished(login)).resolves.toBe('1');
    expect(http.made).toMatchObject([{ media_type: 'REELS', upload_type: 'resumable' }]);
    expect(http.uploaded).toEqual(['https://rupload.facebook.com/ig-api-upload/v26.0/1']);
  });

  it('takes its address where the login of Instagram refuses bytes', async () => {
    const { http, finished } = setUp({ creations: [noUploads] });
    await expect(finished('instagram')).resolves.toBe('2');
    expect(http.made[1]).toMatchObject({ video_url: 'https://example.org/film.mp4' });
    expect(http.uploaded).toEqual([]);
    const { finished: byFacebook } = setUp({ creations: [noUploads] });
    await expect(byFacebook('facebook')).rejects.toMatchObject({ code: 'instagram.media_type_invalid' });
  });

  it('is asked whether bytes that were refused have come through', async () => {
    await expect(setUp({ uploads: [lost] }).finished('facebook')).resolves.toBe('1');
    const { finished } = setUp({ uploads: [lost], states: [failed('2207026')] });
    await expect(finished('facebook')).rejects.toMatchObject({ code: 'instagram.upload_refused' });
  });

  it('is made anew once when processing fails, and then no more', async () => {
    await expect(setUp({ states: [failed('2207082'), ready] }).finished('facebook')).resolves.toBe('2');
    const { http, finished } = setUp({ states: [failed('2207082')] });
    await expect(finished('facebook')).rejects.toMatchObject({
      code: 'instagram.transcoding_failed',
      kind: 'content_refused',
      item: { mediaIndex: 0 },
    });
    expect(http.made).toHaveLength(2);
  });

  it('is made once when the file is at fault', async () => {
    const { http, finished } = setUp({ states: [failed('2207026')] });
    await expect(finished('facebook')).rejects.toMatchObject({ code: 'instagram.video_format' });
    expect(http.made).toHaveLength(1);
  });
});
