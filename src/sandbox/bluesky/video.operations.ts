import { randomUUID } from 'node:crypto';
import { describeJson, type JsonObject } from '../core/json.js';
import type { Operation, OperationContext } from '../core/operation.js';
import { bearerOf, header, type SandboxRequest } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { BlueskyAccount } from './bluesky.account.js';
import { blobReference, storeBlob } from './blob.operations.js';
import { invalidRequest, refuse, xrpcError } from './bluesky.errors.js';
import type { BlueskyState } from './bluesky.state.js';
import { serverDid } from './directory.operations.js';
import { VideoJobs, type VideoJob } from './video.jobs.js';

const UPLOAD_METHOD = 'com.atproto.repo.uploadBlob';
const LIMITS_METHOD = 'app.bsky.video.getUploadLimits';
const DAILY_VIDEOS = 25;
const DAILY_BYTES = 10_737_418_240;

/** The video service: it takes a file with a service token of the account's server and works on it for a while. */
export function videoOperations(state: BlueskyState, jobs: VideoJobs): Operation[] {
  const base = { host: 'VIDEO', visible: false } as const;
  return [
    {
      ...base,
      name: 'app.bsky.video.uploadVideo',
      method: 'POST',
      path: '/xrpc/app.bsky.video.uploadVideo',
      query: ['did', 'name'],
      body: [{ kind: 'raw', contentTypes: ['video/mp4'] }],
      handle: (request, context) => uploadVideo(state, jobs, request, context),
    },
    {
      ...base,
      name: 'app.bsky.video.getJobStatus',
      method: 'GET',
      path: '/xrpc/app.bsky.video.getJobStatus',
      query: ['jobId'],
      handle: async ({ query }) => {
        const job = jobs.find(query.get('jobId') ?? '');
        if (!job) throw invalidRequest('Job not found');
        return json(200, { jobStatus: await look(state, jobs, job) });
      },
    },
    {
      ...base,
      name: LIMITS_METHOD,
      method: 'GET',
      path: `/xrpc/${LIMITS_METHOD}`,
      handle: (request, context) => {
        const account = serviceAccount(state, request, context, LIMITS_METHOD);
        return json(200, limitsOf(jobs, account));
      },
    },
  ];
}

function uploadVideo(
  state: BlueskyState,
  jobs: VideoJobs,
  request: SandboxRequest,
  context: OperationContext,
): SandboxResponse {
  const account = serviceAccount(state, request, context, UPLOAD_METHOD);
  if (request.query.get('did') !== account.did) throw invalidRequest('did does not match the token');
  if ((request.query.get('name') ?? '') === '')
    throw invalidRequest('Error: Params must have the property "name"');
  if (request.body.kind !== 'raw' || header(request, 'content-length') === undefined) {
    throw refuse(411, 'InvalidRequest', 'Content-Length is required');
  }
  const { bytes } = request.body;
  const limits = limitsOf(jobs, account);
  if (limits['canUpload'] !== true)
    return xrpcError(400, describeJson(limits['error']), describeJson(limits['message']));
  const job = jobs.add({ id: randomUUID(), account, bytes, looks: 0, blob: null });
  return json(200, jobs.view(job, { state: 'JOB_STATE_CREATED' }));
}

function serviceAccount(
  state: BlueskyState,
  request: SandboxRequest,
  context: OperationContext,
  method: string,
): BlueskyAccount {
  const token = state.sessions.check(bearerOf(request), 'service');
  const account = state.owner(token);
  context.actsAs(account.did);
  if (token.method !== method) throw refuse(401, 'BadJwtLexiconMethod', `the token is not for ${method}`);
  if (
    method === UPLOAD_METHOD &&
    decodeURIComponent(token.audience) !== decodeURIComponent(serverDid(state))
  ) {
    throw refuse(401, 'BadJwtAudience', 'the token must be for the server of the account');
  }
  return account;
}

function limitsOf(jobs: VideoJobs, account: BlueskyAccount): JsonObject {
  if (!account.emailConfirmed) {
    return {
      canUpload: false,
      error: 'unconfirmed_email',
      message: 'Please verify your email before uploading',
    };
  }
  const { count, bytes } = jobs.usedBy(account);
  const left = {
    remainingDailyVideos: Math.max(0, DAILY_VIDEOS - count),
    remainingDailyBytes: DAILY_BYTES - bytes,
  };
  if (count < DAILY_VIDEOS) return { canUpload: true, ...left };
  return { canUpload: false, ...left, error: 'daily_limit', message: 'You have reached the daily limit' };
}

/** Each look moves the job on; the last one hands the file to the account's server. */
async function look(state: BlueskyState, jobs: VideoJobs, job: VideoJob): Promise<JsonObject> {
  const { videoPolls, videoFailure } = state.settings;
  job.looks += 1;
  if (job.looks <= videoPolls) {
    const working = job.looks % 2 === 1 ? 'JOB_STATE_ENCODING' : 'JOB_STATE_SCANNING';
    return jobs.view(job, { state: working, progress: Math.floor((100 * job.looks) / (videoPolls + 1)) });
  }
  const failure = isMp4(job.bytes) ? videoFailure : 'validation_failure';
  if (failure !== null) {
    return jobs.view(job, {
      state: 'JOB_STATE_FAILED',
      error: 'the video could not be used',
      failureCode: failure,
    });
  }
  job.blob ??= await storeBlob(state, job.account, { bytes: job.bytes, mimeType: 'video/mp4' });
  return jobs.view(job, { state: 'JOB_STATE_COMPLETED', progress: 100, blob: blobReference(job.blob) });
}

function isMp4(bytes: Buffer): boolean {
  return bytes.subarray(4, 8).toString('latin1') === 'ftyp';
}
