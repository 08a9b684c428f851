import { Injectable } from '@nestjs/common';
import type { ByteSource, OutboundBody } from '../../common/http/index.js';
import { bodyOf } from '../core/index.js';
import {
  readState,
  readUpload,
  readVideoUpload,
  unreadable,
  type AssetState,
  type UploadSession,
} from './linkedin.answers.js';
import { encodeUrn, LinkedinApi } from './linkedin.api.js';

/** As the path of the API calls them. */
export type AssetKind = 'images' | 'documents' | 'videos';

/** Files before they are in a post. Nothing of it is visible; every method is one call. */
@Injectable()
export class LinkedinAssets {
  constructor(private readonly api: LinkedinApi) {}

  async begin(
    token: string,
    kind: AssetKind,
    file: { owner: string; bytes: number },
  ): Promise<UploadSession> {
    const operation = 'beginUpload';
    const size =
      kind === 'videos' ? { fileSizeBytes: file.bytes, uploadCaptions: false, uploadThumbnail: false } : {};
    const path = `/rest/${kind}?action=initializeUpload`;
    const json = { initializeUploadRequest: { owner: file.owner, ...size } };
    const body = bodyOf(await this.api.rest(token, { operation, method: 'POST', path, json }));
    const session =
      kind === 'videos'
        ? readVideoUpload(body)
        : readUpload(body, kind === 'images' ? 'image' : 'document', file.bytes);
    if (session === null) throw unreadable(operation);
    return session;
  }

  /** The whole file in one request. */
  async uploadFile(token: string, url: string, source: ByteSource): Promise<void> {
    await this.api.put({ operation: 'upload', url, body: stream(source), token });
  }

  /** Its entity tag, which ends the upload. */
  async uploadPart(url: string, source: ByteSource): Promise<string> {
    const answer = await this.api.put({ operation: 'upload', url, body: stream(source), token: null });
    const tag = answer.headers['etag'] ?? '';
    if (tag === '') throw unreadable('upload');
    return tag;
  }

  /** @param tags of the parts, in their order. */
  async finish(token: string, { urn, token: uploadToken }: UploadSession, tags: string[]): Promise<void> {
    const json = { finalizeUploadRequest: { video: urn, uploadToken, uploadedPartIds: tags } };
    const path = '/rest/videos?action=finalizeUpload';
    await this.api.rest(token, { operation: 'finishUpload', method: 'POST', path, json });
  }

  async state(token: string, kind: AssetKind, urn: string): Promise<AssetState> {
    const operation = 'assetState';
    const path = `/rest/${kind}/${encodeUrn(urn)}`;
    const state = readState(bodyOf(await this.api.rest(token, { operation, method: 'GET', path })));
    if (state === null) throw unreadable(operation);
    return state;
  }
}

function stream(source: ByteSource): OutboundBody {
  return { kind: 'stream', source, contentType: 'application/octet-stream' };
}
