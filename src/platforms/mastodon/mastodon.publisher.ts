import type { Violation } from '../../common/errors/index.js';
import {
  BasePublisher,
  countGraphemes,
  PlatformPublisher,
  PublishError,
  textAt,
  type AccountRef,
  type CommitOptions,
  type CommitResult,
  type Credentials,
  type FailureItem,
  type LimitReading,
  type ManageContext,
  type MediaItem,
  type OpenCommit,
  type PlatformCapabilities,
  type PostMetrics,
  type PublishContext,
  type PublishedPost,
  type PublishResult,
  type ReadContext,
  type ReconcileContext,
  type ReconcileResult,
  type SeenAnswer,
  type TargetContent,
  type WaitOptions,
} from '../core/index.js';
import { unreadable } from './mastodon.answers.js';
import { attachmentsOf, checkAttachments, type Attachment } from './mastodon.attachments.js';
import { capabilitiesOf } from './mastodon.capabilities.js';
import {
  MastodonClient,
  type MastodonAccess,
  type MediaFile,
  type UploadedMedium,
} from './mastodon.client.js';
import { mastodonDescriptor } from './mastodon.descriptor.js';
import { storedLimits } from './mastodon.limits.js';
import { MastodonLookup } from './mastodon.lookup.js';
import { checkPoll } from './mastodon.poll.js';
import { checkQuote, quotedId } from './mastodon.quote.js';
import { readMastodonLimits } from './mastodon.rates.js';
import { readMastodonSettings } from './mastodon.settings.js';
import { buildStatus, resultOf } from './mastodon.status.js';
import { composePartText, countCharacters } from './mastodon.text.js';

/** Mastodon remembers an Idempotency-Key for an hour; the rest is room for clocks and a slow answer. */
const repeatSafeForMs = 50 * 60_000;
/** Media without a post vanish after about a day. */
const mediaValidForMs = 12 * 60 * 60_000;
const processing: WaitOptions = {
  delaysMs: [1_000, 2_000, 5_000, 10_000, 15_000],
  giveUpAfterMs: 15 * 60_000,
};

@PlatformPublisher('mastodon')
export class MastodonPublisher extends BasePublisher {
  readonly descriptor = mastodonDescriptor;

  constructor(
    private readonly client: MastodonClient,
    private readonly lookup: MastodonLookup,
  ) {
    super();
  }

  override serverOf({ metadata }: AccountRef): string {
    return textAt(metadata, 'instanceUrl') ?? '';
  }

  override capabilitiesFor(account: AccountRef): PlatformCapabilities {
    return capabilitiesOf(storedLimits(account.metadata));
  }

  override composeText(content: TargetContent, part: number): string {
    return composePartText(content, part);
  }

  override textLength(text: string, account: AccountRef): number {
    return countCharacters(text, storedLimits(account.metadata).reservedPerUrl);
  }

  override preflight(content: TargetContent, account: AccountRef): Violation[] {
    return [
      ...super.preflight(content, account),
      ...this.checkSpoiler(content, account),
      ...checkPoll(content, storedLimits(account.metadata)),
      ...checkAttachments(content),
      ...checkQuote(content, account),
    ];
  }

  override readLimits(answer: SeenAnswer): readonly LimitReading[] {
    return readMastodonLimits(answer);
  }

  override commitCount({ thread }: TargetContent): number {
    return 1 + thread.length;
  }

  async publish(ctx: PublishContext): Promise<PublishResult> {
    const count = 1 + ctx.content.thread.length;
    const media: string[][] = [];
    for (let part = 0; part < count; part += 1) media.push(await this.uploadPart(ctx, part));

    const done: CommitResult[] = [];
    for (let part = 0; part < count; part += 1) {
      const inReplyToId = done.at(-1)?.platformPostId ?? null;
      const quotedStatusId = part === 0 ? quoteOf(ctx) : null;
      const status = buildStatus(ctx.content, part, {
        mediaIds: media[part] ?? [],
        inReplyToId,
        quotedStatusId,
      });
      const key = `part:${part}`;
      const create = about({ threadPart: part }, async () =>
        resultOf(await this.client.createStatus(await accessOf(ctx), status, ctx.commitKey(key))),
      );
      done.push(await ctx.commit(key, create, commitOptions(ctx.account)));
    }
    return { platformPostId: done[0]?.platformPostId ?? '', permalink: done[0]?.permalink ?? null };
  }

  async reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    return this.lookup.look(ctx, commit, await accessOf(ctx));
  }

  override async deletePost(ctx: ManageContext, { platformPostId }: PublishedPost): Promise<void> {
    await this.client.deleteStatus(accessFor(ctx.account, ctx.credentials), platformPostId);
  }

  override async readMetrics(ctx: ManageContext, { platformPostId }: PublishedPost): Promise<PostMetrics> {
    const access = accessFor(ctx.account, ctx.credentials);
    return { values: await this.client.statusCounts(access, platformPostId) };
  }

  private async uploadPart(ctx: PublishContext, part: number): Promise<string[]> {
    const ids: string[] = [];
    for (const [index, attachment] of attachmentsOf(ctx.content, part).entries()) {
      const where = { threadPart: part, mediaIndex: attachment.mediaIndex };
      const upload = about(where, () => this.upload(ctx, attachment));
      const key = `${part}:${index}`;
      const medium = await ctx.step(`media:${key}`, upload, { validForMs: mediaValidForMs });
      if (!medium.ready) await this.waitUntilReady(ctx, `ready:${key}:${medium.id}`, medium.id, where);
      ids.push(medium.id);
    }
    return ids;
  }

  private async upload(ctx: PublishContext, { item, cover, focus }: Attachment): Promise<UploadedMedium> {
    const access = await accessOf(ctx);
    const file = {
      ...fileOf(ctx, item),
      altText: item.altText,
      focus,
      cover: cover === null ? null : fileOf(ctx, cover),
    };
    const medium =
      (await this.client.uploadMedia(access, file, 'v2')) ??
      (await this.client.uploadMedia(access, file, 'v1'));
    if (medium === null) throw unreadable('uploadMedia');
    return medium;
  }

  private waitUntilReady(
    ctx: PublishContext,
    key: string,
    mediaId: string,
    item: FailureItem,
  ): Promise<boolean> {
    const look = about(item, async () => {
      const ready = await this.client.mediaReady(await accessOf(ctx), mediaId);
      return ready ? ({ ready, value: true } as const) : ({ ready } as const);
    });
    return ctx.waitFor(key, look, processing);
  }

  /** The content warning counts with the text of each part. */
  private checkSpoiler(content: TargetContent, account: AccountRef): Violation[] {
    const spoiler = countGraphemes(readMastodonSettings(content.settings).spoilerText ?? '');
    const { maxCharacters } = storedLimits(account.metadata);
    const parts = Array.from({ length: 1 + content.thread.length }, (_, part) => part);
    const lengths = parts.map((part) => this.textLength(this.composeText(content, part), account));
    const longest = Math.max(0, ...lengths.filter((length) => length <= maxCharacters));
    const actual = longest + spoiler;
    if (spoiler === 0 || actual <= maxCharacters) return [];
    return [
      {
        pointer: '/settings/spoilerText',
        rule: 'text_too_long',
        message: `Text and content warning together may have ${maxCharacters} characters; these have ${actual}.`,
        limit: maxCharacters,
        actual,
        remedy: `Shorten one of them by ${actual - maxCharacters}.`,
      },
    ];
  }
}

/** Only Mastodon itself is known to honour the key; elsewhere an open commit is looked for. */
function commitOptions(account: AccountRef): CommitOptions {
  return textAt(account.metadata, 'software') === 'mastodon' ? { repeatSafeForMs } : {};
}

async function accessOf(ctx: ReadContext): Promise<MastodonAccess> {
  return accessFor(ctx.account, await ctx.credentials());
}

function accessFor({ metadata }: AccountRef, { values }: Credentials): MastodonAccess {
  return { base: textAt(metadata, 'instanceUrl') ?? '', token: values['accessToken'] ?? '' };
}

function quoteOf({ content, account }: PublishContext): string | null {
  const { quote } = readMastodonSettings(content.settings);
  return quote === null ? null : quotedId(quote, textAt(account.metadata, 'instanceUrl') ?? '');
}

function fileOf(ctx: PublishContext, item: MediaItem): MediaFile {
  const { mimeType, fileName } = item;
  return { source: ctx.media(item), mimeType, fileName };
}

/** Lets failures name the part and the medium that they are about. */
function about<T>(item: FailureItem, fn: () => Promise<T>): () => Promise<T> {
  return async () => {
    try {
      return await fn();
    } catch (error) {
      throw error instanceof PublishError ? error.about(item) : error;
    }
  };
}
