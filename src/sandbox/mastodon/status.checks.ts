import type { JsonObject } from '../core/json.js';
import { flagOf, listOf, textOf } from './field.values.js';
import type { MastodonAccount } from './mastodon.account.js';
import { invalid, notFound, refuse } from './mastodon.errors.js';
import type { MastodonState } from './mastodon.state.js';
import { pollOf, type PollDraft } from './poll.checks.js';
import type { Attachment, Status } from './status.store.js';
import { lengthOf } from './text.length.js';

export const MAX_ATTACHMENTS = 4;
const VISIBILITIES = ['public', 'unlisted', 'private', 'direct'];
const QUOTE_POLICIES = ['public', 'followers', 'nobody'];

export type Draft = Pick<
  Status,
  | 'inReplyToId'
  | 'visibility'
  | 'quotedId'
  | 'text'
  | 'spoiler'
  | 'sensitive'
  | 'language'
  | 'mediaIds'
  | 'quotePolicy'
> & { readonly poll: PollDraft | null };

/** What the request asks for, if the instance would take it; throws its refusal otherwise. */
export function draftOf(state: MastodonState, account: MastodonAccount, fields: JsonObject): Draft {
  const [text, spoiler] = [textOf(fields, 'status') ?? '', textOf(fields, 'spoiler_text') ?? ''];
  const mediaIds = listOf(fields, 'media_ids');
  const draft: Draft = {
    inReplyToId: existing(state, textOf(fields, 'in_reply_to_id')),
    quotedId: existing(state, textOf(fields, 'quoted_status_id')),
    visibility: chosen('Visibility', VISIBILITIES, textOf(fields, 'visibility') ?? 'public'),
    text,
    spoiler,
    sensitive: spoiler !== '' || flagOf(fields, 'sensitive'),
    language: textOf(fields, 'language') ?? 'en',
    mediaIds,
    quotePolicy: chosen(
      'Quote approval policy',
      QUOTE_POLICIES,
      textOf(fields, 'quote_approval_policy') ?? 'public',
    ),
    poll: pollOf(fields, state.settings, state.environment.clock.now()),
  };
  checkMedia(attachable(state, account, mediaIds, null), draft);
  checkText(state, draft);
  return draft;
}

function existing(state: MastodonState, id: string | undefined): string | null {
  if (id === undefined || id === '') return null;
  if (!state.store.statuses.has(id)) throw notFound();
  return id;
}

function chosen(name: string, values: readonly string[], value: string): string {
  if (!values.includes(value)) throw invalid(`${name} is not included in the list`);
  return value;
}

export function checkText(
  state: MastodonState,
  { text, spoiler, mediaIds }: Pick<Draft, 'text' | 'spoiler' | 'mediaIds'>,
): void {
  if (text.trim() === '' && spoiler === '' && mediaIds.length === 0) throw invalid("Text can't be blank");
  const limit = state.settings.maxCharacters;
  if (lengthOf(spoiler + text) > limit) throw invalid(`Text character limit of ${limit} exceeded`);
}

/** Media of the account that no other status holds. */
export function attachable(
  state: MastodonState,
  account: MastodonAccount,
  ids: readonly string[],
  statusId: string | null,
): Attachment[] {
  if (ids.length > MAX_ATTACHMENTS)
    throw refuse(422, `Validation failed: Cannot attach more than ${MAX_ATTACHMENTS} files`);
  return ids.map((id) => {
    const attachment = state.store.media.get(id);
    const free =
      attachment !== undefined && (attachment.statusId === null || attachment.statusId === statusId);
    if (!free || attachment.accountId !== account.id) throw invalid(`Media ${id} not found`);
    return attachment;
  });
}

export function checkMedia(
  attachments: readonly Attachment[],
  { poll }: { readonly poll: PollDraft | null },
): void {
  if (attachments.length > 0 && poll !== null) throw invalid('Cannot attach both media and a poll');
  if (attachments.length > 1 && attachments.some(({ kind }) => kind !== 'image')) {
    throw invalid('Cannot attach a video to a post that already contains images');
  }
  if (attachments.some(({ pollsLeft, failed }) => pollsLeft > 0 || failed)) {
    throw invalid('Cannot attach files that have not finished processing. Try again in a moment!');
  }
}
