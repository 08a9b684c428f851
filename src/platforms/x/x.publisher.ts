import type { Violation } from '../../common/errors/index.js';
import {
  type AccountRef,
  BasePublisher,
  checkContent,
  type CommitResult,
  type JsonObject,
  type ManageContext,
  type OpenCommit,
  orLeaveOut,
  type PlatformCapabilities,
  PlatformPublisher,
  type PostMetrics,
  type PublishContext,
  type PublishedPost,
  type PublishResult,
  type ReconcileContext,
  type ReconcileResult,
  type TargetContent,
  textAt,
} from '../core/index.js';
import { capabilitiesOf } from './x.capabilities.js';
import { XClient } from './x.client.js';
import { xDescriptor } from './x.descriptor.js';
import { usernameOf, XLookup } from './x.lookup.js';
import { buildComment, buildPost, resultOf } from './x.post.js';
import { checkRules } from './x.preflight.js';
import { readXSettings } from './x.settings.js';
import { composePartText } from './x.text.js';
import { tokenOf } from './x.token.js';
import { about, XUploads } from './x.uploads.js';

@PlatformPublisher('x')
export class XPublisher extends BasePublisher {
  override readonly descriptor = xDescriptor;

  constructor(
    private readonly client: XClient,
    private readonly uploads: XUploads,
    private readonly lookup: XLookup,
  ) {
    super();
  }

  override capabilitiesFor({ metadata }: AccountRef): PlatformCapabilities {
    return capabilitiesOf(textAt(metadata, 'subscription'));
  }

  override composeText(content: TargetContent, part: number): string {
    return composePartText(content, part);
  }

  override preflight(content: TargetContent, account: AccountRef): Violation[] {
    const [limit] = this.capabilitiesFor(account).text.limits;
    return [...checkContent(this, content, account), ...checkRules(content, limit?.max ?? 0)];
  }

  override commitCount({ thread, settings }: TargetContent): number {
    return 1 + thread.length + (readXSettings(settings).firstComment === null ? 0 : 1);
  }

  override visibleCalls(content: TargetContent): number {
    return this.commitCount(content);
  }

  /** All files are there before the first part goes out. */
  override async publish(ctx: PublishContext): Promise<PublishResult> {
    const { content } = ctx;
    const count = 1 + content.thread.length;
    const media: string[][] = [];
    for (let part = 0; part < count; part += 1) media.push(await this.uploads.uploadPart(ctx, part));

    const done: CommitResult[] = [];
    for (let part = 0; part < count; part += 1) {
      const inReplyToId = done.at(-1)?.platformPostId ?? null;
      const body = buildPost(content, part, { mediaIds: media[part] ?? [], inReplyToId });
      done.push(await this.post(ctx, `part:${part}`, body, part));
    }
    const first = done[0] ?? resultOf(null, '');
    const { firstComment } = readXSettings(content.settings);
    if (firstComment !== null) {
      const comment = buildComment(content, firstComment, first.platformPostId);
      await orLeaveOut(ctx, 'first_comment', () => this.post(ctx, 'comment', comment, 0));
    }
    return { platformPostId: first.platformPostId, permalink: first.permalink };
  }

  override reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    return this.lookup.look(ctx, commit);
  }

  override async deletePost(ctx: ManageContext, { platformPostId }: PublishedPost): Promise<void> {
    await this.client.deletePost(ctx.credentials.values['accessToken'] ?? '', platformPostId);
  }

  override async readMetrics(ctx: ManageContext, { platformPostId }: PublishedPost): Promise<PostMetrics> {
    const token = ctx.credentials.values['accessToken'] ?? '';
    return { values: await this.client.metrics(token, platformPostId) };
  }

  private post(ctx: PublishContext, key: string, body: JsonObject, part: number): Promise<CommitResult> {
    return ctx.commit(key, () =>
      about({ threadPart: part }, async () =>
        resultOf(usernameOf(ctx), await this.client.createPost(await tokenOf(ctx), body)),
      ),
    );
  }
}
