import { Injectable } from '@nestjs/common';
import {
  readSince,
  sinceOf,
  textAt,
  type JsonObject,
  type ListPage,
  type OpenCommit,
  type ReconcileContext,
  type ReconcileResult,
  type Window,
} from '../core/index.js';
import { idAt, type MastodonStatus } from './mastodon.answers.js';
import { attachmentsOf } from './mastodon.attachments.js';
import { mastodonCapabilities } from './mastodon.capabilities.js';
import { MastodonClient, type MastodonAccess } from './mastodon.client.js';
import { readMastodonSettings } from './mastodon.settings.js';
import { pollOfPart, resultOf } from './mastodon.status.js';
import { comparable, composePartText, stripHtml } from './mastodon.text.js';

/** 40 posts a page: more than any account posts between a call and the look at it. */
const maxPages = 25;

/** What the post of an open commit must look like. */
interface Wanted {
  readonly inReplyToId: string | null;
  readonly mediaIds: readonly string[];
  readonly pollOptions: readonly string[];
  readonly text: string;
  readonly spoilerText: string;
}

type Likeness = 'same' | 'other' | 'unclear';

/** Looks among the account's posts for the one that a call with a lost answer may have made. */
@Injectable()
export class MastodonLookup {
  constructor(private readonly client: MastodonClient) {}

  async look(ctx: ReconcileContext, commit: OpenCommit, access: MastodonAccess): Promise<ReconcileResult> {
    const part = Number(commit.key.replace('part:', ''));
    const wanted = await wantedOf(ctx, part);
    if (wanted === null) return cannotTell('The part before this one is not stored.');
    const window = await readSince(ctx, {
      since: sinceOf(commit, mastodonCapabilities),
      maxPages,
      read: (maxId) => this.statusesBefore(ctx, maxId, access),
      couldBe: ({ inReplyToId }) => inReplyToId === wanted.inReplyToId,
    });
    const byMedia = window.candidates.find((status) => sameMedia(status, wanted));
    if (byMedia !== undefined) return found(byMedia, 'media_ids');
    return this.compareTexts(ctx, { wanted, window, access, forgotten: commit.forgotten });
  }

  private async compareTexts(
    ctx: ReconcileContext,
    look: {
      wanted: Wanted;
      window: Window<MastodonStatus>;
      access: MastodonAccess;
      forgotten: boolean;
    },
  ): Promise<ReconcileResult> {
    let unclear = 0;
    for (const status of look.window.candidates) {
      const likeness = await this.compare(ctx, status, look);
      if (likeness === 'same') return found(status, 'text');
      if (likeness === 'unclear') unclear += 1;
    }
    if (unclear > 0) return cannotTell('A post since the call looks alike, but its text cannot be compared.');
    if (!look.window.complete) return cannotTell('The account has posted too much since the call.');
    const { candidates, pages } = look.window;
    return { verdict: 'absent', evidence: { candidates: candidates.length, pages } };
  }

  private async compare(
    ctx: ReconcileContext,
    status: MastodonStatus,
    { wanted, access, forgotten }: { wanted: Wanted; access: MastodonAccess; forgotten: boolean },
  ): Promise<Likeness> {
    if (status.mediaIds.length !== wanted.mediaIds.length) return 'other';
    const keepsIds = textAt(ctx.account.metadata, 'software') === 'mastodon';
    // After a restore the uploads that we know of are not those of the post.
    if (wanted.mediaIds.length > 0 && keepsIds && !forgotten) return 'other';
    if (comparable(status.spoilerText) !== comparable(wanted.spoilerText) && !status.edited) return 'other';
    if (comparable(stripHtml(status.content)) === comparable(wanted.text)) {
      // Elsewhere a poll may be dropped or written otherwise, and an edit may change it.
      if (!samePoll(status, wanted)) return keepsIds && !status.edited ? 'other' : 'unclear';
      return forgotten && comparable(wanted.text) === '' ? 'unclear' : 'same';
    }
    const source = await this.client.statusSource(access, status.id);
    if (source === null || status.edited) return 'unclear';
    if (comparable(source) !== comparable(wanted.text)) return 'other';
    return samePoll(status, wanted) ? 'same' : keepsIds ? 'other' : 'unclear';
  }

  private async statusesBefore(
    ctx: ReconcileContext,
    maxId: string | null,
    access: MastodonAccess,
  ): Promise<ListPage<MastodonStatus>> {
    const accountId = textAt(ctx.account.metadata, 'accountId') ?? '';
    const items = await this.client.accountStatuses(access, { accountId, maxId });
    return { items, after: items.at(-1)?.id ?? null };
  }
}

async function wantedOf(ctx: ReconcileContext, part: number): Promise<Wanted | null> {
  const before = part === 0 ? null : await ctx.committed(`part:${part - 1}`);
  if (before === undefined || Number.isNaN(part)) return null;
  const mediaIds: string[] = [];
  for (const index of attachmentsOf(ctx.content, part).keys()) {
    mediaIds.push(idAt(await ctx.remembered(`media:${part}:${index}`), 'id') ?? '');
  }
  return {
    inReplyToId: before?.platformPostId ?? null,
    mediaIds,
    pollOptions: pollOfPart(ctx.content, part)?.options ?? [],
    text: composePartText(ctx.content, part),
    spoilerText: readMastodonSettings(ctx.content.settings).spoilerText ?? '',
  };
}

function sameMedia({ mediaIds }: MastodonStatus, wanted: Wanted): boolean {
  const { length } = wanted.mediaIds;
  return length > 0 && length === mediaIds.length && wanted.mediaIds.every((id) => mediaIds.includes(id));
}

/** White space around an option is dropped by Mastodon. */
function samePoll({ pollOptions }: MastodonStatus, wanted: Wanted): boolean {
  const shown = pollOptions.map((option) => comparable(option));
  return (
    shown.length === wanted.pollOptions.length &&
    wanted.pollOptions.every((option, index) => comparable(option) === shown[index])
  );
}

function found(status: MastodonStatus, mark: string): ReconcileResult {
  const evidence: JsonObject = { mark, createdAt: status.createdAt.toISOString() };
  return { verdict: 'found', result: resultOf(status), evidence };
}

function cannotTell(reason: string): ReconcileResult {
  return { verdict: 'cannot_tell', reason };
}
