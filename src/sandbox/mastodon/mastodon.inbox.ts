import type { InboxEntry, InboxMedia } from '../core/inbox.js';
import type { JsonObject } from '../core/json.js';
import type { MastodonState } from './mastodon.state.js';
import type { Poll } from './poll.checks.js';
import type { Attachment, Status } from './status.store.js';
import { contentOf, statusView } from './status.view.js';

const KINDS = { image: 'image', gifv: 'gif', video: 'video', audio: 'audio' } as const;

export function inboxOf(state: MastodonState): InboxEntry[] {
  return [...state.store.statuses.values()].map((status) => entryOf(state, status));
}

function entryOf(state: MastodonState, status: Status): InboxEntry {
  const account = state.find(status.accountId);
  return {
    platform: 'mastodon',
    account: status.accountId,
    postId: status.id,
    permalink: `${state.base}/@${account?.username ?? ''}/${status.id}`,
    text: status.text,
    media: state.store.attachments(status).map(mediumOf),
    linkCard: null,
    replyTo: status.inReplyToId,
    visibility: status.visibility,
    spoiler: status.spoiler === '' ? null : status.spoiler,
    createdAt: status.createdAt,
    extra: {
      author: account?.displayName ?? '',
      username: account?.username ?? '',
      sensitive: status.sensitive,
      language: status.language,
      poll: status.poll === null ? null : pollShown(status.poll),
      quote: status.quotedId,
      quotePolicy: status.quotePolicy,
      editedAt: status.editedAt,
    },
    raw: statusView(state, status),
    display: { html: contentOf(status.text, state.base), isolated: false },
  };
}

function pollShown({ options, expiresAt, multiple, hideTotals }: Poll): JsonObject {
  return { options: [...options], expiresAt, multiple, hideTotals };
}

function mediumOf(attachment: Attachment): InboxMedia {
  const { kind, mimeType, bytes, description, width, height, sha256 } = attachment;
  const size = width === null || height === null ? {} : { width, height };
  return { kind: KINDS[kind], mimeType, bytes: bytes.length, alt: description, ...size, sha256 };
}
