import { Injectable } from '@nestjs/common';
import {
  recordAt,
  textAt,
  listAt,
  type CommitResult,
  type OpenCommit,
  type ReconcileContext,
  type ReconcileResult,
} from '../core/index.js';
import type { StoredRecord } from './bluesky.answers.js';
import { blueskyCapabilities } from './bluesky.capabilities.js';
import { BlueskyClient } from './bluesky.client.js';
import { BlueskyHosts } from './bluesky.hosts.js';
import { composePartText, keyOf, mediaOf } from './bluesky.record.js';
import { firstTid } from './tid.js';

/** 100 posts a page. */
const maxPages = 20;

/** Looks among the account's records for a post whose key nobody remembers any more. */
@Injectable()
export class BlueskyLookup {
  constructor(
    private readonly client: BlueskyClient,
    private readonly hosts: BlueskyHosts,
  ) {}

  async look(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    const part = Number(commit.key.replace('part:', ''));
    const before = part === 0 ? null : await ctx.committed(`part:${part - 1}`);
    if (before === undefined || Number.isNaN(part))
      return cannotTell('The part before this one is not stored.');
    const wanted = {
      parent: before?.platformPostId ?? null,
      text: composePartText(ctx.content, part),
      media: mediaOf(ctx.content, part).length,
    };
    const since = firstTid(
      new Date(commit.firstStartedAt.getTime() - blueskyCapabilities.reconcile.clockToleranceMs),
    );
    const seen = await this.recordsSince(ctx, since);
    if (seen === null) return cannotTell('The account has posted too much since the backup.');
    for (const record of seen) {
      if (!isLike(record, wanted) || (await ctx.isTaken(record.uri))) continue;
      if (wanted.text.trim() === '') return cannotTell('A post without words looks alike.');
      return { verdict: 'found', result: resultOf(ctx, record), evidence: { mark: 'text', cid: record.cid } };
    }
    return { verdict: 'absent', evidence: { recordsSince: seen.length } };
  }

  /** The oldest first; null when there are more than anybody posts in that time. Keys sort by time. */
  private async recordsSince(ctx: ReconcileContext, since: string): Promise<StoredRecord[] | null> {
    const base = this.hosts.pds(ctx.account);
    const seen: StoredRecord[] = [];
    let cursor: string | null = null;
    for (let pages = 1; pages <= maxPages; pages += 1) {
      const page = await this.client.listRecords(base, { repo: ctx.account.externalId, cursor });
      const newer = page.records.filter((record) => keyOf(record.uri) >= since);
      seen.push(...newer);
      if (newer.length < page.records.length || page.cursor === null || newer.length === 0)
        return seen.reverse();
      cursor = page.cursor;
    }
    return null;
  }
}

function isLike(
  { value }: StoredRecord,
  wanted: { parent: string | null; text: string; media: number },
): boolean {
  return (
    textAt(value, 'text') === wanted.text &&
    textAt(value, 'reply', 'parent', 'uri') === wanted.parent &&
    mediaIn(value) === wanted.media
  );
}

/** The picture of a card is one too. */
function mediaIn(value: unknown): number {
  // A quoted post stands beside the media.
  const embed = recordAt(value, 'embed', 'media') ?? recordAt(value, 'embed');
  if (recordAt(embed, 'video') !== null || recordAt(embed, 'external', 'thumb') !== null) return 1;
  return listAt(embed, 'images')?.length ?? 0;
}

function resultOf(ctx: ReconcileContext, record: StoredRecord): CommitResult {
  const rkey = keyOf(record.uri);
  return {
    platformPostId: record.uri,
    permalink: `https://bsky.app/profile/${ctx.account.externalId}/post/${rkey}`,
    details: { cid: record.cid, rkey, createdAt: textAt(record.value, 'createdAt') },
  };
}

function cannotTell(reason: string): ReconcileResult {
  return { verdict: 'cannot_tell', reason };
}
