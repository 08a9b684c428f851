import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import {
  HttpClient,
  type ByteSource,
  type HttpAnswer,
  type MultipartPart,
  type OutboundRequest,
} from '../../common/http/index.js';
import { bodyOf, textAt, type PostMetrics } from '../core/index.js';
import {
  failureOf,
  mediaFailure,
  readAccount,
  readBoard,
  readMetrics,
  readPage,
  readPin,
  readSection,
  readUpload,
  unreadable,
  type Board,
  type Page,
  type PinterestAccount,
  type Section,
  type SeenPin,
  type UploadTarget,
} from './pinterest.answers.js';

export interface VideoFile {
  readonly source: ByteSource;
  readonly mimeType: string;
  readonly fileName: string;
}

/** Where a pin is. */
export interface Place {
  readonly boardId: string;
  readonly sectionId: string | null;
}

type Query = Readonly<Record<string, string>>;
type Call = Pick<OutboundRequest, 'method' | 'body'> & { readonly path: string; readonly query?: Query };

/** The storage that the files of videos go to, as the official description names it. */
const storage = 'https://pinterest-media-upload.s3-accelerate.amazonaws.com';
const uploadTimeoutMs = 30 * 60_000;

/** The API of Pinterest. Every method is one call. */
@Injectable()
export class PinterestClient {
  constructor(
    private readonly http: HttpClient,
    private readonly config: AppConfig,
  ) {}

  async account(token: string): Promise<PinterestAccount> {
    const body = await this.call('account', token, { method: 'GET', path: '/user_account' });
    return expect(readAccount(body), 'account');
  }

  async boards(token: string, page: { size: number; bookmark: string | null }): Promise<Page<Board>> {
    const query = pageQuery(page);
    const body = await this.call('boards', token, { method: 'GET', path: '/boards', query });
    return expect(readPage(body, readBoard), 'boards');
  }

  async sections(token: string, boardId: string, bookmark: string | null): Promise<Page<Section>> {
    const path = `/boards/${encodeURIComponent(boardId)}/sections`;
    const query = pageQuery({ size: 250, bookmark });
    return expect(
      readPage(await this.call('sections', token, { method: 'GET', path, query }), readSection),
      'sections',
    );
  }

  /** Visible. Answers the id. */
  async createPin(token: string, pin: ByteSource): Promise<string> {
    const body = { kind: 'stream', source: pin, contentType: 'application/json' } as const;
    const answer = await this.call('createPin', token, { method: 'POST', path: '/pins', body });
    return expect(textAt(answer, 'id'), 'createPin');
  }

  /** Where the file of a video may be sent to, and with what. The permission is short-lived. */
  async registerVideo(token: string): Promise<UploadTarget> {
    const body = { kind: 'json', value: { media_type: 'video' } } as const;
    const answer = await this.call('registerVideo', token, { method: 'POST', path: '/media', body });
    return expect(readUpload(answer), 'registerVideo');
  }

  /** A form without any authorization; the file has to come last. */
  async uploadVideo({ url, parameters }: UploadTarget, file: VideoFile): Promise<void> {
    const fields = parameters.map(([name, value]): MultipartPart => ({ name, value }));
    const { source, mimeType, fileName } = file;
    const parts = [...fields, { name: 'file', filename: fileName, contentType: mimeType, source }];
    const { API: api = '', AUTH: auth = '' } = this.config.platform('pinterest').hosts;
    const answer = await this.http.send({
      ...{ method: 'POST', url, hosts: [storage, api, auth], timeoutMs: uploadTimeoutMs },
      body: { kind: 'multipart', parts },
      redact: (text) => parameters.reduce((clean, [, value]) => withoutSecret(clean, value), text),
    });
    if (!isSuccess(answer)) throw failureOf(answer, 'uploadVideo');
  }

  /** Whether a video can be pinned. */
  async isReady(token: string, mediaId: string): Promise<boolean> {
    const path = `/media/${encodeURIComponent(mediaId)}`;
    const body = await this.call('mediaStatus', token, { method: 'GET', path });
    const status = expect(textAt(body, 'status'), 'mediaStatus');
    if (status === 'failed') throw mediaFailure('mediaStatus');
    return status === 'succeeded';
  }

  /** Of a board, or of one of its sections. */
  async pinsOf(
    token: string,
    { boardId, sectionId }: Place,
    bookmark: string | null,
  ): Promise<Page<SeenPin>> {
    const section = sectionId === null ? '' : `/sections/${encodeURIComponent(sectionId)}`;
    const path = `/boards/${encodeURIComponent(boardId)}${section}/pins`;
    const query = pageQuery({ size: 100, bookmark });
    const body = await this.call('pinsOf', token, { method: 'GET', path, query });
    return expect(readPage(body, readPin), 'pinsOf');
  }

  async metrics(token: string, id: string): Promise<PostMetrics['values']> {
    const path = `/pins/${encodeURIComponent(id)}`;
    const query = { pin_metrics: 'true' };
    return readMetrics(await this.call('metrics', token, { method: 'GET', path, query }));
  }

  /** What is gone already counts as deleted. */
  async deletePin(token: string, id: string): Promise<void> {
    const answer = await this.send(token, { method: 'DELETE', path: `/pins/${encodeURIComponent(id)}` });
    if (!isSuccess(answer) && answer.status !== 404) throw failureOf(answer, 'deletePin');
  }

  private async call(operation: string, token: string, call: Call): Promise<unknown> {
    const answer = await this.send(token, call);
    if (isSuccess(answer)) return bodyOf(answer);
    throw failureOf(answer, operation);
  }

  private send(token: string, { path, query, ...request }: Call): Promise<HttpAnswer> {
    const { hosts, apiVersion } = this.config.platform('pinterest');
    const base = hosts['API'] ?? '';
    const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
    const url = `${base}/${apiVersion ?? ''}${path}${search}`;
    return this.http.send({ ...request, url, headers: { authorization: `Bearer ${token}` }, hosts: [base] });
  }
}

function pageQuery({ size, bookmark }: { size: number; bookmark: string | null }): Query {
  return { page_size: String(size), ...(bookmark === null ? {} : { bookmark }) };
}

function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

/** Names and types of the form are no secrets, its signatures are. */
function withoutSecret(text: string, value: string): string {
  return value.length < 32 ? text : text.replaceAll(value, '***');
}

function expect<T>(value: T | null, operation: string): T {
  if (value === null) throw unreadable(operation);
  return value;
}
