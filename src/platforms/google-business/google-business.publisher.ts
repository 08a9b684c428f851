import type { Violation } from '../../common/errors/index.js';
import {
  type AccountRef,
  BasePublisher,
  type CommitResult,
  flagAt,
  type ManageContext,
  type OpenCommit,
  PlatformPublisher,
  type PublishContext,
  type PublishedPost,
  PublishError,
  type PublishResult,
  type ReconcileContext,
  type ReconcileResult,
  type TargetContent,
  textAt,
  type WaitOptions,
} from '../core/index.js';
import { GoogleBusinessClient } from './google-business.client.js';
import { googleBusinessDescriptor } from './google-business.descriptor.js';
import { GoogleBusinessLookup } from './google-business.lookup.js';
import { localPostOf, summaryOf } from './google-business.post.js';
import { checkLocalPost } from './google-business.preflight.js';
import { locationOf, rejected, resultOf, tokenOf } from './google-business.results.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** The photo is fetched while the post is made; what is tried again later gets a new address. */
const photoUrlMs = 24 * hourMs;
/** Google names no times. */
const review: WaitOptions = {
  delaysMs: [15_000, minuteMs, 5 * minuteMs, 15 * minuteMs, hourMs],
  giveUpAfterMs: 48 * hourMs,
};

/** A type, not an interface, because it is stored in the ledger. */
type Seen = { readonly permalink: string | null };

@PlatformPublisher('google-business')
export class GoogleBusinessPublisher extends BasePublisher {
  override readonly descriptor = googleBusinessDescriptor;

  constructor(
    private readonly client: GoogleBusinessClient,
    private readonly lookup: GoogleBusinessLookup,
  ) {
    super();
  }

  override composeText(content: TargetContent): string {
    return summaryOf(content);
  }

  override preflight(content: TargetContent, account: AccountRef): Violation[] {
    return [...super.preflight(content, account), ...checkLocalPost(content)];
  }

  override async publish(ctx: PublishContext): Promise<PublishResult> {
    const { content, account } = ctx;
    const [photo] = content.media;
    const photoUrl =
      photo === undefined
        ? null
        : await ctx.step('photo', () => ctx.mediaUrl(photo, { validForMs: photoUrlMs }), {
            validForMs: photoUrlMs / 2,
            secret: true,
          });
    const body = localPostOf(content, { photoUrl, commitKey: ctx.commitKey('part:0') });
    const made = await ctx.commit('part:0', async () => {
      const post = await this.client.createPost(await tokenOf(ctx), locationOf(account), body);
      // Nobody will see it.
      if (post.state === 'REJECTED') throw rejected();
      return resultOf(post, account);
    });
    const permalink = isShown(made) ? made.permalink : await this.shown(ctx, made);
    return { platformPostId: made.platformPostId, permalink };
  }

  override reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    return this.lookup.look(ctx, commit);
  }

  override async deletePost(
    { credentials }: ManageContext,
    { platformPostId }: PublishedPost,
  ): Promise<void> {
    await this.client.deletePost(credentials.values['accessToken'] ?? '', platformPostId);
  }

  /** Google looks at every post before people see it. Answers where they do. */
  private async shown(
    ctx: PublishContext,
    { platformPostId, permalink }: CommitResult,
  ): Promise<string | null> {
    try {
      const seen = await ctx.waitFor<Seen>(
        'review',
        async () => {
          const post = await this.client.post(await tokenOf(ctx), platformPostId);
          if (post.state === 'REJECTED') throw rejected();
          if (post.state === 'PROCESSING') return { ready: false };
          return { ready: true, value: { permalink: resultOf(post, ctx.account).permalink } };
        },
        review,
      );
      return seen.permalink;
    } catch (error) {
      if (!(error instanceof PublishError) || error.code !== 'google-business.processing_too_long')
        throw error;
      ctx.warn({
        code: 'review_pending',
        message:
          'Google has not decided about the post within 48 hours: whether people will see it is not known.',
      });
      return permalink;
    }
  }
}

/** The address of a post comes with its decision, and sometimes later. What a look has found may have been rejected meanwhile. */
function isShown({ details }: CommitResult): boolean {
  const isOut = !['PROCESSING', 'REJECTED'].includes(textAt(details, 'state') ?? '');
  return isOut && flagAt(details, 'hasSearchUrl') === true;
}
