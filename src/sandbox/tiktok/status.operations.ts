import { stringAt } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { accepted, jsonText, type SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import type { Share } from './share.js';
import { logId, refuse, success } from './tiktok.errors.js';
import type { TiktokState } from './tiktok.state.js';

/** What has become of a post, and the way to call it off. */
export function statusOperations(state: TiktokState): Operation[] {
  return [
    apiOperation(state, {
      name: 'status.fetch',
      path: '/v2/post/publish/status/fetch/',
      fields: ['publish_id'],
      limit: 'statusPerMinute',
      run: (call) => accepted(statusAnswer(state, find(state, call)), false),
    }),
    apiOperation(state, {
      name: 'publish.cancel',
      path: '/v2/post/publish/cancel/',
      fields: ['publish_id'],
      limit: 'statusPerMinute',
      run: (call) => cancel(state, find(state, call)),
    }),
  ];
}

function find(state: TiktokState, { fields, person, has, need }: ApiCall): Share {
  if (!has('video.upload')) need('video.publish');
  const share = state.share(stringAt(fields, 'publish_id') ?? '');
  if (share === undefined) throw refuse('invalid_publish_id');
  if (share.accountId !== person.id) throw refuse('token_not_authorized_for_specified_publish_id');
  return share;
}

/** Ids are bare numbers of 64 bits here, so the answer is written by hand. */
function statusAnswer(state: TiktokState, share: Share): SandboxResponse {
  const status = state.statusOf(share);
  const reason = share.canceled ? 'publish_cancelled' : share.content?.failure;
  const bytes = (share.content?.media ?? []).reduce((sum, file) => sum + file.bytes, 0);
  const data = [
    `"status":"${status}"`,
    ...(status === 'FAILED' ? [`"fail_reason":${JSON.stringify(reason ?? 'internal')}`] : []),
    ...(state.isPublic(share) ? [`"publicaly_available_post_id":[${share.itemId}]`] : []),
    share.upload === null ? `"downloaded_bytes":${bytes}` : `"uploaded_bytes":${share.upload.received}`,
  ];
  const error = JSON.stringify({ code: 'ok', message: '', log_id: logId() });
  return jsonText(200, `{"data":{${data.join(',')}},"error":${error}}`);
}

function cancel(state: TiktokState, share: Share): SandboxResponse {
  const isLate = share.canceled || (share.startedAt !== null && state.now >= share.readyAt);
  const isIrrevocable = share.upload !== null && share.startedAt !== null;
  if (isLate || isIrrevocable) throw refuse('publish_not_cancellable');
  share.canceled = true;
  return success({});
}
