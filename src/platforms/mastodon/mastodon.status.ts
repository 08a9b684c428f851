import type { CommitResult, JsonObject, TargetContent } from '../core/index.js';
import type { MastodonStatus } from './mastodon.answers.js';
import { readMastodonSettings, type MastodonPoll } from './mastodon.settings.js';
import { composePartText } from './mastodon.text.js';

/** The body of `POST /api/v1/statuses`. The same input gives the same bytes. */
export function buildStatus(
  content: TargetContent,
  part: number,
  links: { mediaIds: readonly string[]; inReplyToId: string | null; quotedStatusId: string | null },
): JsonObject {
  const settings = readMastodonSettings(content.settings);
  const visibility = part === 0 ? settings.visibility : (settings.threadVisibility ?? settings.visibility);
  return {
    status: composePartText(content, part),
    ...(links.mediaIds.length === 0 ? {} : { media_ids: [...links.mediaIds] }),
    ...(links.inReplyToId === null ? {} : { in_reply_to_id: links.inReplyToId }),
    ...(settings.sensitive === null ? {} : { sensitive: settings.sensitive }),
    ...(settings.spoilerText === null ? {} : { spoiler_text: settings.spoilerText }),
    ...(visibility === null ? {} : { visibility }),
    ...(settings.language === null ? {} : { language: settings.language }),
    ...(links.quotedStatusId === null ? {} : { quoted_status_id: links.quotedStatusId }),
    ...(settings.quotePolicy === null ? {} : { quote_approval_policy: settings.quotePolicy }),
    ...pollField(pollOfPart(content, part)),
  };
}

/** The first part of a thread has the poll. */
export function pollOfPart(content: TargetContent, part: number): MastodonPoll | null {
  return part === 0 ? readMastodonSettings(content.settings).poll : null;
}

function pollField(poll: MastodonPoll | null): JsonObject {
  if (poll === null) return {};
  const { options, durationMinutes, multiple, hideTotals } = poll;
  return {
    poll: { options: [...options], expires_in: durationMinutes * 60, multiple, hide_totals: hideTotals },
  };
}

export function resultOf(status: MastodonStatus): CommitResult {
  return {
    platformPostId: status.id,
    permalink: status.url,
    details: { uri: status.uri, createdAt: status.createdAt.toISOString() },
  };
}
