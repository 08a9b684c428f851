import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, header } from '../core/request.js';
import { accepted, json, type SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { textOf } from './field.values.js';
import { invalid, notFound } from './mastodon.errors.js';
import { LIMITS } from './mastodon.rates.js';
import type { Caller, MastodonState } from './mastodon.state.js';
import { draftOf, type Draft } from './status.checks.js';
import type { Status } from './status.store.js';
import { statusView } from './status.view.js';

const MIN_SCHEDULE_MS = 5 * 60_000;

export const STATUS_FIELDS = [
  'status',
  'media_ids[]',
  'poll.options[]',
  'poll.expires_in',
  'poll.multiple',
  'poll.hide_totals',
  'sensitive',
  'spoiler_text',
  'language',
  'quote_approval_policy',
];

export function statusOperations(state: MastodonState): Operation[] {
  return [
    apiOperation(state, {
      name: 'statuses.create',
      method: 'POST',
      path: '/api/v1/statuses',
      visible: true,
      headers: ['idempotency-key'],
      fields: [...STATUS_FIELDS, 'in_reply_to_id', 'visibility', 'scheduled_at', 'quoted_status_id'],
      run: (call) => create(state, call),
    }),
  ];
}

function create(state: MastodonState, { request, context, meter }: ApiCall): SandboxResponse {
  const caller = state.authorize(request, context, ['write:statuses']);
  const key = state.settings.idempotencyKeys ? header(request, 'idempotency-key') : undefined;
  const earlier = key === undefined ? null : state.store.remembered(caller.account.id, key);
  if (earlier !== null) return accepted(json(200, repeat(state, earlier)), false);
  const fields = fieldsOf(request);
  const draft = draftOf(state, caller.account, fields);
  const scheduledAt = textOf(fields, 'scheduled_at');
  if (scheduledAt !== undefined) checkSchedule(state, scheduledAt);
  meter.take(LIMITS.statuses, caller.account.id);
  const result =
    scheduledAt === undefined ? publish(state, caller, draft) : schedule(state, draft, scheduledAt);
  if (key !== undefined) state.store.remember(caller.account.id, key, result);
  return json(200, repeat(state, result));
}

interface Result {
  readonly id: string;
  /** The answer of a scheduled status; null where the status itself is the answer. */
  readonly body: JsonObject | null;
}

/** A key whose status was deleted in the meantime finds nothing. */
function repeat(state: MastodonState, { id, body }: Result): JsonObject {
  if (body !== null) return body;
  const status = state.store.statuses.get(id);
  if (!status) throw notFound();
  return statusView(state, status);
}

function publish(state: MastodonState, { account, token }: Caller, draft: Draft): Result {
  const id = state.store.nextId();
  const { app } = token;
  const status: Status = {
    ...draft,
    id,
    accountId: account.id,
    createdAt: state.environment.clock.iso(),
    editedAt: null,
    application: app === null ? null : { name: app.name, website: app.website },
    poll: draft.poll === null ? null : { id: state.store.nextId(), ...draft.poll },
  };
  state.store.statuses.set(id, status);
  for (const attachment of state.store.attachments(status)) attachment.statusId = id;
  return { id, body: null };
}

function checkSchedule(state: MastodonState, scheduledAt: string): void {
  const time = Date.parse(scheduledAt);
  if (!(time >= state.environment.clock.now() + MIN_SCHEDULE_MS)) {
    throw invalid('Scheduled at The scheduled date must be in the future');
  }
}

/** Another id than the later status has, and no address yet. */
function schedule(state: MastodonState, draft: Draft, scheduledAt: string): Result {
  const id = state.store.nextId();
  const params = { text: draft.text, visibility: draft.visibility, spoiler_text: draft.spoiler };
  return {
    id,
    body: { id, scheduled_at: new Date(scheduledAt).toISOString(), params, media_attachments: [] },
  };
}
