import type { HttpClient } from '../../../src/common/http/index.js';
import {
  type AccountCheck,
  BaseConnector,
  BasePublisher,
  type CommitResult,
  type ConnectableAccount,
  type ConnectDescriptor,
  type FailureKind,
  type OpenCommit,
  type PlatformDescriptor,
  PublishError,
  type PublishContext,
  type PublishResult,
  type ReadContext,
  type ReconcileContext,
  type ReconcileResult,
} from '../../../src/platforms/core/index.js';
import type { PlatformKind } from './kinds.js';
import type { VisibleRequest } from './model.platforms.js';

interface ListedPost {
  readonly id: string;
  readonly text: string;
  readonly replyTo: string | null;
  readonly at: number;
}

/** Publishes to a model platform as the publishers of real ones do, with the same contexts and the same HTTP client. */
export class ModelPublisher extends BasePublisher {
  readonly descriptor: PlatformDescriptor;

  constructor(
    private readonly http: HttpClient,
    private readonly kind: PlatformKind,
  ) {
    super();
    this.descriptor = {
      key: kind.key,
      name: kind.key,
      settings: { type: 'object', properties: {}, additionalProperties: false },
      capabilities: {
        text: { limits: [{ max: 500, unit: 'graphemes' }], optionalWithMedia: true },
        link: 'in_text',
        media: { limits: [], maxItems: 0, mixes: [] },
        maxThreadParts: kind.maxThreadParts,
        callDeadlineMs: kind.callDeadlineMs,
        reconcile: kind.reconcile,
        canDelete: false,
      },
    };
  }

  async publish(ctx: PublishContext): Promise<PublishResult> {
    const container = this.kind.inContainers ? await this.container(ctx) : null;
    const done: CommitResult[] = [];
    for (const [part, text] of textsOf(ctx).entries()) {
      const key = `part:${part}`;
      const request = this.request(ctx, key, text, done.at(-1)?.platformPostId ?? null);
      const path = container === null ? 'posts' : `containers/${container}/publish`;
      const { repeatSafeForMs } = this.kind;
      const options = repeatSafeForMs === null ? {} : { repeatSafeForMs };
      done.push(
        await ctx.commit(
          key,
          async () => {
            await ctx.credentials();
            const { id } = (await this.send('POST', path, request)) as { id: string };
            return { platformPostId: id, permalink: `https://model.example/${id}` };
          },
          options,
        ),
      );
    }
    const [first] = done;
    if (first === undefined) throw new Error('nothing to say');
    return first;
  }

  async reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    await ctx.credentials();
    switch (this.kind.source) {
      case 'none':
        return { verdict: 'cannot_tell', reason: 'This platform shows nothing.' };
      case 'key': {
        const { id } = (await this.send('GET', `keys/${ctx.commitKey(commit.key)}`)) as { id: string | null };
        return verdict(id);
      }
      case 'container': {
        const id = await ctx.remembered('container');
        if (typeof id !== 'string') throw new Error('no container is remembered');
        const { postId } = (await this.send('GET', `containers/${id}`)) as { postId: string | null };
        return verdict(postId);
      }
      case 'list':
        return this.inList(ctx, commit);
    }
  }

  private async inList(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    const part = Number(commit.key.split(':')[1]);
    const { complete, posts } = (await this.send('GET', `posts?account=${ctx.account.externalId}`)) as {
      complete: boolean;
      posts: ListedPost[];
    };
    const since = commit.firstStartedAt.getTime() - this.kind.reconcile.clockToleranceMs;
    const before = part === 0 ? undefined : await ctx.committed(`part:${part - 1}`);
    for (const post of posts) {
      if (post.text !== textsOf(ctx)[part] || post.at < since) continue;
      if (post.replyTo !== (before?.platformPostId ?? null) || (await ctx.isTaken(post.id))) continue;
      return verdict(post.id);
    }
    if (!complete) throw new Error('the list was cut off');
    return verdict(null);
  }

  private async container(ctx: PublishContext): Promise<string> {
    const id = await ctx.step(
      'container',
      async () => ((await this.send('POST', 'containers')) as { id: string }).id,
    );
    await ctx.waitFor(
      'ready',
      async () => {
        const { ready } = (await this.send('GET', `containers/${id}`)) as { ready: boolean };
        return ready ? { ready, value: true } : { ready: false };
      },
      { delaysMs: [5_000, 10_000], giveUpAfterMs: 10 * 60_000 },
    );
    return id;
  }

  private request(ctx: PublishContext, commit: string, text: string, replyTo: string | null): VisibleRequest {
    const withKey = this.kind.source === 'key' || this.kind.repeatSafeForMs !== null;
    return {
      account: ctx.account.externalId,
      text,
      replyTo,
      key: withKey ? ctx.commitKey(commit) : null,
      mark: { publicationId: ctx.publicationId, revision: ctx.contentRevision, commit },
    };
  }

  private async send(method: string, path: string, body?: VisibleRequest): Promise<unknown> {
    const answer = await this.http.send({
      method,
      url: `https://model.example/${this.kind.key}/${path}`,
      ...(body === undefined ? {} : { body: { kind: 'json', value: body } as const }),
    });
    if (answer.status === 200) return answer.json();
    throw failureOf(answer.status, answer.headers['retry-after']);
  }
}

const kinds: Readonly<Record<number, FailureKind>> = {
  400: 'content_refused',
  401: 'auth_expired',
  429: 'rate_limited',
};

function failureOf(status: number, retryAfter: string | undefined): PublishError {
  return new PublishError({
    kind: kinds[status] ?? 'transient',
    code: `model.status_${status}`,
    message: `The model platform said ${status}.`,
    remedy: 'None.',
    retryAfterMs: retryAfter === undefined ? undefined : Number(retryAfter) * 1000,
  });
}

function textsOf({ content }: ReadContext): string[] {
  return [content.text, ...content.thread.map((part) => part.text)];
}

function verdict(id: string | null): ReconcileResult {
  if (id === null) return { verdict: 'absent', evidence: {} };
  const result = { platformPostId: id, permalink: `https://model.example/${id}` };
  return { verdict: 'found', result, evidence: {} };
}

/** Connects the accounts of a model platform; its credentials can always be renewed. */
export class ModelConnector extends BaseConnector {
  readonly descriptor: ConnectDescriptor = {
    method: 'token_form',
    fields: [
      { name: 'name', label: 'Name', type: 'text', required: true, secret: false, help: 'Any.' },
      { name: 'token', label: 'Token', type: 'password', required: true, secret: true, help: 'Any.' },
    ],
  };

  override completeForm(values: Readonly<Record<string, string>>): Promise<readonly ConnectableAccount[]> {
    const name = values['name'] ?? '';
    const credentials = { token: values['token'] ?? '' };
    return Promise.resolve([
      {
        externalId: name,
        displayName: name,
        handle: null,
        avatarUrl: null,
        metadata: {},
        credentials,
        expiresAt: null,
      },
    ]);
  }

  check(): Promise<AccountCheck> {
    return Promise.resolve({ displayName: 'model', handle: null, avatarUrl: null, metadata: {} });
  }

  override refresh(): Promise<{ credentials: Record<string, string>; expiresAt: null }> {
    return Promise.resolve({ credentials: { token: 'renewed' }, expiresAt: null });
  }
}
