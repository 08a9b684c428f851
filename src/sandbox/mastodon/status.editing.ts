import type { JsonObject } from '../core/json.js';
import { isJsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, param } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { flagOf, listOf, textOf } from './field.values.js';
import type { MastodonAccount } from './mastodon.account.js';
import { notFound } from './mastodon.errors.js';
import { LIMITS } from './mastodon.rates.js';
import type { MastodonState } from './mastodon.state.js';
import { attachable, checkMedia, checkText } from './status.checks.js';
import { STATUS_FIELDS } from './status.operations.js';
import type { Status } from './status.store.js';
import { statusView } from './status.view.js';

const SCOPES = ['write:statuses'];

/** Changing and deleting what was published. */
export function editingOperations(state: MastodonState): Operation[] {
  const path = '/api/v1/statuses/:id';
  const attributes = ['id', 'description', 'focus'].map((name) => `media_attributes[].${name}`);
  return [
    apiOperation(state, {
      name: 'statuses.update',
      method: 'PUT',
      path,
      visible: true,
      fields: [...STATUS_FIELDS, ...attributes],
      run: (call) => {
        const { status, account } = own(state, call);
        edit(state, account, status, fieldsOf(call.request));
        return json(200, statusView(state, status));
      },
    }),
    apiOperation(state, {
      name: 'statuses.delete',
      method: 'DELETE',
      path,
      run: (call) => remove(state, call),
    }),
  ];
}

function own(
  state: MastodonState,
  { request, context }: ApiCall,
): { status: Status; account: MastodonAccount } {
  const { account } = state.authorize(request, context, SCOPES);
  const status = state.store.statuses.get(param(request, 'id'));
  if (!status || status.accountId !== account.id) throw notFound();
  return { status, account };
}

function edit(state: MastodonState, account: MastodonAccount, status: Status, fields: JsonObject): void {
  const mediaIds = 'media_ids' in fields ? listOf(fields, 'media_ids') : status.mediaIds;
  const text = textOf(fields, 'status') ?? status.text;
  const spoiler = textOf(fields, 'spoiler_text') ?? status.spoiler;
  const attachments = attachable(state, account, mediaIds, status.id);
  checkMedia(attachments, status);
  checkText(state, { text, spoiler, mediaIds });
  const sensitive =
    spoiler !== '' || ('sensitive' in fields ? flagOf(fields, 'sensitive') : status.sensitive);
  Object.assign(status, { text, spoiler, sensitive, mediaIds, editedAt: state.environment.clock.iso() });
  for (const attachment of attachments) attachment.statusId = status.id;
  const changes = fields['media_attributes'];
  for (const change of Array.isArray(changes) ? changes.filter(isJsonObject) : []) {
    const attachment = attachments.find(({ id }) => id === textOf(change, 'id'));
    const description = textOf(change, 'description');
    if (attachment && description !== undefined) attachment.description = description;
  }
}

/** The answer carries the source text, so that a person can write it anew. */
function remove(state: MastodonState, call: ApiCall): SandboxResponse {
  const { status, account } = own(state, call);
  call.meter.take(LIMITS.deletes, account.id);
  const view = statusView(state, status);
  state.store.statuses.delete(status.id);
  return json(200, { ...view, text: status.text });
}
