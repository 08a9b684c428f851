import { ManualClock } from '../../common/clock/index.js';
import {
  AddressGuard,
  HttpAnswer,
  HttpClient,
  type OutboundRequest,
  sourceOf,
} from '../../common/http/index.js';
import {
  type AccountRef,
  type CommitOptions,
  type CommitResult,
  type JsonObject,
  type JsonValue,
  type MediaItem,
  type PublishContext,
  type PublishResult,
  type ReconcileContext,
  type TargetContent,
  type WaitResult,
} from '../core/index.js';
import { MastodonClient } from './mastodon.client.js';
import { MastodonLookup } from './mastodon.lookup.js';
import { MastodonPublisher } from './mastodon.publisher.js';

/** What the specs of the publisher share: an instance that answers as told, and a ledger as the engine keeps it. */

const clock = new ManualClock('2026-05-01T10:00:00.000Z');

export interface Seen {
  /** `POST /api/v1/statuses` */
  readonly route: string;
  readonly request: OutboundRequest;
  readonly url: URL;
  readonly commit: string | null;
}
type Reply = { status?: number; body: unknown };
export type Replies = Record<string, (seen: Seen) => Reply>;

class FakeHttp extends HttpClient {
  readonly seen: Seen[] = [];
  commit: string | null = null;

  constructor(private readonly replies: Replies) {
    super({ guard: new AddressGuard(), clock });
  }

  override async send(request: OutboundRequest): Promise<HttpAnswer> {
    const url = new URL(request.url);
    const route = `${request.method} ${url.pathname}`;
    const seen = { route, request, url, commit: this.commit };
    this.seen.push(seen);
    const { status = 200, body } = this.replies[route]?.(seen) ?? {
      status: 404,
      body: { error: 'Record not found' },
    };
    return new HttpAnswer(status, {}, Buffer.from(JSON.stringify(body)), request.url);
  }

  routed(route: string): Seen[] {
    return this.seen.filter((seen) => seen.route === route);
  }
}

export class Suspended extends Error {}

class Ledger {
  readonly steps = new Map<string, JsonValue>();
  readonly commits = new Map<string, CommitResult>();
  readonly options: (CommitOptions | undefined)[] = [];
  readonly taken = new Set<string>();

  constructor(
    private readonly http: FakeHttp,
    private readonly content: TargetContent,
    private readonly account: AccountRef,
  ) {}

  context(): PublishContext & ReconcileContext {
    return {
      publicationId: 'p1',
      account: this.account,
      content: this.content,
      contentRevision: 1,
      signal: new AbortController().signal,
      credentials: async () => ({ values: { accessToken: 'token-1' }, version: 1 }),
      media: (item) => sourceOf(Buffer.from(item.sha256)),
      mediaUrl: () => Promise.reject(new Error('bytes are sent')),
      step: async <T extends JsonValue>(key: string, fn: () => Promise<T>) => this.remember(key, fn),
      waitFor: async <T extends JsonValue>(key: string, look: () => Promise<WaitResult<T>>) =>
        this.remember(key, async () => {
          const result = await look();
          if (!result.ready) throw new Suspended(key);
          return result.value;
        }),
      commit: (key, fn, options) => this.commit(key, fn, options),
      commitKey: (key) => `p1:1:${key}`,
      warn: () => undefined,
      mayDrop: () => false,
      isDropped: () => false,
      drop: () => Promise.reject(new Error('nothing may be left out')),
      remembered: async (key) => this.steps.get(key),
      committed: async (key) => this.commits.get(key),
      isTaken: async (id) => this.taken.has(id),
    };
  }

  private async remember<T extends JsonValue>(key: string, fn: () => Promise<T>): Promise<T> {
    if (!this.steps.has(key)) this.steps.set(key, await fn());
    return this.steps.get(key) as T;
  }

  private async commit(key: string, fn: () => Promise<CommitResult>, options?: CommitOptions) {
    this.options.push(options);
    const known = this.commits.get(key);
    if (known !== undefined) return known;
    this.http.commit = key;
    try {
      const result = await fn();
      this.commits.set(key, result);
      return result;
    } finally {
      this.http.commit = null;
    }
  }
}

export function image(sha256: string, altText: string | null = null): MediaItem {
  return {
    id: sha256,
    kind: 'image',
    mimeType: 'image/png',
    bytes: 10,
    sha256,
    width: 4,
    height: 3,
    durationMs: null,
    altText,
    fileName: `${sha256}.png`,
  };
}

export function post(change: Partial<TargetContent> = {}): TargetContent {
  return { text: 'Hello', link: null, media: [], thread: [], settings: {}, ...change };
}

export function status(id: string, change: JsonObject = {}): JsonObject {
  return {
    id,
    uri: `https://m.example/users/anna/statuses/${id}`,
    url: `https://m.example/@anna/${id}`,
    created_at: '2026-05-01T10:00:01.000Z',
    content: '<p>Hello</p>',
    spoiler_text: '',
    in_reply_to_id: null,
    media_attachments: [],
    edited_at: null,
    ...change,
  };
}

export const older = status('1', { created_at: '2026-05-01T09:00:00.000Z' });

export function setUp(content: TargetContent, replies: Replies, software = 'mastodon') {
  const http = new FakeHttp(replies);
  const client = new MastodonClient(http, clock);
  const publisher = new MastodonPublisher(client, new MastodonLookup(client));
  const account: AccountRef = {
    id: 'a',
    platform: 'mastodon',
    externalId: 'm.example/7',
    displayName: 'Anna',
    handle: '@anna@m.example',
    metadata: { instanceUrl: 'https://m.example', accountId: '7', software },
  };
  return { http, publisher, account, ledger: new Ledger(http, content, account) };
}

export async function runToEnd(publisher: MastodonPublisher, ledger: Ledger): Promise<PublishResult> {
  for (let run = 0; run < 20; run += 1) {
    try {
      return await publisher.publish(ledger.context());
    } catch (error) {
      if (!(error instanceof Suspended)) throw error;
    }
  }
  throw new Error('never ended');
}

export function bodyOf(seen: Seen | undefined): unknown {
  return seen?.request.body?.kind === 'json' ? seen.request.body.value : undefined;
}
