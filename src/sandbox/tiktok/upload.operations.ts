import type { Operation } from '../core/operation.js';
import { header, type SandboxRequest } from '../core/request.js';
import { empty, type SandboxResponse } from '../core/response.js';
import { checkVideo } from './media.checks.js';
import type { Share, Upload } from './share.js';
import type { TiktokState } from './tiktok.state.js';

const TYPES = ['video/mp4', 'video/quicktime', 'video/webm'];
const LONGEST_DRAFT_SEC = 600;

interface Range {
  readonly first: number;
  readonly last: number;
  readonly total: number;
}

/** Chunks one after the other; the last one cannot be taken back, for with it the post is on its way. */
export function uploadOperations(state: TiktokState): Operation[] {
  const put = {
    host: 'API',
    method: 'PUT',
    path: '/video/',
    query: ['upload_id', 'upload_token'],
    headers: ['content-range'],
    body: [{ kind: 'raw', contentTypes: ['*/*', ''] }],
    handle: (request, context) => receive(state, request, context.actsAs),
  } as const satisfies Omit<Operation, 'name' | 'visible'>;
  return [
    {
      ...put,
      name: 'upload.last',
      visible: true,
      when: (_given, headers) => {
        const range = rangeOf(headers['content-range']);
        return range !== null && range.last + 1 === range.total;
      },
    },
    { ...put, name: 'upload.chunk', visible: false },
  ];
}

function receive(
  state: TiktokState,
  request: SandboxRequest,
  actsAs: (account: string) => void,
): SandboxResponse {
  const share = state.shareOfUpload(request.query.get('upload_token') ?? '');
  const upload = share?.upload ?? null;
  if (share === undefined || upload === null || share.canceled) return empty(404);
  actsAs(share.accountId);
  if (upload.expiresAt <= state.now) return empty(403);
  const { body } = request;
  const range = rangeOf(header(request, 'content-range'));
  const type = (header(request, 'content-type') ?? '').split(';')[0] ?? '';
  if (range === null || body.kind !== 'raw' || !TYPES.includes(type)) return empty(400);
  if (range.total !== upload.size || body.bytes.length !== range.last - range.first + 1) return empty(400);
  if (range.first !== upload.received) return empty(416, progressOf(upload));
  if (range.last + 1 !== endOfNext(upload)) return empty(400, progressOf(upload));
  upload.chunks.push(body.bytes);
  upload.received += body.bytes.length;
  if (upload.received < upload.size) return empty(206, progressOf(upload));
  finish(state, share, upload);
  return empty(201, progressOf(upload));
}

/** All of a chunk in one request: whole ones, and behind them the last with what is left over. */
function endOfNext({ chunks, chunkCount, chunkSize, size }: Upload): number {
  return chunks.length + 1 >= chunkCount ? size : (chunks.length + 1) * chunkSize;
}

function finish(state: TiktokState, share: Share, upload: Upload): void {
  const bytes = Buffer.concat(upload.chunks);
  upload.chunks.splice(0);
  const longest =
    share.mode === 'direct'
      ? (state.person(share.accountId)?.maxDurationSec ?? LONGEST_DRAFT_SEC)
      : LONGEST_DRAFT_SEC;
  state.start(share, checkVideo(bytes, state.environment.media, longest), state.settings.uploadMs);
}

function progressOf({ received, size }: Upload): Readonly<Record<string, string>> {
  return { 'content-range': `bytes 0-${received}/${size}` };
}

function rangeOf(written: string | undefined): Range | null {
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(written ?? '') ?? [];
  if (first === undefined) return null;
  return { first: Number(first), last: Number(last), total: Number(total) };
}
