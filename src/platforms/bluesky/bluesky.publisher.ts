import { Clock } from '../../common/clock/index.js';
import type { Violation } from '../../common/errors/index.js';
import {
  BasePublisher,
  PlatformPublisher,
  PublishError,
  recordAt,
  textAt,
  type AccountRef,
  type CommitResult,
  type JsonRecord,
  type LimitReading,
  type ManageContext,
  type OpenCommit,
  type PostMetrics,
  type PublishContext,
  type PublishedPost,
  type PublishResult,
  type ReconcileContext,
  type ReconcileResult,
  type SeenAnswer,
  type TargetContent,
} from '../core/index.js';
import { unreadable, type WrittenRecord } from './bluesky.answers.js';
import { BlueskyClient } from './bluesky.client.js';
import { blueskyDescriptor } from './bluesky.descriptor.js';
import { buildGates, countGates } from './bluesky.gates.js';
import { BlueskyHosts } from './bluesky.hosts.js';
import { BlueskyLookup } from './bluesky.lookup.js';
import { BlueskyQuotes } from './bluesky.quotes.js';
import { readBlueskyLimits } from './bluesky.rates.js';
import type { StrongRef, UploadedMedia } from './bluesky.embed.js';
import { checkPost } from './bluesky.preflight.js';
import { buildRecord, composePartText, hasCard, keyOf, postCollection, uriOf } from './bluesky.record.js';
import { readBlueskySettings } from './bluesky.settings.js';
import { about, BlueskyUploads } from './bluesky.uploads.js';
import { mentionedHandles } from './facets.js';
import { newTid } from './tid.js';

/** What is stored before a part goes out. The record is kept as text: the order of its keys is part of the bytes. */
type FrozenPart = { readonly rkey: string; readonly json: string };

interface PartInput {
  readonly mentions: Readonly<Record<string, string>>;
  /** Of the post itself. */
  readonly quote: StrongRef | null;
  readonly media: readonly UploadedMedia[];
  /** Parts that are out, in order. */
  readonly done: readonly CommitResult[];
}

@PlatformPublisher('bluesky')
export class BlueskyPublisher extends BasePublisher {
  readonly descriptor = blueskyDescriptor;

  constructor(
    private readonly client: BlueskyClient,
    private readonly uploads: BlueskyUploads,
    private readonly quotes: BlueskyQuotes,
    private readonly lookup: BlueskyLookup,
    private readonly hosts: BlueskyHosts,
    private readonly clock: Clock,
  ) {
    super();
  }

  override serverOf(account: AccountRef): string {
    return this.hosts.pds(account);
  }

  override composeText(content: TargetContent, part: number): string {
    return composePartText(content, part);
  }

  override preflight(content: TargetContent, account: AccountRef): Violation[] {
    const general = super.preflight(content, account);
    // What is quoted is enough of a post.
    const isQuote = readBlueskySettings(content.settings).quote !== null;
    const broken = isQuote ? general.filter((one) => !saysTextRequired(one)) : general;
    return [...broken, ...checkPost(content)];
  }

  override readLimits(answer: SeenAnswer): readonly LimitReading[] {
    return readBlueskyLimits(answer);
  }

  override commitCount({ thread }: TargetContent): number {
    return 1 + thread.length;
  }

  /** In posts: every record costs as much as one. */
  override visibleCalls(content: TargetContent): number {
    const settings = readBlueskySettings(content.settings);
    const parts = Array.from({ length: 1 + content.thread.length }, (_, part) => part);
    return parts.reduce((records, part) => records + 1 + countGates(settings, part), 0);
  }

  async publish(ctx: PublishContext): Promise<PublishResult> {
    const count = 1 + ctx.content.thread.length;
    const mentions = await this.resolveMentions(ctx, count);
    const quote = await this.quotes.find(ctx);
    const media: UploadedMedia[][] = [];
    for (let part = 0; part < count; part += 1) media.push(await this.uploads.uploadPart(ctx, part));
    warnOfMissingCard(ctx);

    const done: CommitResult[] = [];
    for (let part = 0; part < count; part += 1) {
      const frozen = await this.freeze(ctx, part, { mentions, quote, media: media[part] ?? [], done });
      const write = about({ threadPart: part }, () => this.write(ctx, part, frozen));
      done.push(await ctx.commit(`part:${part}`, write));
    }
    return { platformPostId: done[0]?.platformPostId ?? '', permalink: done[0]?.permalink ?? null };
  }

  async reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    const frozen = readFrozen(await ctx.remembered(commit.key.replace('part:', 'record:')));
    if (frozen === null) {
      return commit.forgotten
        ? this.lookup.look(ctx, commit)
        : { verdict: 'cannot_tell', reason: 'The record key of this part is not stored.' };
    }
    const did = ctx.account.externalId;
    const stored = await this.client.getRecord(this.hosts.pds(ctx.account), { repo: did, rkey: frozen.rkey });
    const evidence = { mark: 'record_key', rkey: frozen.rkey };
    // After a restore the key may be newer than the post: then only the list of posts proves absence.
    if (stored === null)
      return commit.forgotten ? this.lookup.look(ctx, commit) : { verdict: 'absent', evidence };
    const ours = parseRecord(frozen);
    if (['createdAt', 'text'].some((key) => textAt(stored.value, key) !== textAt(ours, key))) {
      return { verdict: 'cannot_tell', reason: 'Another record stands under the key of this part.' };
    }
    return {
      verdict: 'found',
      result: resultOf(did, frozen, stored),
      evidence: { ...evidence, cid: stored.cid },
    };
  }

  /** Of what the AppView does not show yet there are no figures; what the account's own server has not is gone. */
  override async readMetrics({ account }: ManageContext, post: PublishedPost): Promise<PostMetrics> {
    const { platformPostId: uri } = post;
    const shown = await this.client.getPost(this.hosts.appView, uri);
    if (shown !== null) return { values: shown.figures };
    const key = { repo: account.externalId, rkey: keyOf(uri) };
    const stored = await this.client.getRecord(this.hosts.pds(account), key);
    if (stored === null) throw gone();
    return { values: {} };
  }

  override async deletePost(ctx: ManageContext, { platformPostId }: PublishedPost): Promise<void> {
    const access = { base: this.hosts.pds(ctx.account), token: ctx.credentials.values['accessJwt'] ?? '' };
    await this.client.deleteRecord(access, { repo: ctx.account.externalId, rkey: keyOf(platformPostId) });
  }

  private async resolveMentions(ctx: PublishContext, count: number): Promise<Record<string, string>> {
    const texts = Array.from({ length: count }, (_, part) => this.composeText(ctx.content, part));
    const dids: Record<string, string> = {};
    for (const handle of new Set(texts.flatMap(mentionedHandles))) {
      const resolve = () => this.client.resolveHandle(this.hosts.pds(ctx.account), handle);
      const did = await ctx.step(`mention:${handle}`, resolve);
      if (did !== null) dids[handle] = did;
    }
    return dids;
  }

  private freeze(ctx: PublishContext, part: number, input: PartInput): Promise<FrozenPart> {
    return ctx.step(`record:${part}`, async () => {
      const root = refOf(input.done[0]);
      const parent = refOf(input.done.at(-1));
      const at = this.timeAfter(input.done.at(-1));
      const record = buildRecord({
        text: this.composeText(ctx.content, part),
        mentions: input.mentions,
        media: input.media,
        link: part === 0 ? ctx.content.link : null,
        quote: part === 0 ? input.quote : null,
        reply: root === null || parent === null ? null : { root, parent },
        settings: readBlueskySettings(ctx.content.settings),
        createdAt: at.toISOString(),
      });
      return { rkey: newTid(at), json: JSON.stringify(record) };
    });
  }

  /** A post that not everybody may answer or quote is written together with what says so: people never see it without. */
  private async write(ctx: PublishContext, part: number, frozen: FrozenPart): Promise<CommitResult> {
    const { values } = await ctx.credentials();
    const access = { base: this.hosts.pds(ctx.account), token: values['accessJwt'] ?? '' };
    const { rkey } = frozen;
    const repo = ctx.account.externalId;
    const record = parseRecord(frozen);
    const createdAt = textAt(record, 'createdAt') ?? '';
    const gated = { part, uri: uriOf(repo, rkey), createdAt };
    const gates = buildGates(readBlueskySettings(ctx.content.settings), gated);
    if (gates.length === 0) {
      return resultOf(repo, frozen, await this.client.putRecord(access, { repo, rkey, record }));
    }
    const post = { collection: postCollection, rkey, value: record };
    const records = [post, ...gates.map((gate) => ({ ...gate, rkey }))];
    const [written] = await this.client.createRecords(access, repo, records);
    if (written?.uri !== gated.uri) throw unreadable('applyWrites');
    return resultOf(repo, frozen, written);
  }

  /** Now, but later than the part before: apps order a thread by its times. */
  private timeAfter(before: CommitResult | undefined): Date {
    const last = Date.parse(textAt(before?.details, 'createdAt') ?? '');
    const now = this.clock.now().getTime();
    return new Date(Number.isNaN(last) ? now : Math.max(now, last + 1));
  }
}

function warnOfMissingCard(ctx: PublishContext): void {
  if (ctx.content.link === null || hasCard(ctx.content)) return;
  ctx.warn({
    code: 'link_card_dropped',
    message: 'Bluesky shows either media or a link card. The link stands in the text instead.',
  });
}

function saysTextRequired({ pointer, rule }: Violation): boolean {
  return pointer === '/text' && rule === 'text_required';
}

function gone(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'bluesky.post_gone',
    message: 'Bluesky has no such post (any more).',
    remedy: 'Nothing to do, unless it was not you who deleted it.',
  });
}

function parseRecord({ json }: FrozenPart): JsonRecord {
  return recordAt(JSON.parse(json)) ?? {};
}

function readFrozen(value: unknown): FrozenPart | null {
  const rkey = textAt(value, 'rkey');
  const json = textAt(value, 'json');
  return rkey === null || json === null ? null : { rkey, json };
}

function refOf(part: CommitResult | undefined): StrongRef | null {
  const cid = textAt(part?.details, 'cid');
  return part === undefined || cid === null ? null : { uri: part.platformPostId, cid };
}

function resultOf(did: string, frozen: FrozenPart, { uri, cid }: WrittenRecord): CommitResult {
  return {
    platformPostId: uri,
    permalink: `https://bsky.app/profile/${did}/post/${frozen.rkey}`,
    details: { cid, rkey: frozen.rkey, createdAt: textAt(parseRecord(frozen), 'createdAt') },
  };
}
