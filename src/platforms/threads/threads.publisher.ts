import type { Violation } from '../../common/errors/index.js';
import {
  type AccountRef,
  BasePublisher,
  type CommitResult,
  type FailureItem,
  type LimitReading,
  type ManageContext,
  type OpenCommit,
  orLeaveOut,
  PlatformPublisher,
  type PostMetrics,
  type PublishContext,
  type PublishedPost,
  PublishError,
  type PublishResult,
  type ReadContext,
  type ReconcileContext,
  type ReconcileResult,
  type RetryProfileName,
  type TargetContent,
  type WaitOptions,
} from '../core/index.js';
import { ThreadsClient } from './threads.client.js';
import { piecesOf, repliesTo, type Piece } from './threads.container.js';
import { ThreadsContainers, tokenOf } from './threads.containers.js';
import { threadsDescriptor } from './threads.descriptor.js';
import { ThreadsLookup } from './threads.lookup.js';
import { checkThreads } from './threads.preflight.js';
import { composePartText } from './threads.text.js';

/** Until a new post can be read: then it can be answered as well. */
const appearing: WaitOptions = {
  delaysMs: [2_000, 3_000, 5_000, 10_000, 30_000],
  giveUpAfterMs: 5 * 60_000,
};

@PlatformPublisher('threads')
export class ThreadsPublisher extends BasePublisher {
  override readonly descriptor = threadsDescriptor;

  constructor(
    private readonly client: ThreadsClient,
    private readonly containers: ThreadsContainers,
    private readonly lookup: ThreadsLookup,
  ) {
    super();
  }

  /** A container that is finished is sometimes not found for some seconds. */
  override get retryProfile(): RetryProfileName {
    return 'exponential';
  }

  override composeText(content: TargetContent, part: number): string {
    return composePartText(content, part);
  }

  /** Of the cap on posts; replies have one of their own. */
  override visibleCalls(): number {
    return 1;
  }

  override commitCount(content: TargetContent): number {
    return piecesOf(content).length;
  }

  override preflight(content: TargetContent, account: AccountRef): Violation[] {
    return [...super.preflight(content, account), ...checkThreads(content, account)];
  }

  override async publish(ctx: PublishContext): Promise<PublishResult> {
    const pieces = piecesOf(ctx.content);
    const done = new Map<string, CommitResult>();
    for (const piece of pieces) {
      const publish = async () => done.set(piece.key, await this.publishPiece(ctx, piece, done));
      await (piece.key === 'comment' ? orLeaveOut(ctx, 'first_comment', publish) : publish());
    }
    const first = done.get('part:0');
    if (first === undefined) throw new Error('a post has a first part');
    return { ...first, permalink: first.permalink ?? (await this.permalinkOf(ctx, first)) };
  }

  override async reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    return this.lookup.look(ctx, commit, await tokenOf(ctx));
  }

  override async deletePost(ctx: ManageContext, { platformPostId }: PublishedPost): Promise<void> {
    await this.client.deletePost(accessOf(ctx), platformPostId);
  }

  override async readMetrics(ctx: ManageContext, { platformPostId }: PublishedPost): Promise<PostMetrics> {
    return { values: await this.client.insights(accessOf(ctx), platformPostId) };
  }

  override async readQuota(ctx: ReadContext): Promise<readonly LimitReading[]> {
    return this.client.quota(await tokenOf(ctx));
  }

  private async publishPiece(
    ctx: PublishContext,
    piece: Piece,
    done: ReadonlyMap<string, CommitResult>,
  ): Promise<CommitResult> {
    const before = repliesTo(piece.key);
    const parent = before === null ? undefined : done.get(before);
    if (parent !== undefined) await this.appeared(ctx, parent);
    const where: FailureItem = piece.key.startsWith('part:')
      ? { threadPart: Number(piece.key.slice(5)) }
      : {};
    try {
      const container = await this.containers.finished(ctx, piece, parent?.platformPostId ?? null);
      return await ctx.commit(piece.key, async () => {
        const platformPostId = await this.client.publish(await tokenOf(ctx), container);
        return { platformPostId, permalink: null, details: { container } };
      });
    } catch (error) {
      throw error instanceof PublishError ? error.about(where) : error;
    }
  }

  /** A post that cannot be read yet cannot be answered either. */
  private appeared(ctx: PublishContext, { platformPostId }: CommitResult): Promise<string> {
    const look = async () => {
      try {
        const permalink = await this.client.permalink(await tokenOf(ctx), platformPostId);
        return { ready: true, value: permalink ?? '' } as const;
      } catch (error) {
        if (error instanceof PublishError && error.kind === 'transient') return { ready: false } as const;
        throw error;
      }
    };
    return ctx.waitFor(`live:${platformPostId}`, look, appearing);
  }

  /** Only where it is to be had: the post is out without it as well. */
  private async permalinkOf(ctx: PublishContext, post: CommitResult): Promise<string | null> {
    try {
      const permalink = await this.appeared(ctx, post);
      return permalink === '' ? null : permalink;
    } catch (error) {
      if (!(error instanceof PublishError)) throw error;
      return null;
    }
  }
}

function accessOf({ credentials }: ManageContext): string {
  return credentials.values['accessToken'] ?? '';
}
